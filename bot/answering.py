"""The main job: a question -> the procedure and the state of the services it rests on.

Pure: it is given the knowledge base, the matcher, the board and plain values.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.knowledge import Knowledge, Procedure
from bot.status.model import Board, ServiceStatus, State


class AnswerKind(StrEnum):
    """What the person gets: one procedure, buttons to choose from, or an honest "I do not know"."""

    ANSWER = "answer"
    CHOICE = "choice"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Question:
    """What was typed, with the language and profession that the chat has set (None: not set)."""

    text: str
    language: str | None = None
    profession: str | None = None


@dataclass(frozen=True)
class Context:
    """What a follow-up may refer to: the last procedure of the chat, as its id alone."""

    procedure: str | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True)
class Candidate:
    """A procedure that may be meant. `score`: the probability (0 to 1) that it is the right one."""

    procedure: str
    score: float


@dataclass(frozen=True)
class Match:
    """What matching decided. `language` and `profession`: as the text or else the setting says.

    `ask_profession`: the candidates differ only by profession, so that is what to ask.
    """

    kind: AnswerKind
    language: str
    profession: str | None
    candidates: tuple[Candidate, ...] = ()
    ask_profession: bool = False


@dataclass(frozen=True)
class Answer:
    """What is shown. `candidates`: best first; those of a choice are its buttons, in that order."""

    kind: AnswerKind
    language: str
    profession: str | None
    procedure: Procedure | None = None
    candidates: tuple[Candidate, ...] = ()
    services: tuple[ServiceStatus, ...] = ()
    ask_profession: bool = False


class Matcher(Protocol):
    """`bot.matching` is the one that runs."""

    def match(
        self, question: Question, context: Context, down: frozenset[str], now: datetime
    ) -> Match:
        """Ranks and decides. `down`: ids of services in an outage, a bounded hint."""


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
        ask_profession=match.ask_profession,
    )
    if match.kind is not AnswerKind.ANSWER:
        return shown
    return with_procedure(shown, knowledge.procedures[match.candidates[0].procedure], board)


def show(procedure: Procedure, language: str, profession: str | None, board: Board) -> Answer:
    """The answer that a button or a deep link asks for: this procedure."""
    return with_procedure(Answer(AnswerKind.ANSWER, language, profession), procedure, board)


def with_procedure(shown: Answer, procedure: Procedure, board: Board) -> Answer:
    """The answer with a procedure and the state of its services."""
    return replace(
        shown,
        kind=AnswerKind.ANSWER,
        procedure=procedure,
        services=tuple(status_of(service, board) for service in procedure.services),
    )


def status_of(service: str, board: Board) -> ServiceStatus:
    """What the board knows of a service; of one that it does not carry, unknown."""
    return board.services.get(service) or ServiceStatus(service, State.UNKNOWN)
