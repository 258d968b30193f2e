"""Of several processes on one database, one leads; another takes over when it falls or stops."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.leading import Tasks, acquire_of, candidacy, lead
from bot.running import in_background
from bot.store.database import Database
from bot.store.lease import POLLER, Lease
from tests.alerts.world import NOON

QUICK = 0.01
PATIENCE = 10.0


@dataclass
class Time:
    """What both replicas take for now; it stands until it is moved."""

    now: datetime = NOON


class Replica:
    """A process that shows whether it leads."""

    def __init__(self, database: Database, name: str, time: Time) -> None:
        self.lease, self.time = Lease(database, POLLER, name), time
        self.leads = asyncio.Event()
        self.renews = True

    def run(self) -> AbstractAsyncContextManager[asyncio.Task[None]]:
        return in_background(lead(self._acquire, self._work, renew=QUICK, retry=QUICK))

    async def _acquire(self) -> bool:
        return self.renews and await self.lease.acquire(self.time.now) is not None

    @asynccontextmanager
    async def _work(self) -> AsyncIterator[Tasks]:
        async with in_background(asyncio.sleep(PATIENCE)) as task:
            self.leads.set()
            try:
                yield (task,)
            finally:
                self.leads.clear()


async def until_leads(replica: Replica) -> None:
    await asyncio.wait_for(replica.leads.wait(), PATIENCE)


async def test_another_takes_over_what_falls(database: Database) -> None:
    """A lease that is not renewed runs out; who lost it stops, and gets it back no more."""
    time = Time()
    one, two = Replica(database, "one", time), Replica(database, "two", time)
    async with one.run():
        await until_leads(one)
        async with two.run():
            one.renews = False
            time.now += timedelta(seconds=16)
            await until_leads(two)
            one.renews = True
            for _ in range(20):
                await asyncio.sleep(QUICK)
            assert (one.leads.is_set(), two.leads.is_set()) == (False, True)


async def test_who_stops_gives_the_lead_away(database: Database) -> None:
    """A deployment leaves no while in which nobody reads the sources."""
    async with candidacy(database) as first:
        assert await acquire_of(first)()
        assert await _leads(database) is not database.shared
    async with candidacy(database) as second:
        assert await acquire_of(second)()


async def _leads(database: Database) -> bool:
    async with candidacy(database) as other:
        return await acquire_of(other)()
