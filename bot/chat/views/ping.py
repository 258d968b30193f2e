"""What a subscriber is told: pure, and the same text each time, so that a repeated edit is none.

Times carry their day: a ping may be read, or sent, long after it was due.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.alerts.model import Outgoing, Ping
from bot.chat.callbacks import Verb
from bot.chat.finding import in_outage_of
from bot.chat.keyboards import Button, button, paired
from bot.chat.markup import Html, blocks, bold, joined, paginate, plain
from bot.chat.views import affected, answer, incidents
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
_OF_WORK = frozenset({ChangeKind.PLANNED, ChangeKind.REPLANNED, ChangeKind.CALLED_OFF})


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
        *(affected.block(voice, ping, one) for one in ping.affected),
        *_facts(voice, ping),
        plain(voice.say("ping-code", code=_codes(ping))),
        _help(voice, ping, guidance),
        *_words(voice, ping),
    )
    return Outgoing(paginate(parts)[0], paired(_buttons(voice, ping, guidance)))


def _codes(ping: Ping) -> str:
    """Of all that the message tells and is not over: each is named by its own later."""
    open_now = (one.code for one in ping.affected if not affected.is_back(ping, one))
    return ", ".join(dict.fromkeys((ping.code, *filter(None, open_now))))


def _facts(voice: Voice, ping: Ping) -> tuple[Html, ...]:
    tell = _FACTS.get(ping.kind)
    return (tell(voice, ping),) if tell else ()


def _duration(voice: Voice, ping: Ping) -> Html:
    if ping.started_at is None or ping.ended_at is None:
        return Html("")
    span = voice.words.duration(voice.language, ping.ended_at - ping.started_at)
    start = affected.at(voice, ping.started_at)
    end = voice.words.moment(voice.language, ping.ended_at, ping.started_at)
    return plain(voice.say("ping-duration", duration=span, start=start, end=end))


def _unstable(voice: Voice, _: Ping) -> Html:
    return plain(voice.say("ping-unstable-note"))


def _end(voice: Voice, ping: Ping) -> Html:
    """Until when it is to last, where the source says so."""
    if ping.incident is None or ping.incident.ends_at is None:
        return Html("")
    return plain(voice.say("ping-ends", time=affected.at(voice, ping.incident.ends_at)))


def _route(voice: Voice, ping: Ping) -> Html:
    if ping.emergency is None:
        return Html("")
    time, route = affected.at(voice, ping.emergency.since), voice.route(ping.emergency.route)
    return plain(voice.say("ping-emergency-since", time=time, route=route))


_FACTS: dict[ChangeKind, Callable[[Voice, Ping], Html]] = {
    ChangeKind.ONSET: _end,
    ChangeKind.WORSENED: _end,
    ChangeKind.UPDATE: _end,
    ChangeKind.RESOLVED: _duration,
    ChangeKind.STEADY: _duration,
    ChangeKind.UNSTABLE: _unstable,
    ChangeKind.EMERGENCY_ON: _route,
}


def _words(voice: Voice, ping: Ping) -> Iterator[Html]:
    """The incident in its own words, of planned work each; nothing of it once it is over."""
    if ping.kind in _OF_WORK:
        every = {one.words.id: one.words for one in ping.affected if one.words is not None}
        yield from (incidents.quoted(voice, one) for one in every.values())
    elif ping.incident is not None and not _is_over(ping):
        yield incidents.quoted(voice, ping.incident)


def _guidance(ping: Ping, knowledge: Knowledge) -> tuple[Procedure, ...]:
    """What an editor marked for such an outage and profession; nothing is guessed."""
    if ping.profession is None:
        return ()
    told = [one for one in ping.affected if not affected.is_back(ping, one)]
    with_them = [child for one in told for child in one.children]
    return in_outage_of(knowledge, [*(one.service for one in told), *with_them], ping.profession)


def _is_over(ping: Ping) -> bool:
    """Steady is an end too where it is steadily well."""
    return ping.kind is ChangeKind.RESOLVED or (
        ping.kind is ChangeKind.STEADY and ping.ended_at is not None
    )


def _help(voice: Voice, ping: Ping, guidance: tuple[Procedure, ...]) -> Html:
    if _is_over(ping):
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
    """How it touches the profession, and the steps: all where they fit, else the first ones."""
    whole = answer.steps(voice, procedure)
    shown = whole if len(whole) <= STEPS_LIMIT else answer.steps(voice, procedure, FIRST_STEPS)
    touches = plain(procedure.trigger[voice.language])
    return joined((bold(voice.title(procedure)), touches, answer.caution(voice, procedure), shown))


def _buttons(voice: Voice, ping: Ping, guidance: tuple[Procedure, ...]) -> list[Button]:
    """Each opens a new message: the ping stays as it is."""
    status = button(voice.say("button-status"), Verb.STATUS_NEW, ping.affected[0].service)
    if ping.kind is ChangeKind.CALLED_OFF:
        return [status]
    shown = [*_helps(voice, ping, guidance), status]
    if not _is_over(ping):
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
