"""One part of the last answer: what comes afterwards, whom to call, how long, what if it lasts."""

from collections.abc import Callable, Sequence

from bot.alerts.model import Outgoing
from bot.answering import Answer, Part
from bot.chat.callbacks import Verb
from bot.chat.finding import general_helpdesks, helpdesks_on
from bot.chat.keyboards import button, paired
from bot.chat.markup import Html, bold, joined, paginate, plain
from bot.chat.views import answer as whole
from bot.chat.views import contacts, incidents, states
from bot.chat.voice import Voice
from bot.knowledge import Procedure
from bot.status.model import Board, Incident, State


def render(voice: Voice, answer: Answer, board: Board, note: str | None = None) -> Outgoing:
    """The part that was asked for. Raises ValueError where none was, or no procedure is there."""
    procedure = answer.procedure
    if procedure is None or answer.part is None:
        raise ValueError("an answer whole is shown by another view")
    told = _PARTS[answer.part](voice, procedure, answer, board)
    head = joined((bold(voice.title(procedure)), whole.caution(voice, procedure)))
    shown = (
        button(voice.say("button-procedure"), Verb.OPEN, procedure.id),
        button(voice.say("button-status"), Verb.PROCEDURE_STATUS, procedure.id),
    )
    return Outgoing(paginate((plain(note or ""), head, *told))[0], paired(shown))


def _afterwards(voice: Voice, procedure: Procedure, _: Answer, __: Board) -> Sequence[Html]:
    return (whole.afterwards(voice, procedure) or plain(voice.say("part-afterwards-none")),)


def _contacts(voice: Voice, procedure: Procedure, given: Answer, _: Board) -> Sequence[Html]:
    """Its own; else it is said so, with those of procedures on the same services, or for all."""
    own = contacts.block(voice, procedure.contacts)
    if own:
        return (own,)
    known = voice.knowledge
    others = helpdesks_on(known, [service.id for service in known.services_under(procedure)])
    lines = (contacts.line(voice, known.contacts[one]) for one in others)
    near = joined((bold(voice.say("part-contacts-others")), *lines))
    general = contacts.block(voice, general_helpdesks(known, given.profession))
    return plain(voice.say("part-contacts-none")), near if others else general


def _how_long(voice: Voice, procedure: Procedure, given: Answer, board: Board) -> Sequence[Html]:
    """The state, and the end that a source announces; where nothing is down, the conditions."""
    down = any(one.state.is_outage for one in whole.with_state(voice, given))
    conditions = Html("") if down else whole.limits(voice, procedure)
    return *_states(voice, given, board), conditions


def _lasting(voice: Voice, procedure: Procedure, given: Answer, board: Board) -> Sequence[Html]:
    conditions = whole.limits(voice, procedure) or plain(voice.say("part-lasting-none"))
    return conditions, *_states(voice, given, board)


_PARTS: dict[Part, Callable[[Voice, Procedure, Answer, Board], Sequence[Html]]] = {
    Part.AFTERWARDS: _afterwards,
    Part.CONTACTS: _contacts,
    Part.HOW_LONG: _how_long,
    Part.LASTING: _lasting,
}


def _states(voice: Voice, given: Answer, board: Board) -> tuple[Html, ...]:
    """What is known now, with the words of the sources; that none of them announces an end."""
    statuses = whole.with_state(voice, given)
    if not statuses:
        return (plain(voice.say("part-no-state")),)
    names = {name for one in statuses for name in (one.service, *one.affected_by)}
    told = [one for one in board.incidents if names & set(one.services)]
    work = [one for one in board.planned if names & set(one.services)]
    begun = (one for one in work if one.starts_at is None or one.starts_at <= board.at)
    ends = any(one.ends_at for one in (*told, *begun))
    works = all(one.state is State.OPERATIONAL for one in statuses)
    return (
        *(states.lines(voice, one) for one in statuses),
        *(joined((incidents.incident(voice, one), _end(voice, one))) for one in told),
        *(_planned(voice, one) for one in work),
        plain("" if ends or works else voice.say("part-no-end")),
    )


def _end(voice: Voice, one: Incident) -> Html:
    if one.ends_at is None:
        return Html("")
    return plain(voice.say("ping-ends", time=voice.moment(one.ends_at)))


def _planned(voice: Voice, one: Incident) -> Html:
    return joined((bold(voice.say("status-planned")), incidents.planned(voice, one)))
