"""What a subscriber is told: pure, and the same text each time, so that a repeated edit is none.

Times carry their day: a ping may be read, or sent, long after it was due.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.alerts.model import Affected, Outgoing, Ping
from bot.chat.callbacks import Verb
from bot.chat.choosing import in_outage_of
from bot.chat.keyboards import Button, button, paired
from bot.chat.markup import Html, blocks, bold, joined, paginate, plain
from bot.chat.views import answer, incidents
from bot.chat.views.states import SIGNS
from bot.chat.voice import Voice
from bot.knowledge import Knowledge, Procedure
from bot.status.model import ChangeKind
from bot.words import Words

STEPS_LIMIT = 1800
"""Units of a whole procedure's steps that a ping carries; of a longer one, the first steps."""
FIRST_STEPS = 4
AFTERWARDS_SHOWN = 3
PROCEDURES_SHOWN = 3

_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_WITH_STEPS = frozenset(
    {
        ChangeKind.ONSET,
        ChangeKind.WORSENED,
        ChangeKind.UPDATE,
        ChangeKind.REMINDER,
        ChangeKind.UNSTABLE,
        ChangeKind.EMERGENCY_ON,
    }
)
_HEADINGS = {kind: f"ping-{kind.value.replace('_', '-')}" for kind in ChangeKind}
_SIGNS = {
    ChangeKind.RESOLVED: "🟢",
    ChangeKind.UNSTABLE: "🟡",
    ChangeKind.PLANNED: "🛠",
    ChangeKind.EMERGENCY_ON: "🚧",
}


def render(ping: Ping, knowledge: Knowledge, words: Words) -> Outgoing:
    """One message to one chat, HTML with buttons, whatever the kind.

    Raises LookupError for a ping that affects no service: there is nothing to tell.
    """
    if not ping.affected:
        raise LookupError(f"ping {ping.code} affects no service")
    # No time of "now" is told, so that the text depends on the ping alone.
    voice = Voice(words, ping.language, knowledge, _EPOCH)
    guidance = _guidance(ping, knowledge)
    parts = (
        *(_heading(voice, ping, one) for one in ping.affected),
        *_facts(voice, ping),
        plain(voice.say("ping-code", code=ping.code)),
        _words(voice, ping),
        _help(voice, ping, guidance),
    )
    return Outgoing(paginate(parts)[0], paired(_buttons(voice, ping, guidance)))


def _heading(voice: Voice, ping: Ping, one: Affected) -> Html:
    """Sign, service, state and since; then its source and what is hit with it."""
    by_hand = ping.announced and ping.kind is ChangeKind.UPDATE
    said = _say(voice, "ping-announced-update" if by_hand else _HEADINGS[ping.kind], one)
    sign = _SIGNS.get(ping.kind, SIGNS[one.state])
    return joined((bold(f"{sign} {said}"), _source(voice, ping, one), _children(voice, one)))


def _say(voice: Voice, message_id: str, one: Affected) -> str:
    """The heading; a message uses of these what it needs."""
    return voice.say(
        message_id,
        service=voice.service(one.service),
        state=voice.state(one.state),
        time=_time(voice, one.since),
    )


def _source(voice: Voice, ping: Ping, one: Affected) -> Html:
    if ping.announced:
        return plain(voice.say("ping-announced"))
    return plain(voice.say("ping-source", source=voice.source(one.source)))


def _children(voice: Voice, one: Affected) -> Html:
    if not one.children:
        return Html("")
    return plain(voice.say("ping-also", services=voice.services(one.children)))


def _facts(voice: Voice, ping: Ping) -> tuple[Html, ...]:
    tell = _FACTS.get(ping.kind)
    return (tell(voice, ping),) if tell else ()


def _duration(voice: Voice, ping: Ping) -> Html:
    if ping.started_at is None or ping.ended_at is None:
        return Html("")
    span = voice.words.duration(voice.language, ping.ended_at - ping.started_at)
    start = _time(voice, ping.started_at)
    end = voice.words.moment(voice.language, ping.ended_at, ping.started_at)
    return plain(voice.say("ping-duration", duration=span, start=start, end=end))


