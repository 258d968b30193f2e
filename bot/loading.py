"""What every command starts from: settings, knowledge base, matcher, a board without a look.

Knows no Telegram, no SQL and no HTTP, so that a question from the command line is answered quickly.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.answering import Answer, Context, Question, answer
from bot.clock import system_clock
from bot.faults import OperatorError
from bot.knowledge import Knowledge
from bot.knowledge.loader import load_knowledge
from bot.settings import Settings
from bot.status.board import build
from bot.status.model import Board
from bot.status.source_view import SourceView
from bot.status.topology import Topology

if TYPE_CHECKING:
    from bot.matching.matcher import BaseMatcher


def load_settings() -> Settings:
    """The settings of the environment and .env; a wrong one is named, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        told = "; ".join(f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise OperatorError(f"A setting cannot be used: {told}") from None


def cache_dir(settings: Settings) -> Path:
    """Where what was read and learnt from the knowledge base is kept between starts."""
    return settings.data_dir / "cache"


def load_base(settings: Settings) -> Knowledge:
    """The knowledge base. Raises KnowledgeError with file, line and mend."""
    return load_knowledge(settings.knowledge_dir, cache_dir(settings))


def load_matcher(settings: Settings) -> "BaseMatcher":
    """The matcher over the knowledge base."""
    from bot.matching.matcher import BaseMatcher  # noqa: PLC0415 - numpy is half of a quick start

    return BaseMatcher(load_base(settings), cache_dir(settings))


@dataclass
class Base:
    """The knowledge base and its matcher as they stand; a reload swaps both in one step."""

    matcher: "BaseMatcher"

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge base."""
        return self.matcher.knowledge

    def answer(self, board: Board, question: Question, context: Context) -> Answer:
        """The main job, with the base as it stands."""
        return answer(question, context, self.knowledge, self.matcher, board)


def unread_board(knowledge: Knowledge) -> Board:
    """The board before any source was read."""
    topology = Topology(knowledge)
    views = [SourceView(source) for source in topology.sources.values()]
    return build(topology, views, {}, system_clock())
