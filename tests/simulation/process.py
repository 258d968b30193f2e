"""The process in its many lives: begun, killed at any point, stalled, ended and begun again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context, copy_context
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.alerts.courier import Parts
from bot.alerts.fanout import Fanout
from bot.alerts.ports import Trouble
from bot.alerts.sender import Pace, Sender
from bot.faults import StoreUnavailableError
from bot.store.database import Database
from bot.store.history import SqlHistory
from tests.alerts.world import GRAPH
from tests.simulation.faults import Fault
from tests.simulation.looking import Looking
from tests.simulation.making import Makers
from tests.simulation.points import Points
from tests.simulation.sources import Sources
from tests.simulation.telegram import render
from tests.simulation.virtual import INSIDE, VirtualLoop
from tests.simulation.world import World

PACE = Pace(idle=600, heartbeat=1800, recover=7200)
"""The sender is woken when something is due: it would look by itself, twice a second."""

Result = TypeVar("Result")


class End(StrEnum):
    """How a life ends."""

    KILLED = "killed"
    STALLED = "stalled"
    TERMINATED = "terminated"


class Process:
    """All that runs inside it, from one life to the next."""

    def __init__(self, world: World, sources: Sources, makers: Makers) -> None:
        self._world, self._makers = world, makers
        self.troubles: list[Trouble] = []
        self.looking = Looking(world, sources)
        self._born = 0.0
        self._end: End | None = None
        self._running = False
        self._turn = asyncio.Lock()
        self._dead, self._over, self._alive = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.points = Points(world, self._dead, lambda: self.end(End.KILLED))

    # -- its lives

    async def live(self) -> None:
        """One life after another, until cancelled."""
        while True:
            self._begin()
            running = asyncio.create_task(self.sender.run(), context=_inside())
            over = asyncio.create_task(self._over.wait())
            await asyncio.wait({running, over}, return_when=asyncio.FIRST_COMPLETED)
            over.cancel()
            if self._end is None:
                running.result()
                raise AssertionError("the sender ended by itself")
            await self._ended(running, self._end)
            await asyncio.sleep(self._world.random.choice((0.1, 1, 40)))

    def _begin(self) -> None:
        world = self._world
        self._end = None
        self._dead.clear()
        self._over.clear()
        self._born = world.now
        self.points.begin()
        database = Database(cast(AsyncEngine, world.disk.engine))
        database._turn = self._turn  # as if rows were locked: a stalled process shares the file
        group = timedelta(seconds=world.random.choice((0, 30)))
        self.outbox = self._makers.outbox(database, group)
        self.chats, self.history = self._makers.chats(database, world.clock), SqlHistory(database)
        self.sender = Sender(self._parts(), PACE)
        self._fanout = Fanout(self.outbox, GRAPH, self.sender.wake)
        self.looking.begin()
        self._running = True
        self._alive.set()

    def _parts(self) -> Parts:
        world, loop = self._world, asyncio.get_running_loop()
        return Parts(
            outbox=self.outbox,
            transport=world.telegram,
            render=render,
            graph=GRAPH,
            limiter=self._makers.limiter(*world.rate, loop.time, asyncio.sleep),
            clock=world.clock,
            monotonic=loop.time,
            random=world.random.random,
            alarm=self._alarm,
            heartbeat=self._heartbeat,
        )

    async def _alarm(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)

    async def _heartbeat(self) -> None:
        return None

    # -- its ends

    def end(self, end: End) -> None:
        """It ends now, in this way; it can be killed while it ends in another."""
        if self._world.calm or not self._running:
            return
        self._end = self._end or end
        if end is End.KILLED:
            self._dead.set()
        self._over.set()

    async def _ended(self, running: asyncio.Task[None], end: End) -> None:
        self._alive.clear()
        if end is End.STALLED and not self._dead.is_set():  # what was killed too, holds nothing
            self._running = False
            await self._abandon(running)
            return
        if end is End.TERMINATED:
            await self._let_land()
        else:
            soon = self._world.now - self._born < 1
            self._world.weather.note(Fault.CRASH_LOOP if soon else Fault.CRASH)
        await self._bury()

    async def _bury(self) -> None:
        """Whatever it did is undone, unless it was committed or had left."""
        self._running = False
        self._dead.set()
        if self._world.telegram.bury():
            self._world.weather.note(Fault.CRASH_AFTER_EFFECT)
        self._world.disk.power_cut()
        await _cancelled(self._tasks())
        self._turn = asyncio.Lock()
        self._world.disk.power_cut()

    async def _abandon(self, running: asyncio.Task[None]) -> None:
        """Another takes over while its requests are in flight; their answers still come to it."""
        await _cancelled([running])
        if self._world.telegram.in_flight:
            self._world.weather.note(Fault.STALL)
        self._world.telegram.pass_on()

    async def _let_land(self) -> None:
        """What SIGTERM does: nothing may be left in doubt that was answered in time."""
        self._world.weather.note(Fault.TERMINATED)
        await self.sender.stop()
        waiting = self._dead.is_set() or any(not task.done() for task in self._tasks())
        if not waiting and self._world.disk.count("state = 'sending'"):
            self._world.broken.append("a row was left in doubt by SIGTERM")

    def _tasks(self) -> list[asyncio.Task[Any]]:
        """All that this and stalled lives have begun."""
        loop = asyncio.get_running_loop()
        return list(loop.inside) if isinstance(loop, VirtualLoop) else []

    # -- what is asked of it

    async def surely(self, step: Callable[[], Awaitable[Result]]) -> Result:
        """As a person does: again, until the process has done it."""
        while True:
            await self._alive.wait()
            asked = asyncio.ensure_future(step())
            dead = asyncio.ensure_future(self._dead.wait())
            await asyncio.wait({asked, dead}, return_when=asyncio.FIRST_COMPLETED)
            dead.cancel()
            if not asked.done():
                await _cancelled([asked])
            elif (error := asked.exception()) is None:
                return asked.result()
            elif not isinstance(error, StoreUnavailableError):
                raise error
            await asyncio.sleep(1)

    def wake(self) -> None:
        """Something may be due."""
        if self._running:
            self.sender.wake()

    async def look(self) -> None:
        """Reads all pages once, and tells what changed."""
        await self.looking.look(self.history, self._fanout)


def _inside() -> Context:
    """What is begun in it, and by that in turn, is the process's own."""
    context = copy_context()
    context.run(INSIDE.set, 1)
    return context


async def _cancelled(tasks: Sequence[asyncio.Future[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
