"""What every command starts from: settings, knowledge base, matcher, and a look at the sources.

Knows no Telegram and no SQL, so that a question from the command line is answered quickly.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.answering import Answer, Context, Question, answer
from bot.faults import OperatorError
from bot.knowledge import Knowledge
from bot.knowledge.loader import load_knowledge
from bot.matching.matcher import BaseMatcher
from bot.settings import Settings
from bot.status.fetching import Fetcher
from bot.status.hysteresis import Thresholds
from bot.status.model import Board, Change, Confirmed
from bot.status.watcher import OnChanges, Watcher

LEAST_SECONDS = 60


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


def load_matcher(settings: Settings) -> BaseMatcher:
    """The matcher over the knowledge base."""
    return BaseMatcher(load_base(settings), cache_dir(settings))


@dataclass
class Base:
    """The knowledge base and its matcher as they stand; a reload swaps both in one step."""

    matcher: BaseMatcher

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge base."""
        return self.matcher.knowledge

    def answer(self, board: Board, question: Question, context: Context) -> Answer:
        """The main job, with the base as it stands."""
        return answer(question, context, self.knowledge, self.matcher, board)


async def note_nothing(
    changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: object
) -> None:
    """For a look at the sources that tells nobody."""


@asynccontextmanager
async def watching(
    settings: Settings,
    knowledge: Knowledge,
    on_changes: OnChanges = note_nothing,
    confirmed: tuple[Confirmed, ...] = (),
) -> AsyncIterator[Watcher]:
    """A watcher with its connections. Raises OperatorError for a source read too often."""
    refuse_haste(settings, knowledge)
    async with Fetcher(settings.contact, allow_private=settings.allow_private_sources) as fetch:
        yield Watcher(
            knowledge=knowledge,
            fetch=fetch,
            on_changes=on_changes,
            thresholds=Thresholds.of(settings),
            confirmed={one.service: one for one in confirmed},
        )


def refuse_haste(settings: Settings, knowledge: Knowledge) -> None:
    """Pages of others are read once a minute at most; our own, in tests, as often as we like."""
    for source in knowledge.sources.values():
        if source.every < LEAST_SECONDS and not settings.allow_private_sources:
            raise OperatorError(
                f"sources.yaml, {source.id}: every: {source.every} is too often; "
                f"at least {LEAST_SECONDS} (less only with ALLOW_PRIVATE_SOURCES)"
            )


async def board_now(settings: Settings, knowledge: Knowledge, *, read: bool) -> Board:
    """The board after one read of every source; without `read`, all is not yet read."""
    async with watching(settings, knowledge) as watcher:
        return await watcher.poll_once() if read else watcher.board()
