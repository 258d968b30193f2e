"""A real SQLite file without threads: each statement runs at once, after asking for a fault."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, Self

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import make_engine
from tests.simulation.faults import Fault

Before = Callable[[str], Awaitable[None]]
After = Callable[[], Awaitable[None]]
WORDS = {Fault.BUSY: "database is locked", Fault.DISK_FULL: "database or disk is full"}


class Cursor:
    """`aiosqlite.Cursor`, as far as SQLAlchemy uses it."""

    def __init__(self, raw: sqlite3.Cursor, before: Before) -> None:
        self._raw = raw
        self._before = before

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> "Cursor":
        await self._before(sql)
        self._raw.execute(sql, tuple(parameters))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Any]) -> "Cursor":
        await self._before(sql)
        self._raw.executemany(sql, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        return self._raw.fetchall()

    async def close(self) -> None:
        self._raw.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


class Connection:
    """`aiosqlite.Connection`, as far as SQLAlchemy uses it."""

    def __init__(self, raw: sqlite3.Connection, before: Before, after: After) -> None:
        self._conn = raw
        self._connection: sqlite3.Connection | None = raw
        self._before, self._after = before, after
        self.isolation_level = None

    def cursor(self) -> Cursor:
        return Cursor(self._conn.cursor(), self._before)

    async def create_function(self, *how: Any, **more: Any) -> None:
        self._conn.create_function(*how, **more)

    async def commit(self) -> None:
        await self._before("COMMIT")
        self._conn.commit()
        await self._after()

    async def rollback(self) -> None:
        self._conn.rollback()

    async def close(self) -> None:
        self._conn.close()

    def stop(self) -> None:
        self._conn.close()


class Disk:
    """One database file that outlives its processes.

    `before` is asked before each statement and commit, `after` after each commit; they may raise
    what SQLite raises, or crash the process by never returning.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: list[sqlite3.Connection] = []
        self.before: Before = _nothing_before
        self.after: After = _nothing_after
        self._outside = sqlite3.connect(path, isolation_level=None)
        self._outside.row_factory = sqlite3.Row
        url = make_url(f"sqlite+aiosqlite:///{path}")
        self.engine: AsyncEngine = make_engine(url, async_creator=self._connect)

    async def _connect(self) -> Connection:
        raw = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        self._open.append(raw)
        return Connection(raw, self._ask_before, self._ask_after)

    async def _ask_before(self, sql: str) -> None:
        await self.before(sql)

    async def _ask_after(self) -> None:
        await self.after()

    def error(self, fault: Fault) -> sqlite3.OperationalError:
        """What SQLite says of this fault."""
        return sqlite3.OperationalError(WORDS[fault])

    async def warm_up(self) -> None:
        """What SQLAlchemy asks of its first connection, it asks here: no story is the first."""
        async with self.engine.connect():
            pass
        await self.power_cut()

    async def power_cut(self) -> None:
        """The process is gone: what it had not committed never happened."""
        for raw in self._open:
            raw.close()
        self._open.clear()
        await self.engine.dispose(close=False)

    def rows(self, sql: str) -> list[sqlite3.Row]:
        """A look at the truth, from outside."""
        return self._outside.execute(sql).fetchall()

    def count(self, condition: str) -> int:
        """How many rows of the outbox are so."""
        sql = f"SELECT count(*) FROM deliveries WHERE {condition}"  # noqa: S608 - ours
        return int(self.rows(sql)[0][0])

    def close(self) -> None:
        """No more stories."""
        self._outside.close()

    def clear(self, tables: Iterable[str]) -> None:
        """An empty database for the next story."""
        for table in tables:
            self._outside.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables


async def _nothing_before(_: str) -> None:
    await asyncio.sleep(0)


async def _nothing_after() -> None:
    await asyncio.sleep(0)
