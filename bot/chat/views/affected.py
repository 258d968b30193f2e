"""What a ping tells of one service: state, since when, who says, what is hit with it. Pure."""

from collections.abc import Callable
from datetime import datetime

from bot.alerts.model import Affected, Ping
from bot.alerts.rulings import CLOSING
from bot.chat.markup import Html, bold, joined, plain
from bot.chat.views import incidents
from bot.chat.views.states import SIGNS
from bot.chat.voice import Voice
from bot.status.model import ChangeKind

_SIGNS = {
    ChangeKind.RESOLVED: "🟢",
    ChangeKind.UNSTABLE: "🟡",
    ChangeKind.PLANNED: "🛠",
    ChangeKind.REPLANNED: "🛠",
    ChangeKind.CALLED_OFF: "🛠",
    ChangeKind.EMERGENCY_ON: "🚧",
}


def block(voice: Voice, ping: Ping, one: Affected) -> Html:
    """Its heading alone says the essential: a locked telephone shows no more."""
    if is_back(ping, one):
        return joined((_back(voice, one), _source(voice, one)))
    return joined(
        (
            bold(f"{_SIGNS.get(ping.kind, SIGNS[one.state])} {_heading(voice, ping, one)}"),
            _times(voice, ping, one),
            _source(voice, one),
            _children(voice, ping, one),
        )
    )


def is_back(ping: Ping, one: Affected) -> bool:
    """Whether it works again already, in a message that still tells of others."""
    return one.ended_at is not None and ping.kind not in CLOSING


def at(voice: Voice, moment: datetime) -> str:
    """With its day: a ping may be read, or sent, long after it was due."""
    return voice.words.day_and_time(voice.language, moment)


def _back(voice: Voice, one: Affected) -> Html:
    since = at(voice, one.ended_at or one.since)
    return bold(f"🟢 {voice.say('ping-back', service=voice.service(one.service), time=since)}")


def _heading(voice: Voice, ping: Ping, one: Affected) -> str:
    """A message uses of these what it needs."""
    return voice.say(
        _heading_id(ping.kind, one),
        service=voice.service(one.service),
        state=voice.state(one.state),
        time=at(voice, one.since),
    )


def _heading_id(kind: ChangeKind, one: Affected) -> str:
    if kind is not ChangeKind.UPDATE:
        return f"ping-{kind.value.replace('_', '-')}"
    if not one.news:
        return "ping-onset"
    return "ping-announced-update" if one.announced else "ping-update"


def _times(voice: Voice, ping: Ping, one: Affected) -> Html:
    tell = _TIMES.get(ping.kind)
    return tell(voice, one) if tell and one.news else Html("")


def _began(voice: Voice, one: Affected) -> Html:
    return plain(voice.say("ping-began", time=at(voice, one.since)))


def _window(voice: Voice, one: Affected) -> Html:
    return incidents.announced(voice, one.words) if one.words else Html("")


def _had_window(voice: Voice, one: Affected) -> Html:
    had = incidents.window(voice, one.words) if one.words else ""
    return plain(voice.say("ping-had-window", window=had)) if had else Html("")


_TIMES: dict[ChangeKind, Callable[[Voice, Affected], Html]] = {
    ChangeKind.WORSENED: _began,
    ChangeKind.UPDATE: _began,
    ChangeKind.PLANNED: _window,
    ChangeKind.REPLANNED: _window,
    ChangeKind.CALLED_OFF: _had_window,
}


def _source(voice: Voice, one: Affected) -> Html:
    if one.announced:
        return plain(voice.say("ping-announced"))
    return plain(voice.say("ping-source", source=voice.source(one.source)))


def _children(voice: Voice, ping: Ping, one: Affected) -> Html:
    """Once it is over, what had been hit with it: of those nobody says that they are back."""
    if not one.children or ping.kind is ChangeKind.CALLED_OFF:
        return Html("")
    message_id = "ping-also-was" if ping.kind in CLOSING else "ping-also"
    return plain(voice.say(message_id, services=_names(voice, one.children)))


def _names(voice: Voice, children: tuple[str, ...]) -> str:
    """Several insurers are one word: their seven names would push the steps off the screen."""
    known = voice.knowledge.services
    insurers = [name for name in children if name in known and known[name].insurer]
    if len(insurers) < 2:  # noqa: PLR2004 - one alone has a name
        return voice.services(children)
    named = voice.services(name for name in children if name not in insurers)
    told = (named, voice.say("ping-insurers"))
    return ", ".join(part for part in told if part)