def _unstable(voice: Voice, _: Ping) -> Html:
    return plain(voice.say("ping-unstable-note"))


def _window(voice: Voice, ping: Ping) -> Html:
    return plain(incidents.window(voice, ping.incident)) if ping.incident else Html("")


def _route(voice: Voice, ping: Ping) -> Html:
    if ping.emergency is None:
        return Html("")
    told = [voice.say("ping-emergency-since", time=_time(voice, ping.emergency.since))]
    if ping.emergency.route is not None:
        told.append(voice.say("ping-emergency-host", route=ping.emergency.route))
    return joined(plain(line) for line in told)


_FACTS: dict[ChangeKind, Callable[[Voice, Ping], Html]] = {
    ChangeKind.RESOLVED: _duration,
    ChangeKind.UNSTABLE: _unstable,
    ChangeKind.PLANNED: _window,
    ChangeKind.EMERGENCY_ON: _route,
}


def _words(voice: Voice, ping: Ping) -> Html:
    """The incident in its own words; nothing of it once it is over."""
    if ping.incident is None or ping.kind is ChangeKind.RESOLVED:
        return Html("")
    return incidents.quoted(voice, ping.incident)


def _guidance(ping: Ping, knowledge: Knowledge) -> tuple[Procedure, ...]:
    """What an editor marked for such an outage and profession; nothing is guessed."""
    if ping.profession is None:
        return ()
    down = [one.service for one in ping.affected]
    with_them = [child for one in ping.affected for child in one.children]
    return in_outage_of(knowledge, [*down, *with_them], ping.profession)


def _help(voice: Voice, ping: Ping, guidance: tuple[Procedure, ...]) -> Html:
    if ping.kind is ChangeKind.RESOLVED:
        return _all_afterwards(voice, guidance)
    if ping.kind not in _WITH_STEPS or not guidance:
        return Html("")
    return _steps(voice, guidance[0])


def _all_afterwards(voice: Voice, guidance: tuple[Procedure, ...]) -> Html:
    """What to put right, of the procedures that were most likely followed."""
    with_one = [one for one in guidance if one.afterwards is not None][:AFTERWARDS_SHOWN]
    return blocks(
        *(joined((bold(voice.title(one)), answer.afterwards(voice, one))) for one in with_one)
    )


def _steps(voice: Voice, procedure: Procedure) -> Html:
    """The whole of the steps where they fit, else the first ones; the rest is a button away."""
    whole = answer.steps(voice, procedure)
    shown = whole if len(whole) <= STEPS_LIMIT else answer.steps(voice, procedure, FIRST_STEPS)
    return joined((bold(voice.title(procedure)), answer.caution(voice, procedure), shown))


def _buttons(voice: Voice, ping: Ping, guidance: tuple[Procedure, ...]) -> list[Button]:
    """Each opens a new message: the ping stays as it is."""
    service = ping.affected[0].service
    shown = [*_helps(voice, ping, guidance)]
    shown.append(button(voice.say("button-status"), Verb.STATUS_NEW, service))
    if ping.kind is not ChangeKind.RESOLVED:
        shown.append(button(voice.say("button-mute"), Verb.MUTE, ping.code))
    return shown


def _helps(voice: Voice, ping: Ping, guidance: tuple[Procedure, ...]) -> Iterator[Button]:
    """The procedures by title where there are several; without any, the topic."""
    if not guidance:
        yield button(voice.say("button-what-to-do"), Verb.TOPIC_NEW, ping.affected[0].service)
    elif len(guidance) == 1:
        yield button(voice.say("button-procedure"), Verb.OPEN, guidance[0].id)
    else:
        for one in guidance[:PROCEDURES_SHOWN]:
            yield button(voice.short_title(one), Verb.OPEN, one.id)


def _time(voice: Voice, at: datetime) -> str:
    return voice.words.day_and_time(voice.language, at)
