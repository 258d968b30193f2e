"""A look at the sources: once for a command, or for as long as the bot runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.faults import OperatorError
from bot.knowledge import Knowledge
from bot.settings import Settings
from bot.status.fetching import Fetcher
from bot.status.hysteresis import Thresholds
from bot.status.kept import Kept
from bot.status.model import Board, Change, Confirmed
from bot.status.watcher import OnChanges, Watcher

LEAST_SECONDS = 60
NOTHING = Kept()


async def note_nothing(
    changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: object
) -> None:
    """For a look at the sources that tells nobody."""


@asynccontextmanager
async def opened_watcher(
    settings: Settings,
    knowledge: Knowledge,
    on_changes: OnChanges = note_nothing,
    kept: Kept = NOTHING,
) -> AsyncIterator[Watcher]:
    """A watcher with its connections. Raises OperatorError for a source read too often."""
    refuse_haste(settings, knowledge)
    async with Fetcher(settings.contact, allow_private=settings.allow_private_sources) as fetch:
        yield Watcher(
            knowledge=knowledge,
            fetch=fetch,
            on_changes=on_changes,
            thresholds=Thresholds.of(settings),
            confirmed={one.service: one for one in kept.confirmed},
            planned=kept.planned,
        )


def refuse_haste(settings: Settings, knowledge: Knowledge) -> None:
    """Pages of others are read once a minute at most; our own, in tests, as often as we like."""
    for source in knowledge.sources.values():
        if source.every < LEAST_SECONDS and not settings.allow_private_sources:
            raise OperatorError(
                f"sources.yaml, {source.id}: every: {source.every} is too often; "
                f"at least {LEAST_SECONDS} (less only with ALLOW_PRIVATE_SOURCES)"
            )


async def board_now(settings: Settings, knowledge: Knowledge) -> Board:
    """The board after one read of every source."""
    async with opened_watcher(settings, knowledge) as watcher:
        return await watcher.poll_once()
