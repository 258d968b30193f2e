"""The process in its many lives: begun, killed at any point, stalled, ended and begun again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.alerts.courier import Parts
from bot.alerts.errors import StoreUnavailableError
from bot.alerts.fanout import Fanout
from bot.alerts.limiter import Limiter
from bot.alerts.ports import Outbox, Trouble
from bot.alerts.sender import Pace, Sender
from bot.store.chats import SqlChats
from bot.store.database import Database
from bot.store.history import SqlHistory
from bot.store.outbox import SqlOutbox
from tests.alerts.world import GRAPH
from tests.simulation.engine import NOTHING
from tests.simulation.faults import OF_DISK, Fault
from tests.simulation.looking import Looking
from tests.simulation.sources import Sources
from tests.simulation.telegram import render
from tests.simulation.virtual import INSIDE, VirtualLoop
from tests.simulation.world import World

NEVER = 10**9
PACE = Pace(idle=600, heartbeat=1800, recover=7200)
"""The sender is woken when something is due: it would look by itself, twice a second."""

Result = TypeVar("Result")


class End(StrEnum):
    """How a life ends."""

    KILLED = "killed"
    STALLED = "stalled"
    TERMINATED = "terminated"


@dataclass(frozen=True)
class Makers:
    """How the parts are made that a test may break on purpose."""

    outbox: Callable[[Database, timedelta], Outbox] = lambda database, group: SqlOutbox(
        database, group=group
    )
    limiter: type[Limiter] = Limiter


class Process:
    """All that runs inside it, and when it dies.

    Between two points (before each statement, after each commit, on each leg of a request)
    nothing changes that outlives the process: to die at each point is to die at each await.
    """

    def __init__(self, world: World, sources: Sources, makers: Makers) -> None:
        self._world, self._makers = world, makers
        self.points = 0
        self.kills_at: frozenset[int] | None = None
        """Points, counted from the story's beginning, at which it is killed; None: by chance."""
        self.troubles: list[Trouble] = []
        self.looking = Looking(world, sources)
        self._left = NEVER
        self._born = 0.0
        self._end: End | None = None
        self._running = False
        self._turn = asyncio.Lock()
        self._dead, self._over, self._alive = asyncio.Event(), asyncio.Event(), asyncio.Event()
        world.telegram.dies = self.point
        world.disk.asked.before, world.disk.asked.after = self._before_statement, self._after_commit

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
        self._left = _lifetime(world) if self.kills_at is None else NEVER
        database = Database(cast(AsyncEngine, world.disk.engine))
        database._turn = self._turn  # as if rows were locked: a stalled process shares the file
        group = timedelta(seconds=world.random.choice((0, 30)))
        self.outbox = self._makers.outbox(database, group)
        self.chats, self.history = SqlChats(database, world.clock), SqlHistory(database)
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

    def kill_within(self, points: int) -> None:
        """It dies at that many points from now at the latest."""
        self._left = min(self._left, points)

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
        if end is End.STALLED:
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

    # -- its points

    def point(self) -> bool:
        """Whether it is dead here, or dies here."""
        self.points += not self._world.calm
        self._left -= 1
        if self._left <= 0 or self.points in (self.kills_at or ()):
            self.end(End.KILLED)
        return self._dead.is_set()

    def _before_statement(self, sql: str) -> Awaitable[None]:
        if self.point():
            return asyncio.Future()
        if self._world.random.random() < 0.2:
            return self._hesitate(sql)
        self._fail(sql)
        return NOTHING

    async def _hesitate(self, sql: str) -> None:
        await asyncio.sleep(0)
        self._fail(sql)

    def _fail(self, sql: str) -> None:
        spell = self._world.weather.strikes(OF_DISK, self._world.now)
        if spell is not None and not sql.startswith(SPARED[spell.fault]):
            self._world.weather.note(spell.fault)
            raise self._world.disk.error(spell.fault)

    def _after_commit(self) -> Awaitable[None]:
        return asyncio.Future() if self.point() else NOTHING

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


SPARED = {Fault.BUSY: ("PRAGMA",), Fault.DISK_FULL: ("PRAGMA", "BEGIN", "SELECT")}
"""Statements that work all the same."""


def _lifetime(world: World) -> int:
    """After how many points it is killed: in half of the lives never."""
    soon, later = world.random.randint(1, 12), world.random.randint(5, 400)
    return world.random.choice((NEVER, NEVER, NEVER, later, later, soon))


def _inside() -> Context:
    """What is begun in it, and by that in turn, is the process's own."""
    context = copy_context()
    context.run(INSIDE.set, 1)
    return context


async def _cancelled(tasks: Sequence[asyncio.Future[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
