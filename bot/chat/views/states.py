"""The lines that tell one service's state: sign and words, since, source and age."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.answering import Overview
from bot.chat.markup import Html, bold, joined, link, plain, quote
from bot.chat.voice import Voice
from bot.status.by_hand import TEAM
from bot.status.model import ServiceStatus, State

FEW = 4
"""Names that are read at a glance."""
SIGNS = {
    State.OPERATIONAL: "🟢",
    State.MAINTENANCE: "🛠",
    State.DEGRADED: "🟡",
    State.PARTIAL_OUTAGE: "🟠",
    State.MAJOR_OUTAGE: "🔴",
    State.UNKNOWN: "⚪",
}
FINE_BUT = "⚠️"
"""Of what works by its own source, on something that is down: at a glance it is not fine."""


def lines(voice: Voice, status: ServiceStatus) -> Html:
    """All that is known of one service now."""
    return joined(
        (
            _state(voice, status),
            _reading(voice, status),
            _unknown(voice, status),
            *_sayings(voice, status),
            _response(voice, status),
            _affected(voice, status),
            _not_for(voice, status),
            _emergency(voice, status),
            _silent(voice, status),
        )
    )


def overview(voice: Voice, found: Overview | None) -> Html:
    """That no outage is seen, among how many services; how many nobody could read."""
    if found is None:
        return Html("")
    who = "none" if found.profession is None else voice.profession(found.profession)
    told: dict[str, Any] = {"working": found.working, "unknown": found.unknown, "profession": who}
    return plain(f"ℹ️ {voice.say('state-overview', **told)}")


def hidden(voice: Voice, count: int) -> Html:
    """That more are in trouble than are told."""
    return plain(f"… {voice.say('state-hidden', count=count)}") if count else Html("")


def together(voice: Voice, alike: Sequence[ServiceStatus]) -> Html:
    """Services of one reading with nothing else to tell: a line each, the reading once."""
    return joined((*(_state(voice, one) for one in alike), _reading(voice, alike[0])))


def unread(voice: Voice, alike: Sequence[ServiceStatus]) -> Html:
    """Services that are unknown for the same reason and with the same page, told once."""
    first, names = alike[0], [one.service for one in alike]
    sign, state = SIGNS[State.UNKNOWN], voice.state(State.UNKNOWN)
    why = joined((_reading(voice, first), _unknown(voice, first), _affected(voice, first)))
    if len(names) > FEW:
        listed = folded(plain(voice.services(names)), len(names))
        return joined((bold(f"{sign} {state} ({len(names)})"), why, listed))
    return joined((Html(f"{sign} {bold(voice.services(names))}: {plain(state)}"), why))


def untold(voice: Voice, silent: Iterable[ServiceStatus]) -> Html:
    """Services that nobody publishes a state of: their names, each page for people once."""
    by_page: dict[str | None, list[str]] = {}
    for status in silent:
        by_page.setdefault(page_of(voice, status), []).append(status.service)
    named = joined(_at(voice, services, page) for page, services in by_page.items())
    heading = bold(f"{SIGNS[State.UNKNOWN]} {voice.say('status-untold')}")
    return joined((heading, folded(named, sum(map(len, by_page.values())))))


def resting(voice: Voice, parents: Sequence[str], children: Sequence[ServiceStatus]) -> Html:
    """Services of unknown state whose parents are down."""
    said = voice.say("status-resting", services=voice.services(parents))
    names = plain(voice.services(child.service for child in children))
    return joined((bold(f"{SIGNS[State.UNKNOWN]} {said}"), folded(names, len(children))))


def page_of(voice: Voice, status: ServiceStatus) -> str | None:
    """Where a person can look."""
    source = voice.knowledge.sources.get(status.source or "")
    return status.page or (source.page if source else None)


def folded(names: Html, count: int) -> Html:
    """Many names are folded away: a touch shows them all."""
    return quote(names, expandable=True) if count > FEW else names


def listed(voice: Voice, message: str, services: Sequence[str]) -> Html:
    """A sentence with `services` in it: by name, or how many with the names folded below."""
    names = voice.services(services)
    if len(services) <= FEW:
        return plain(voice.say(message, services=names))
    counted = voice.say("services-many", count=len(services))
    told = plain(voice.say(message, services=counted))
    return joined((told, folded(plain(names), len(services))))


def _at(voice: Voice, services: Sequence[str], page: str | None) -> Html:
    names = plain(voice.services(services))
    return Html(f"{names} ({link(voice.say('state-look'), page)})") if page else names


def rests_on_trouble(status: ServiceStatus) -> bool:
    """Whether its own source says fine, and what it rests on is down."""
    return status.state is State.OPERATIONAL and bool(status.affected_by)


def _state(voice: Voice, status: ServiceStatus) -> Html:
    name = bold(voice.service(status.service))
    if rests_on_trouble(status):
        return Html(f"{FINE_BUT} {name}: {plain(_fine_but(voice, status))}")
    said = voice.state(status.state)
    if status.since is not None:
        said += f" {voice.say(_since(status), time=voice.moment(status.since))}"
    if status.unstable:
        said += f" ({voice.say('state-unstable')})"
    return Html(f"{SIGNS[status.state]} {name}: {plain(said)}")


def _fine_but(voice: Voice, status: ServiceStatus) -> str:
    services, count = voice.services(status.affected_by), len(status.affected_by)
    return voice.say("state-fine-but", services=services, count=count)


def _since(status: ServiceStatus) -> str:
    """Of what works, the beginning that is known may be that of our own looking."""
    if status.state is State.OPERATIONAL:
        return "state-seen-since"
    return "state-since-at-least" if status.since_at_least else "state-since"


def _reading(voice: Voice, status: ServiceStatus) -> Html:
    if status.checked_at is None:
        return Html("")
    message = "state-read-stale" if status.stale else "state-read"
    if status.source == TEAM:
        message = "state-announced"
    return plain(
        voice.say(
            message,
            source=voice.source(status.source),
            time=voice.moment(status.checked_at),
            age=voice.age(status.checked_at),
        )
    )


def _unknown(voice: Voice, status: ServiceStatus) -> Html:
    """Why it is unknown, and where a person can look."""
    if status.state is not State.UNKNOWN:
        return Html("")
    reason = status.reason.value.replace("_", "-") if status.reason else "none"
    page = page_of(voice, status)
    parts = [plain(voice.say(f"reason-{reason}"))]
    if page:
        parts.append(link(voice.say("state-look"), page))
    return joined(parts, " · ")


def _sayings(voice: Voice, status: ServiceStatus) -> tuple[Html, ...]:
    """Who says what, where the sources do not agree."""
    if len({one.state for one in status.says}) < 2:  # noqa: PLR2004 - two voices disagree
        return ()
    return tuple(
        plain(
            voice.say("state-says", source=voice.source(one.source), state=voice.state(one.state))
        )
        for one in status.says
    )


def _response(voice: Voice, status: ServiceStatus) -> Html:
    if status.response_seconds is None or status.state is State.UNKNOWN:
        return Html("")
    time = voice.words.response(voice.language, status.response_seconds)
    return plain(voice.say("state-response", time=time))


def _affected(voice: Voice, status: ServiceStatus) -> Html:
    if not status.affected_by or rests_on_trouble(status):
        return Html("")
    return plain(f"↳ {voice.say('state-affected', services=voice.services(status.affected_by))}")


def _not_for(voice: Voice, status: ServiceStatus) -> Html:
    """Insurers that cannot be reached through what works itself."""
    if not status.not_for:
        return Html("")
    return plain(f"↳ {voice.say('state-not-for', insurers=voice.services(status.not_for))}")


def _emergency(voice: Voice, status: ServiceStatus) -> Html:
    if status.emergency is None:
        return Html("")
    told = voice.say(
        "state-emergency",
        service=voice.service(status.service),
        route=voice.route(status.emergency.route),
        time=voice.moment(status.emergency.since),
    )
    return plain(f"🚧 {told}")


def _silent(voice: Voice, status: ServiceStatus) -> Html:
    if status.source_stale_since is None:
        return Html("")
    return plain(voice.say("state-source-silent", time=voice.moment(status.source_stale_since)))
