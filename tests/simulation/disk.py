"""A real SQLite file without threads: each statement runs at once, after asking for a fault."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import make_url

from bot.store.database import make_engine
from tests.simulation.engine import Asked, SimpleEngine
from tests.simulation.faults import Fault

WORDS = {Fault.BUSY: "database is locked", Fault.DISK_FULL: "database or disk is full"}


class Connection(sqlite3.Connection):
    """With SQLAlchemy's word for closing without asking anyone."""

    def terminate(self) -> None:
        self.close()


class Disk:
    """One database file that outlives its processes."""

    def __init__(self, path: Path) -> None:
        self._outside = sqlite3.connect(path, isolation_level=None)
        self._outside.row_factory = sqlite3.Row
        self.asked = Asked()
        url = make_url(f"sqlite+aiosqlite:///{path}")
        real = make_engine(url, creator=lambda: _connected(path)).sync_engine
        self.engine = SimpleEngine(real, self.asked)

    def error(self, fault: Fault) -> sqlite3.OperationalError:
        """What SQLite says of this fault."""
        return sqlite3.OperationalError(WORDS[fault])

    async def warm_up(self) -> None:
        """What SQLAlchemy asks of its first connection, it asks here: no story is the first."""
        async with self.engine.connect():
            pass
        self.power_cut()

    def power_cut(self) -> None:
        """The process is gone: what it had not committed never happened."""
        self.engine.connections.cut()

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


def _connected(path: Path) -> Connection:
    return sqlite3.connect(path, isolation_level=None, factory=Connection)
