"""The watcher of each life, and what it told."""

from collections.abc import Callable
from datetime import datetime

from bot.alerts.fanout import Fanout
from bot.status.model import Change, Confirmed
from bot.status.watcher import OnChanges, Watcher
from bot.store.history import SqlHistory
from tests.simulation.sources import WATCHED, Sources
from tests.simulation.world import World


class Looking:
    """Reads the pages when the story says so: nothing else happens between two looks."""

    def __init__(self, world: World, sources: Sources) -> None:
        self._world, self._sources = world, sources
        self.told: dict[Change, float] = {}
        """Each change that a watcher handed over, and when it first did."""
        self.kept: set[Change] = set()
        """Those that were taken from it."""
        self.on_news: Callable[[], None] = lambda: None
        self._watcher: Watcher | None = None

    def begin(self) -> None:
        """A life begins: its watcher goes on from what the store keeps."""
        self._watcher = None

    async def look(self, history: SqlHistory, fanout: Fanout) -> None:
        """Reads all pages once, and tells what changed."""
        if self._watcher is None:
            kept = await history.confirmed()
            self._watcher = self._made(kept, self._record(fanout))
        await self._watcher.poll_once()

    def _made(self, kept: tuple[Confirmed, ...], on_changes: OnChanges) -> Watcher:
        return Watcher(
            knowledge=WATCHED,
            fetch=self._sources.fetch,
            on_changes=on_changes,
            confirmed={one.service: one for one in kept},
            clock=self._world.clock,
            chance=self._world.random.random,
        )

    def _record(self, fanout: Fanout) -> OnChanges:
        async def record(
            changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: datetime
        ) -> None:
            for change in changes:
                self.told.setdefault(change, self._world.now)
            await fanout.record(changes, confirmed, at)
            self.kept.update(changes)
            self.on_news()

        return record
