"""What matching is asked and what it decides, as plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

BUTTONS = 4
"""How many procedures are offered to choose from."""


class AnswerKind(StrEnum):
    """What the person gets: one procedure, buttons to choose from, or an honest "I do not know"."""

    ANSWER = "answer"
    CHOICE = "choice"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why nothing answers."""

    NOTHING_NEAR = "nothing_near"
    COURTESY = "courtesy"
    """A greeting or thanks: nothing was asked."""
    NO_TOOL = "no_tool"
    """It says that something fails, and not what."""
    NO_THREAD = "no_thread"
    """It leans on an answer ("in het Frans"), and there is none, or it is too long ago."""
    DANGER = "danger"
    """A life is in danger, and no tool is spoken of."""


class Part(StrEnum):
    """What of the last answer a short text asks for."""

    AFTERWARDS = "afterwards"
    """What to put right once it works again."""
    CONTACTS = "contacts"
    """Who can be called."""
    HOW_LONG = "how_long"
    """How long the trouble will last: its state, and an end where one is announced."""
    LASTING = "lasting"
    """What holds where it goes on: the conditions, and the state."""


@dataclass(frozen=True)
class Question:
    """What was typed, with the language and profession that the chat has set (None: not set)."""

    text: str
    language: str | None = None
    profession: str | None = None


@dataclass(frozen=True)
class Context:
    """What a follow-up may refer to: the last procedure of the chat, as its id alone.

    `near`: what else the last question may have meant, best first; or what was offered of it.
    """

    procedure: str | None = None
    asked_at: datetime | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A procedure that may be meant. `score`: the probability (0 to 1) that it is the right one."""

    procedure: str
    score: float


@dataclass(frozen=True)
class Match:
    """What matching decided. `language` and `profession`: as the text or else the setting says.

    `ask_profession`: the candidates differ only by profession, so that is what to ask.
    `named`: services that the text names. `uncovered`: these, where no entry for the profession is
    about them; the candidates are then general ones, `elsewhere` those of other professions.
    `why`: of an unknown. `asks_state`: it names no service and asks what is down, or only for whom.
    `look`: it asks no more than whether what it names is down: the entry that tells where to look.
    `danger`: it speaks of a life in danger. `part`: of an answer, all that was asked for; None:
    the whole. `thread`: the answer that a choice goes on from: what follows may lean on it.
    """

    kind: AnswerKind
    language: str
    profession: str | None
    candidates: tuple[Candidate, ...] = ()
    ask_profession: bool = False
    named: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    why: Why = Why.NOTHING_NEAR
    asks_state: bool = False
    look: str | None = None
    danger: bool = False
    part: Part | None = None
    thread: str | None = None


class Matcher(Protocol):
    """`bot.matching.matcher.KnowledgeMatcher` is the one that runs."""

    def match(
        self, question: Question, context: Context, down: frozenset[str], now: datetime
    ) -> Match:
        """Ranks and decides. `down`: ids of services in an outage, a bounded hint."""
