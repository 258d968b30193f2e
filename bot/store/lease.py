"""One row that says which of several processes reads the sources, with a fence."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import case, delete, func, or_, select

from bot.store.database import Database
from bot.store.tables import leases

POLLER = "poller"
SENDER = "sender:"
PRESENT = timedelta(seconds=30)


class Lease:
    """A named task that one process holds at a time.

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
        length: timedelta = timedelta(seconds=90),
    ) -> None:
        self._database = database
        self._name = name
        self._holder = holder
        self._length = length

    async def acquire(self, now: datetime) -> int | None:
        """Takes or renews it. Returns its fence, which grows with each new holder; None: taken."""
        values = {"holder": self._holder, "until": now + self._length}
        first = self._database.insert(leases).values(name=self._name, fence=1, **values)
        mine = leases.c.holder == self._holder
        statement = first.on_conflict_do_update(
            index_elements=["name"],
            set_=values | {"fence": leases.c.fence + case((mine, 0), else_=1)},
            where=or_(mine, leases.c.until <= now),
        ).returning(leases.c.fence)
        async with self._database.write() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    async def release(self) -> None:
        """Lets another process take it at once."""
        mine = (leases.c.name == self._name) & (leases.c.holder == self._holder)
        async with self._database.write() as connection:
            await connection.execute(delete(leases).where(mine))


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
