"""The real policy, sender and SQLite store, joined; time is moved by the test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.alerts.courier import Parts
from bot.alerts.fanout import Fanout
from bot.alerts.limiter import Limiter
from bot.alerts.ports import Trouble
from bot.alerts.sender import Pace, Sender
from bot.preferences import Preferences, QuietHours
from bot.status.model import Change
from bot.store.chats import SqlChats
from bot.store.database import Database, open_database
from bot.store.outbox import SqlOutbox
from tests.alerts.world import GRAPH, NOON, Telegram, confirmed, word

QUIET = {"22-7": QuietHours(time(22), time(7))}


@dataclass
class Stage:
    """One life of the process after another, on the same database and the same Telegram."""

    database: Database
    telegram: Telegram
    now: datetime = NOON
    group: timedelta = timedelta(seconds=30)
    troubles: list[Trouble] = field(default_factory=list)
    beats: int = 0

    def __post_init__(self) -> None:
        self.chats = SqlChats(self.database, lambda: self.now)
        self.begin()

    def begin(self) -> None:
        """A new process: nothing in memory, the same database."""
        self.outbox = SqlOutbox(self.database, group=self.group)
        self.limiter = Limiter(1000, 1000, lambda: self.monotonic, asyncio.sleep)
        self.limiter._bulk.burst = self.limiter._bulk.tokens = 1000  # rates have tests of their own
        parts = Parts(
            outbox=self.outbox,
            transport=self.telegram,
            render=word,
            graph=GRAPH,
            limiter=self.limiter,
            clock=lambda: self.now,
            monotonic=lambda: self.monotonic,
            random=lambda: 0.5,
            alarm=self._alarm,
            heartbeat=self._beat,
        )
        self.sender = Sender(parts, Pace(idle=0.001))
        self.fanout = Fanout(self.outbox, GRAPH, self.sender.wake)

    @property
    def monotonic(self) -> float:
        """Seconds that go with the stage's clock."""
        return (self.now - NOON).total_seconds()

    async def follow(
        self, chat_id: int, *services: str, profession: str | None = None, quiet: str | None = None
    ) -> None:
        """The chat subscribes; what it had chosen before is replaced."""
        await self.chats.save(
            Preferences(
                chat_id,
                language="fr",
                profession=profession,
                services=frozenset(services),
                quiet=QUIET[quiet] if quiet else None,
            )
        )

    async def happens(self, *changes: Change) -> None:
        """The watcher hands these over at once."""
        await self.fanout.record(changes, tuple(confirmed(one) for one in changes), self.now)

    async def passes(self, *, step: float = 1, **length: float) -> None:
        """Time goes on in steps of `step` seconds, and the sender works at each."""
        end = self.now + timedelta(**length)
        while self.now < end:
            self.now = min(end, self.now + timedelta(seconds=step))
            await self.settle()

    async def settle(self) -> None:
        """Lets the sender do all that it can do now."""
        await self.sender._recover(started=not self.sender._started)
        self.sender._started = True
        for _ in range(2000):
            self.sender._news.clear()
            await self.sender._do_chores()
            took = await self.sender._dispatch()
            if self.sender._flying:
                await asyncio.wait(self.sender._flying)
            elif not took:
                return
        raise AssertionError("the sender does not come to rest")

    async def _alarm(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)

    async def _beat(self) -> None:
        self.beats += 1


@asynccontextmanager
async def stage(folder: Path, url: str | None = None) -> AsyncIterator[Stage]:
    """A stage on a SQLite file in the folder, or on the given server."""
    where = url or f"sqlite+aiosqlite:///{folder / 'bis.sqlite3'}"
    database = await open_database(where, folder)
    try:
        yield Stage(database, Telegram())
    finally:
        await database.close()
