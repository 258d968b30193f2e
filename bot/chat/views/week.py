"""Seven days of one service in words: what stands on the picture, and what says the same."""

import math

from bot.chat.markup import Html, joined, plain
from bot.chat.past import Week
from bot.chat.picture import LOOKS, Sheet, days_of
from bot.chat.voice import Voice


def sheet(voice: Voice, week: Week) -> Sheet:
    """What is to be drawn."""
    named = tuple((day, voice.words.weekday(voice.language, day)) for day in days_of(week.hours))
    return Sheet(
        title=voice.service(week.service),
        subtitle=voice.say("week-title"),
        hours=week.hours,
        days=named,
        legend=tuple((state, voice.state(state)) for state in LOOKS),
    )


def words(voice: Voice, week: Week) -> Html:
    """The same for who does not see the picture.

    Without outage is rounded down and unknown up: neither is told better than it was.
    """
    fine = math.floor(round((week.share or 0) * 1000, 6)) / 10
    unknown = math.ceil(round((1 - week.known) * 1000, 6)) / 10
    known = voice.say("week-share", share=voice.words.number(voice.language, fine))
    blank = voice.say("week-unknown", share=voice.words.number(voice.language, unknown))
    told = voice.say("week-incidents", count=week.incidents)
    return joined((plain(f"📊 {known}"), plain(blank if unknown else ""), plain(told)))
