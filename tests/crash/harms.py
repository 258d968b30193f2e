"""What is done to the workers in the middle of pings."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.crash.crew import Crew, Process
from tests.crash.server import Server
from tests.crash.worker import LEASE
from tests.store.servers import Postgres

PATIENCE = 240.0


@dataclass
class Stage:
    """`wanted`: how many different pings there are when all are told."""

    server: Server
    crew: Crew
    postgres: Postgres | None = None
    wanted: int = 0
    done: int = 0

    @property
    def all_told(self) -> bool:
        """Whether nothing is due any more."""
        return self.server.ledger.distinct >= self.wanted

    async def reach_the_middle(self) -> None:
        """All run; until some more were sent, or none are left, and a moment longer."""
        await self.crew.fill()
        aim = self.server.count + random.randint(1, 50)
        await until(lambda: self.server.count >= aim or self.all_told)
        await asyncio.sleep(random.uniform(0, 0.1))

    async def finish(self) -> None:
        """All run until nothing is due; what is late, such as a copy, has half a second."""
        await self.crew.fill()
        await until(lambda: self.all_told)
        await asyncio.sleep(0.5)


Harm = Callable[[Stage], Awaitable[None]]


async def kill(stage: Stage) -> None:
    """One of the workers is killed."""
    await stage.reach_the_middle()
    await stage.crew.kill(_leader_or_any(stage))
    await asyncio.sleep(0.05)


async def stop_database(stage: Stage) -> None:
    """PostgreSQL stops at once and starts again; the workers live through it, or die with it."""
    assert stage.postgres is not None
    await stage.reach_the_middle()
    await asyncio.to_thread(stage.postgres.fall)
    if stage.done % 2:
        await stage.crew.kill_all()
    await asyncio.to_thread(stage.postgres.rise)


async def kill_or_stand_still(stage: Stage) -> None:
    """In turn: one is killed, or stands still for longer than two leases while others work on."""
    if stage.done % 2 == 0:
        await kill(stage)
        return
    await stage.reach_the_middle()
    seconds = 2.1 * LEASE.total_seconds()
    await stage.crew.stand_still(_leader_or_any(stage), seconds)


def _leader_or_any(stage: Stage) -> Process:
    """Half of the time the one that looks at the source."""
    workers = stage.crew.workers
    leading = [one for one in workers if one.pid == stage.server.leader]
    return random.choice((leading or workers) if random.random() < 1 / 2 else workers)


async def until(condition: Callable[[], bool]) -> None:
    """Waits for it, but not for ever: what never comes is counted as lost."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while not condition() and loop.time() < end:  # noqa: ASYNC110 - another process gives no event
        await asyncio.sleep(0.01)
