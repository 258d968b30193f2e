"""One seed's story: services fail and recover, people come and go, and everything breaks."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from bot.status.model import State
from tests.simulation.disk import Disk
from tests.simulation.faults import OF_DISK, OF_REQUESTS, OF_SOURCES, Fault
from tests.simulation.making import Makers
from tests.simulation.people import NAMES, People
from tests.simulation.process import End, Process
from tests.simulation.sources import Sources
from tests.simulation.world import World

LENGTH = 2 * 3600.0
LAST = 40 * 3600.0
"""Until when all that waits (quiet hours, a digest) must be told."""
READ_EVERY = 50.0
READS = 4
"""Looks at the pages after something has changed: enough to believe it."""
LATE_READS = 60
LEAST_PAUSE, LATE_PAUSE, LONGEST_PAUSE = 0.5, 30.0, 60.0
"""Seconds between two looks at what is due."""
OUTAGES = (State.DEGRADED, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE)
OPEN = "state IN ('pending', 'sending', 'retry', 'uncertain')"
OFTEN = (*OF_REQUESTS, Fault.TOO_MANY, Fault.TOO_MANY, Fault.RESET, Fault.LOST_ANSWER)
WEATHER = ((OFTEN, 3, 600.0), (OF_DISK, 1, 40.0), (OF_SOURCES, 1, 1200.0))
"""Kinds of faults, how many spells of them at most, and the longest in seconds."""


class Story:
    """The world around the process, and the process in its many lives."""

    last = LAST
    in_order = False
    """Whether nothing comes between what is due and its being asked for."""

    def __init__(self, seed: int, disk: Disk, makers: Makers | None = None) -> None:
        self.world = World(seed, disk)
        self.random, self.telegram = self.world.random, self.world.telegram
        self.sources = Sources(self.world)
        self.process = Process(self.world, self.sources, makers or Makers())
        self.people = People(self.world, self.process)
        self.process.looking.on_news = self._amid_the_news
        self.ended: dict[str, float] = {}
        """By prefix and number, when an incident was over."""
        self._reads = 0
        self._to_read = asyncio.Event()
        self._going_on: list[asyncio.Task[None]] = []

    async def play(self) -> None:
        """All of it, until nothing waits any more."""
        background = [
            asyncio.create_task(each)
            for each in (self.process.live(), self._ring(), self._read_pages())
        ]
        await self._begin()
        await self._happen()
        await self._end()
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        self.world.disk.power_cut()

    async def _begin(self) -> None:
        await self.people.come(5)
        await self.process.surely(self.process.look)

    async def _happen(self) -> None:
        """Things happen at any time, also while others go on."""
        moments = sorted(self.random.random() * LENGTH for _ in range(self.random.randint(3, 8)))
        for at in moments:
            await asyncio.sleep(max(0.0, at - self.world.now))
            self._go_on(self.random.choice(self._happenings())())
        await asyncio.sleep(max(0.0, LENGTH - self.world.now))
        while self._going_on:
            await asyncio.gather(*self._going_on)

    def _happenings(self) -> tuple[Callable[[], Coroutine[Any, Any, None]], ...]:
        someone, people = self.people.act, self.people
        return (
            *(self._flip,) * 6,
            self._flap,
            lambda: someone(people.stop),
            lambda: someone(people.unsubscribe),
            lambda: someone(people.block),
            lambda: someone(people.migrate),
            lambda: someone(people.mute),
            self._leap,
            *(self._break_process,) * 2,
        )

    def _go_on(self, happening: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(happening)
        self._going_on.append(task)
        task.add_done_callback(self._going_on.remove)

    # -- what happens

    async def _flip(self) -> None:
        for kinds, most, length in WEATHER:
            self.world.weather.plan(kinds, most, length, self.world.now)
        if self.random.random() < 0.3:
            self._go_on(self.people.act(self.people.block))
        for name in self.random.sample(NAMES, self.random.choice((1, 1, 2, 3))):
            down, better = self.sources.truth[name].is_outage, self.random.random() < 0.6
            self.sources.turn(
                name, State.OPERATIONAL if down and better else self.random.choice(OUTAGES)
            )
        self._look()

    async def _flap(self) -> None:
        name = self.random.choice(NAMES)
        for _ in range(4):
            for state in (self.random.choice(OUTAGES), State.OPERATIONAL):
                self.sources.turn(name, state)
                self._look()
                await asyncio.sleep(READS * READ_EVERY)

    async def _leap(self) -> None:
        self.world.leap()

    async def _break_process(self) -> None:
        how = self.random.choice((End.KILLED, End.KILLED, End.STALLED, End.TERMINATED))
        if how is End.KILLED:
            self.process.points.kill_within(self.random.randint(1, 60))
        else:
            self.process.end(how)

    def _amid_the_news(self) -> None:
        """The moment in which rows are written and nothing has left yet."""
        sql = "SELECT prefix, number FROM incidents WHERE ended_at IS NOT NULL"
        for row in self.world.disk.rows(sql):
            self.ended.setdefault(f"{row['prefix']}-{row['number']:04d}", self.world.now)
        if not self.world.calm and self.random.random() < 0.25:
            self._go_on(self._break_in())

    async def _break_in(self) -> None:
        await asyncio.sleep(self.random.choice((0, 0.01, 0.05, 0.5)))
        people = self.people
        doing = self.random.choice((people.stop, people.unsubscribe, people.migrate, None, None))
        if doing is not None:
            await people.act(doing)
        else:
            self.process.end(self.random.choice((End.STALLED, End.TERMINATED)))

    # -- what goes on

    def _look(self) -> None:
        self._reads = READS
        self._to_read.set()

    async def _read_pages(self) -> None:
        """The watcher's loop, as far as it matters: while nothing changes, nobody looks."""
        while True:
            if self._reads <= 0:
                self._to_read.clear()
                await self._to_read.wait()
            self._reads -= 1
            await self.process.surely(self.process.look)
            await asyncio.sleep(READ_EVERY)

    async def _ring(self) -> None:
        """Wakes the sender when something is due: it would look by itself, twice a second.

        Where that does not help (Telegram asks to wait), ever more rarely.
        """
        pause, asked = LEAST_PAUSE, 0
        while True:
            due = self._next_due()
            wait = LONGEST_PAUSE if due is None else (due - self.world.clock()).total_seconds()
            least = max(pause, LATE_PAUSE if self.world.calm else LEAST_PAUSE)
            await asyncio.sleep(min(max(wait, least), LONGEST_PAUSE))
            if due is None or wait > LONGEST_PAUSE:
                continue
            in_vain = asked == len(self.telegram.asked)
            pause, asked = 2 * pause if in_vain else LEAST_PAUSE, len(self.telegram.asked)
            self.process.wake()

    def _next_due(self) -> datetime | None:
        sql = "SELECT min(not_before) FROM deliveries WHERE state IN ('retry', 'uncertain')"
        due = self.world.disk.rows(sql)[0][0]
        return None if due is None else datetime.fromisoformat(due + "+00:00")

    # -- how it ends

    async def _end(self) -> None:
        """Nothing breaks any more, all services are well, and all that waits is told."""
        self.world.calm = self.world.weather.over = True
        for name in NAMES:
            self.sources.turn(name, State.OPERATIONAL)
        for _ in range(LATE_READS):
            self._look()
            await asyncio.sleep(READS * READ_EVERY)
            if await self.process.surely(self._all_well):
                break
        while self.world.disk.count(OPEN) and self.world.now < self.last:  # noqa: ASYNC110 - a file
            await asyncio.sleep(600)

    async def _all_well(self) -> bool:
        kept = await self.process.history.confirmed()
        return all(one.state is State.OPERATIONAL and not one.unstable for one in kept)

    def happened(self) -> dict[Fault, int]:
        """How often each fault struck."""
        flapping = self.world.disk.rows("SELECT count(*) FROM events WHERE kind = 'unstable'")
        return dict(self.world.weather.struck) | {Fault.FLAPPING: flapping[0][0]}
