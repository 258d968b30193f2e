"""The main job: a question -> the procedure and the state of the services it rests on.

Pure: it is given the knowledge base, the matcher, the board and plain values.
"""

from dataclasses import dataclass, replace

from bot.knowledge import Knowledge, Procedure
from bot.matching.model import AnswerKind, Candidate, Context, Match, Matcher, Question, Why
from bot.status.model import Board, ServiceStatus, State

__all__ = [
    "Answer",
    "AnswerKind",
    "Candidate",
    "Context",
    "Match",
    "Matcher",
    "Question",
    "Why",
    "answer",
    "show",
    "status_of",
]


@dataclass(frozen=True)
class Answer:
    """What is shown. `candidates`: best first; those of a choice are its buttons, in that order.

    `services`: those that the procedure rests on, then those that were named. `uncovered`,
    `elsewhere` and `why`: as in `Match`.
    """

    kind: AnswerKind
    language: str
    profession: str | None
    procedure: Procedure | None = None
    candidates: tuple[Candidate, ...] = ()
    services: tuple[ServiceStatus, ...] = ()
    ask_profession: bool = False
    uncovered: tuple[str, ...] = ()
    elsewhere: tuple[Procedure, ...] = ()
    why: Why = Why.NOTHING_NEAR


def answer(
    question: Question, context: Context, knowledge: Knowledge, matcher: Matcher, board: Board
) -> Answer:
    """The answer to a question, with the state of each service that the procedure rests on."""
    down = frozenset(s.service for s in board.services.values() if s.state.is_outage)
    match = matcher.match(question, context, down, board.at)
    shown = Answer(
        kind=match.kind,
        language=match.language,
        profession=match.profession,
        candidates=match.candidates,
        services=tuple(status_of(service, board) for service in match.named),
        ask_profession=match.ask_profession,
        uncovered=match.uncovered,
        elsewhere=tuple(knowledge.procedures[one] for one in match.elsewhere),
        why=match.why,
    )
    if match.kind is not AnswerKind.ANSWER:
        return shown
    return with_procedure(shown, knowledge.procedures[match.candidates[0].procedure], board)


def show(procedure: Procedure, language: str, profession: str | None, board: Board) -> Answer:
    """The answer that a button or a deep link asks for: this procedure."""
    return with_procedure(Answer(AnswerKind.ANSWER, language, profession), procedure, board)


def with_procedure(shown: Answer, procedure: Procedure, board: Board) -> Answer:
    """The answer with a procedure and the state of its services.

    Of those that were only named, no more is told than a state that is known.
    """
    own = tuple(status_of(service, board) for service in procedure.services)
    beside = tuple(
        status
        for status in shown.services
        if status.service not in procedure.services and status.state is not State.UNKNOWN
    )
    return replace(shown, kind=AnswerKind.ANSWER, procedure=procedure, services=(*own, *beside))


def status_of(service: str, board: Board) -> ServiceStatus:
    """What the board knows of a service; of one that it does not carry, unknown."""
    return board.services.get(service) or ServiceStatus(service, State.UNKNOWN)
