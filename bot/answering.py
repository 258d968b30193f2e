"""The main job: a question -> the procedure and the state of the services it rests on.

Pure: it is given the knowledge base, the matcher, the board and plain values.
"""

from dataclasses import dataclass, replace

from bot.knowledge import Knowledge, Procedure
from bot.matching.model import AnswerKind, Candidate, Context, Match, Matcher, Part, Question, Why
from bot.status.model import Board, ServiceStatus, State

__all__ = [
    "Answer",
    "AnswerKind",
    "Candidate",
    "Context",
    "Match",
    "Matcher",
    "Part",
    "Question",
    "Why",
    "answer",
    "show",
    "status_of",
]


MOST_DOWN = 4
"""Services in trouble that are told to whoever names none."""


@dataclass(frozen=True)
class Overview:
    """No outage is seen among the services of a profession (None: among all).

    `working`: how many were read just now and work. `unknown`: of how many that cannot be said.
    """

    working: int
    unknown: int
    profession: str | None = None


@dataclass(frozen=True)
class Answer:
    """What is shown. `candidates`: best first; those of a choice are its buttons, in that order.

    `services`: those that the procedure rests on, then those that were named; where the text names
    none and asks what is down, those that are; `hidden`: how many more. `overview`: where none is.
    `whether`: no more is asked than whether services are down. `look`: where all of these are known
    to work, the entry that tells where to look whether it is only them. `uncovered`, `elsewhere`,
    `why`, `danger`, `part` and `thread`: as in `Match`.
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
    overview: Overview | None = None
    hidden: int = 0
    danger: bool = False
    part: Part | None = None
    thread: str | None = None
    whether: bool = False
    look: Procedure | None = None


def answer(
    question: Question, context: Context, knowledge: Knowledge, matcher: Matcher, board: Board
) -> Answer:
    """The answer to a question, with the state of each service that the procedure rests on."""
    down = frozenset(s.service for s in board.services.values() if s.state.is_outage)
    match = matcher.match(question, context, down, board.at)
    troubled = _troubled(match, knowledge, board)
    shown = Answer(
        kind=match.kind,
        language=match.language,
        profession=match.profession,
        candidates=match.candidates,
        services=tuple(status_of(one, board) for one in match.named) or troubled[:MOST_DOWN],
        hidden=0 if match.named else len(troubled[MOST_DOWN:]),
        ask_profession=match.ask_profession,
        uncovered=match.uncovered,
        elsewhere=tuple(knowledge.procedures[one] for one in match.elsewhere),
        why=match.why,
        overview=None if troubled else _overview(match, knowledge, board),
        danger=match.danger,
        part=match.part,
        thread=match.thread,
        whether=match.look is not None,
    )
    if match.kind is AnswerKind.ANSWER:
        found = knowledge.procedures[match.candidates[0].procedure]
        shown = with_procedure(shown, found, board)
    return replace(shown, look=_look(match, shown, knowledge, board))


def _look(match: Match, shown: Answer, knowledge: Knowledge, board: Board) -> Procedure | None:
    """Where to look; None where anything else is asked, or one of the services may not work."""
    if match.look is None or match.danger or match.kind is AnswerKind.UNKNOWN:
        return None
    if match.candidates[0].procedure == match.look or not _all_work(shown, knowledge, board):
        return None
    return knowledge.procedures[match.look]


def _all_work(shown: Answer, knowledge: Knowledge, board: Board) -> bool:
    """Whether each service that is told is known to work now, and no incident is told of it."""
    kinds = {one.id: one.kind for one in knowledge.services.values()}
    found = [one for one in shown.services if kinds.get(one.service) == "service"]
    fine = bool(found) and all(_works_now(one) and not _is_troubled(one) for one in found)
    hit = {name for incident in board.incidents for name in incident.services}
    return fine and not board.blind and hit.isdisjoint(one.service for one in found)


def _troubled(match: Match, knowledge: Knowledge, board: Board) -> tuple[ServiceStatus, ...]:
    """What is down for whoever names no service: the worst first, causes before what they hit.

    Then what works, and not quite: on something that is down, not for some, or not steadily.
    """
    if not match.asks_state:
        return ()
    found = (one for one in _board_of(match, knowledge, board) if _is_troubled(one))
    return tuple(sorted(found, key=lambda one: (-one.state.severity, bool(one.affected_by))))


def _overview(match: Match, knowledge: Knowledge, board: Board) -> Overview | None:
    """Only of a board that was read: nothing is fine because nobody looked."""
    if not match.asks_state or board.blind:
        return None
    seen = [_works_now(one) for one in _board_of(match, knowledge, board)]
    working, unknown = seen.count(True), seen.count(False)
    return Overview(working, unknown, match.profession) if working else None


def _board_of(match: Match, knowledge: Knowledge, board: Board) -> list[ServiceStatus]:
    return [status_of(one.id, board) for one in knowledge.services_of(match.profession)]


def _is_troubled(status: ServiceStatus) -> bool:
    if status.state is State.UNKNOWN:
        return status.emergency is not None
    impaired = status.affected_by or status.not_for or status.unstable or status.emergency
    return status.state is not State.OPERATIONAL or bool(impaired)


def _works_now(status: ServiceStatus) -> bool:
    fresh = not status.stale and status.source_stale_since is None
    return status.state is State.OPERATIONAL and fresh


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
