"""Seven days of one service in words: what stands on the picture, and what says the same."""

import math
from datetime import timedelta

from bot.chat.markup import Html, joined, plain
from bot.chat.past import Week
from bot.chat.sheet import LOOKS, Sheet, days_of
from bot.chat.voice import Voice

ENOUGH = timedelta(hours=24)
"""Known time of which a share is told."""


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

    Without outage is rounded down and unknown up: neither is told better than it was. Where less
    than a day is known, that alone is told: all of one minute would read as a week without trouble.
    """
    tell = _share if week.known_for >= ENOUGH else _little
    incidents = plain(voice.say("week-incidents", count=week.incidents))
    return joined((*tell(voice, week), incidents))


def _little(voice: Voice, week: Week) -> tuple[Html, ...]:
    known = voice.words.duration(voice.language, week.known_for)
    return (plain(f"📊 {voice.say('week-little', duration=known)}"),)


def _share(voice: Voice, week: Week) -> tuple[Html, ...]:
    fine = math.floor(round((week.share or 0) * 1000, 6)) / 10
    unknown = math.ceil(round((1 - week.known) * 1000, 6)) / 10
    known = voice.say("week-share", share=voice.words.number(voice.language, fine))
    blank = voice.say("week-unknown", share=voice.words.number(voice.language, unknown))
    return plain(f"📊 {known}"), plain(blank if unknown else "")
