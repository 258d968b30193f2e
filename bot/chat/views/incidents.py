"""Incidents and planned work in their source's own words: quoted, cleaned, named."""

from bot.chat.markup import Html, bold, joined, link, plain, quote
from bot.chat.quoting import allowed_link, cleaned
from bot.chat.voice import Voice
from bot.status.model import Incident, State


def incident(voice: Voice, one: Incident) -> Html:
    """An open incident: whom it hits, its phase, who writes it, and the words."""
    return joined((_heading(voice, one), _when(voice, one), quoted(voice, one)))


def planned(voice: Voice, one: Incident) -> Html:
    """Planned work: whom it will hit, its window, and the words."""
    return joined((_heading(voice, one), announced(voice, one), quoted(voice, one)))


def announced(voice: Voice, one: Incident) -> Html:
    """The window of planned work, and the effect that its source announces."""
    effect = _effect(voice, one.impact)
    told = voice.say("planned-effect", effect=effect) if effect else ""
    return joined((plain(window(voice, one)), plain(told)))


def _effect(voice: Voice, impact: State) -> str:
    """Empty where the source does not say."""
    if impact is State.UNKNOWN:
        return ""
    return voice.say("planned-effect-none") if impact is State.OPERATIONAL else voice.state(impact)


def quoted(voice: Voice, one: Incident) -> Html:
    """Who writes, then title and latest update as a quotation."""
    says = [cleaned(one.title), *(cleaned(update) for update in one.updates[-1:])]
    words = joined(plain(text) for text in dict.fromkeys(says))
    source = voice.knowledge.sources.get(one.source)
    by = link(
        voice.say("incident-by", source=voice.source(one.source)), allowed_link(one.url, source)
    )
    return joined((by, quote(words))) if words else Html("")


def window(voice: Voice, one: Incident) -> str:
    """From when to when, with the days; empty where the source tells neither."""
    start = one.starts_at or one.started_at
    if start is None:
        return ""
    said = voice.words.day_and_time(voice.language, start)
    if one.ends_at is None:
        return voice.say("planned-from", start=said)
    end = voice.words.moment(voice.language, one.ends_at, start)
    return voice.say("planned-window", start=said, end=end)


def _heading(voice: Voice, one: Incident) -> Html:
    return bold(voice.services(one.services)) if one.services else Html("")


def _when(voice: Voice, one: Incident) -> Html:
    said = [voice.say(f"phase-{one.phase.value.replace('_', '-')}")] if one.phase else []
    if one.started_at is not None:
        said.append(voice.say("incident-started", time=voice.moment(one.started_at)))
    return plain(", ".join(said))
