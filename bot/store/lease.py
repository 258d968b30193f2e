"""One row that says which of several processes reads the sources, with a fence."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.faults import NotLeadingError
from bot.store.database import Database
from bot.store.tables import leases

POLLER = "poller"
SENDER = "sender:"
LENGTH = timedelta(seconds=15)
"""Also by how much the clocks of two processes may differ, less one renewal."""
PRESENT = timedelta(seconds=30)


class Lease:
    """A named task that one process holds at a time, in terms with a fence that only grows.

    Args:
        database: where.
        name: of the task. holder: of this process, random.
        length: how long it holds without being renewed; renew at a third of it.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        holder: str,
        length: timedelta = LENGTH,
    ) -> None:
        self._database = database
        self._name = name
        self._holder = holder
        self._length = length
        self._term: int | None = None

    async def acquire(self, now: datetime) -> int | None:
        """Begins a term or renews it. Returns its fence; None: it is another's, or was lost.

        A lost term is over, even where nobody holds the task by now: what was begun in it must
        end before the next call begins a new one.
        """
        values = {"holder": self._holder, "until": now + self._length}
        first = self._database.insert(leases).values(name=self._name, fence=1, **values)
        free = or_(leases.c.holder == self._holder, leases.c.until <= now)
        begins = self._term is None
        statement = first.on_conflict_do_update(
            index_elements=["name"],
            set_=values | {"fence": leases.c.fence + int(begins)},
            where=free if begins else self._mine(),
        ).returning(leases.c.fence)
        async with self._database.write() as connection:
            self._term = (await connection.execute(statement)).scalar_one_or_none()
        return self._term

    async def release(self, now: datetime) -> None:
        """Ends the term: another process may take it at once."""
        ended = update(leases).where(self._mine()).values(until=now)
        async with self._database.write() as connection:
            await connection.execute(ended)
        self._term = None

    async def check(self, connection: AsyncConnection) -> None:
        """Raises NotLeadingError where the term is over; else it lasts out the transaction."""
        held = select(leases.c.fence).where(self._mine()).with_for_update(read=True)
        if (await connection.execute(held)).first() is None:
            raise NotLeadingError(f"another process has become the {self._name}")

    def _mine(self) -> ColumnElement[bool]:
        return and_(
            leases.c.name == self._name,
            leases.c.holder == self._holder,
            leases.c.fence == self._term,
        )


class Presence:
    """Which processes send, so that they share the rate that Telegram allows their one token."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._name = f"{SENDER}{uuid4().hex}"

    async def count(self, now: datetime) -> int:
        """Says that this process is there, and returns how many are; at least one."""
        if not self._database.shared:
            return 1
        values = {"holder": self._name, "until": now + PRESENT, "fence": 0}
        row = self._database.insert(leases).values(name=self._name, **values)
        there = leases.c.name.startswith(SENDER)
        async with self._database.write() as connection:
            await connection.execute(delete(leases).where(there, leases.c.until <= now))
            await connection.execute(
                row.on_conflict_do_update(index_elements=["name"], set_=values)
            )
            query = select(func.count()).select_from(leases).where(there)
            return int((await connection.execute(query)).scalar_one())
