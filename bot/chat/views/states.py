"""The lines that tell one service's state: sign and words, since, source and age."""

from bot.chat.markup import Html, bold, joined, link, plain
from bot.chat.voice import Voice
from bot.status.model import ServiceStatus, State

SIGNS = {
    State.OPERATIONAL: "🟢",
    State.MAINTENANCE: "🛠",
    State.DEGRADED: "🟡",
    State.PARTIAL_OUTAGE: "🟠",
    State.MAJOR_OUTAGE: "🔴",
    State.UNKNOWN: "⚪",
}


def lines(voice: Voice, status: ServiceStatus) -> Html:
    """All that is known of one service now."""
    return joined(
        (
            _state(voice, status),
            _reading(voice, status),
            _unknown(voice, status),
            *_sayings(voice, status),
            _affected(voice, status),
            _emergency(voice, status),
            _silent(voice, status),
        )
    )


def _state(voice: Voice, status: ServiceStatus) -> Html:
    said = voice.state(status.state)
    if status.since is not None:
        said += f" {voice.say('state-since', time=voice.moment(status.since))}"
    if status.unstable:
        said += f" ({voice.say('state-unstable')})"
    name = bold(voice.service(status.service))
    return Html(f"{SIGNS[status.state]} {name}: {plain(said)}")


def _reading(voice: Voice, status: ServiceStatus) -> Html:
    if status.checked_at is None:
        return Html("")
    message = "state-read-stale" if status.stale else "state-read"
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
    page = status.page or _page_of(voice, status)
    parts = [plain(voice.say(f"reason-{reason}"))]
    if page:
        parts.append(link(voice.say("state-look"), page))
    return joined(parts, " · ")


def _page_of(voice: Voice, status: ServiceStatus) -> str | None:
    source = voice.knowledge.sources.get(status.source or "")
    return source.page if source else None


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


def _affected(voice: Voice, status: ServiceStatus) -> Html:
    if not status.affected_by:
        return Html("")
    return plain(f"↳ {voice.say('state-affected', services=voice.services(status.affected_by))}")


def _emergency(voice: Voice, status: ServiceStatus) -> Html:
    if status.emergency is None:
        return Html("")
    time = voice.moment(status.emergency.since)
    if status.emergency.route is None:
        return plain(f"🚧 {voice.say('state-emergency', time=time)}")
    return plain(
        f"🚧 {voice.say('state-emergency-route', time=time, route=status.emergency.route)}"
    )


def _silent(voice: Voice, status: ServiceStatus) -> Html:
    if status.source_stale_since is None:
        return Html("")
    return plain(voice.say("state-source-silent", time=voice.moment(status.source_stale_since)))
