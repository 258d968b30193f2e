"""One seed's story: services fail and recover, people come and go, and everything breaks."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from bot.alerts.courier import Parts
from bot.alerts.errors import StoreUnavailableError
from bot.alerts.fanout import Fanout
from bot.alerts.limiter import Limiter
from bot.alerts.ports import Trouble
from bot.alerts.sender import Pace, Sender
from bot.preferences import ALL_SERVICES, Preferences, QuietHours
from bot.status.model import Change, ChangeKind, Confirmed, State
from bot.store.chats import SqlChats
from bot.store.database import Database
from bot.store.history import SqlHistory
from bot.store.outbox import SqlOutbox
from tests.alerts.world import GRAPH, SERVICES
from tests.simulation.disk import Disk
from tests.simulation.telegram import Fault, Person, Telegram, render

STARTS = (
    datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
    datetime(2026, 3, 28, 23, 30, tzinfo=UTC),  # the night in which summer time begins
    datetime(2026, 10, 24, 23, 30, tzinfo=UTC),  # and ends
)
LENGTH = 2 * 3600.0
LAST = 40 * 3600.0
"""Until when all that waits (quiet hours, a digest) must be told."""
NAMES = tuple(one.id for one in SERVICES)
QUIET = (None, None, None, QuietHours(time(22), time(7)), QuietHours(time(1), time(2, 30)))
OUTAGES = (State.DEGRADED, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE)


Result = TypeVar("Result")


@dataclass(frozen=True)
class Left:
    """From `at` until `until`, this person must not be written to."""

    person: int
    at: float
    until: float


class Story:
    """The world around the process, and the process in its many lives."""

    def __init__(self, seed: int, disk: Disk) -> None:
        self.seed = seed
        self.random = Random(seed)
        self.disk = disk
        self.telegram = Telegram(Random(seed + 1))
        self.telegram.crash = self._crash_in_request
        self.start = self.random.choice(STARTS)
        self.jump = timedelta()
        self.troubles: list[Trouble] = []
        self.truth: dict[str, State] = {}
        self.left: list[Left] = []
        self.crashes = 0
        self.calm = False
        self._disk_faults: list[tuple[float, float, str]] = []
        self._statements_left = 0
        self._died: asyncio.Event
        self._alive: asyncio.Event

    # -- the world

    def clock(self) -> datetime:
        """The wall clock, which may jump."""
        return self.start + timedelta(seconds=self.now) + self.jump

    @property
    def now(self) -> float:
        """Seconds of virtual time."""
        return asyncio.get_running_loop().time()

    async def play(self) -> None:
        """All of it, until nothing waits any more."""
        self._died, self._alive = asyncio.Event(), asyncio.Event()
        self.disk.fault = self._fault_on_disk
        self._plan_faults()
        lives = asyncio.create_task(self._live())
        bell = asyncio.create_task(self._ring())
        await self._begin()
        await self._people_first()
        happenings = sorted(self.random.random() * LENGTH for _ in range(self.random.randint(3, 8)))
        for at in happenings:
            await asyncio.sleep(max(0.0, at - self.now))
            await self._something()
        await asyncio.sleep(max(0.0, LENGTH - self.now))
        self.calm = True
        for name in NAMES:
            self.truth[name] = State.OPERATIONAL
        await self._watch()
        await self._quiesce()
        lives.cancel()
        bell.cancel()
        await asyncio.gather(lives, bell, return_exceptions=True)
        await self.disk.power_cut()

    async def _quiesce(self) -> None:
        while self._open_rows() and self.now < LAST:  # noqa: ASYNC110 - the file gives no event
            await asyncio.sleep(600)

    async def _ring(self) -> None:
        """Wakes the sender when something is due: it would look by itself, ten times a second."""
        sql = "SELECT min(not_before) FROM deliveries WHERE state IN ('retry', 'uncertain')"
        while True:
            due = self.disk.rows(sql)[0][0]
            wait = 60.0
            if due is not None:
                wait = (datetime.fromisoformat(due + "+00:00") - self.clock()).total_seconds()
            await asyncio.sleep(min(max(wait, 0.5), 60.0))
            if due is not None and wait <= 60 and self._alive.is_set():
                self.sender.wake()

    def _open_rows(self) -> int:
        open_states = "('pending', 'sending', 'retry', 'uncertain')"
        sql = f"SELECT count(*) FROM deliveries WHERE state IN {open_states}"  # noqa: S608 - ours
        return int(self.disk.rows(sql)[0][0])

    def _plan_faults(self) -> None:
        for _ in range(self.random.randint(0, 4)):
            begin = self.random.random() * LENGTH
            length = self.random.choice((5, 60, 600))
            fault, share = self.random.choice(list(Fault)), self.random.choice((0.2, 0.7, 1.0))
            self.telegram.faults.append((begin, min(begin + length, LENGTH), fault, share))
        for _ in range(self.random.randint(0, 2)):
            begin = self.random.random() * LENGTH
            words = self.random.choice(("database is locked", "database or disk is full"))
            self._disk_faults.append((begin, min(begin + 40, LENGTH), words))

    # -- people

    async def _people_first(self) -> None:
        for number in range(1, self.random.randint(2, 5) + 1):
            chat_id = number if self.random.random() < 0.7 else -number
            self.telegram.people[chat_id] = Person(chat_id)
            await self._surely(partial(self._subscribe, chat_id))

    async def _subscribe(self, chat_id: int) -> None:
        chosen = [name for name in NAMES if self.random.random() < 0.4]
        services = frozenset(chosen or [ALL_SERVICES])
        await self.chats.save(
            Preferences(
                chat_id,
                profession=self.random.choice((None, "pharmacist", "nurse")),
                services=services,
                quiet=self.random.choice(QUIET),
            )
        )

    async def _someone(self) -> Person:
        """A chat that is about to act; its updates come in order, so a move is heard of first."""
        person = self.random.choice(list(self.telegram.people.values()))
        await self._heard_of_move(person)
        return person

    async def _heard_of_move(self, person: Person) -> None:
        for old, new in self.telegram.moved.items():
            if new == person.chat_id:
                await self._surely(partial(self.chats.migrate, old, new))

    async def _stop(self) -> None:
        person = await self._someone()
        await self._surely(lambda: self.chats.forget(person.chat_id))
        self.left.append(Left(person.chat_id, self.now, float("inf")))
        if self.random.random() < 0.5:
            return
        await asyncio.sleep(self.random.random() * 600)
        self.left = [
            replace(one, until=min(one.until, self.now)) if one.person == person.chat_id else one
            for one in self.left
        ]
        await self._surely(lambda: self._subscribe(person.chat_id))

    async def _unsubscribe(self) -> None:
        person = await self._someone()
        await self._surely(lambda: self.chats.save(Preferences(person.chat_id)))
        self.left.append(Left(person.chat_id, self.now, float("inf")))

    async def _block(self) -> None:
        person = await self._someone()
        person.blocked = True
        await asyncio.sleep(self.random.random() * 900)
        person.blocked = False
        known = (await self._surely(lambda: self.chats.load(person.chat_id))).services
        if known:
            await self._surely(lambda: self.chats.set_reachable(person.chat_id, reachable=True))

    async def _migrate(self) -> None:
        groups = [p for p in self.telegram.people.values() if -1000 < p.chat_id < 0]
        if not groups:
            return
        person = groups[0]
        old, new = person.chat_id, person.chat_id - 1_000_000_000_000
        del self.telegram.people[old]
        person.chat_id = new
        self.telegram.people[new] = person
        self.telegram.moved[old] = new
        self.left = [replace(one, person=new) if one.person == old else one for one in self.left]
        self.telegram.asked = [
            replace(one, person=new) if one.person == old else one for one in self.telegram.asked
        ]
        if self.random.random() < 0.5:
            await self._heard_of_move(person)

    # -- sources

    async def _flip(self) -> None:
        for name in self.random.sample(NAMES, self.random.choice((1, 1, 2, 3))):
            down = self.truth.get(name, State.OPERATIONAL).is_outage
            better = self.random.random() < 0.6
            state = State.OPERATIONAL if down and better else self.random.choice(OUTAGES)
            self.truth[name] = state
        await self._watch()

    async def _flap(self) -> None:
        name = self.random.choice(NAMES)
        for _ in range(4):
            self.truth[name] = self.random.choice(OUTAGES)
            await self._watch()
            await asyncio.sleep(self.random.choice((1, 60, 200)))
            self.truth[name] = State.OPERATIONAL
            await self._watch()

    async def _watch(self) -> None:
        """What the watcher does: compares with what is kept, and hands over what changed."""

        async def look() -> None:
            kept = {one.service: one.state for one in await self.history.confirmed()}
            at = self.clock()
            changes = tuple(
                made
                for name, state in self.truth.items()
                if (made := _change(name, kept.get(name, State.OPERATIONAL), state, at)) is not None
            )
            if changes:
                states = tuple(
                    Confirmed(one.service, one.current, one.at, "ehealth", one.key)
                    for one in changes
                )
                await self.fanout.record(changes, states, at)

        await self._surely(look)

    async def _something(self) -> None:
        await self.random.choice(
            (
                self._flip,
                self._flip,
                self._flip,
                self._flip,
                self._flap,
                self._stop,
                self._unsubscribe,
                self._block,
                self._migrate,
                self._mute,
                self._jump,
                self._kill,
            )
        )()

    async def _mute(self) -> None:
        person = await self._someone()
        if person.shown:
            code = person.shown[-1].codes[0]
            await self._surely(lambda: self.chats.mute(person.chat_id, code))

    async def _jump(self) -> None:
        self.jump += timedelta(hours=self.random.choice((-1, 1)))

    # -- the process

    async def _surely(self, step: Callable[[], Awaitable[Result]]) -> Result:
        """As a person or a watcher does: again, until the process has done it."""
        while True:
            await self._alive.wait()
            life = asyncio.ensure_future(step())
            died = asyncio.ensure_future(self._died.wait())
            await asyncio.wait({life, died}, return_when=asyncio.FIRST_COMPLETED)
            died.cancel()
            if life.done() and not life.cancelled():
                error = life.exception()
                if error is None:
                    return life.result()
                if not isinstance(error, StoreUnavailableError):
                    raise error
            else:
                life.cancel()
                await asyncio.gather(life, return_exceptions=True)
            await asyncio.sleep(1)

    async def _live(self) -> None:
        while True:
            await self._begin()
            running = asyncio.create_task(self.sender.run())
            died = asyncio.create_task(self._died.wait())
            await asyncio.wait({running, died}, return_when=asyncio.FIRST_COMPLETED)
            died.cancel()
            if not self._died.is_set():
                running.result()
                raise AssertionError("the sender ended by itself")
            await self._bury(running)
            await asyncio.sleep(self.random.choice((0.1, 1, 40)))

    async def _bury(self, running: asyncio.Task[None]) -> None:
        self._alive.clear()
        for parcel in self.sender._flying.values():  # sent or not, it was not yet marked
            self.telegram.doubt(parcel)
        self.telegram.life += 1
        await self.disk.power_cut()
        tasks = [running, *self.sender._flying]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.telegram.in_flight.clear()
        await self.disk.power_cut()

    async def _begin(self) -> None:
        if self._alive.is_set():
            return
        self._died.clear()
        self._statements_left = self.random.choice((10**9, 10**9, self.random.randint(5, 300)))
        database = Database(self.disk.engine)
        self.outbox = SqlOutbox(database, group=timedelta(seconds=self.random.choice((0, 30))))
        self.chats = SqlChats(database, self.clock)
        self.history = SqlHistory(database)
        loop = asyncio.get_running_loop()
        self.limiter = Limiter(25, 5, loop.time, asyncio.sleep)
        self.sender = Sender(
            Parts(
                outbox=self.outbox,
                transport=self.telegram,
                render=render,
                graph=GRAPH,
                limiter=self.limiter,
                clock=self.clock,
                monotonic=loop.time,
                random=self.random.random,
                alarm=self._alarm,
                heartbeat=self._heartbeat,
            ),
            Pace(idle=600, heartbeat=1800, recover=7200),
        )
        self.fanout = Fanout(self.outbox, GRAPH, self.sender.wake)
        self._alive.set()

    async def _alarm(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)

    async def _heartbeat(self) -> None:
        return None

    async def _kill(self) -> None:
        self._statements_left = min(self._statements_left, self.random.randint(1, 60))

    def _die(self) -> bool:
        if self.calm or self._died.is_set():
            return False
        self.crashes += 1
        self._died.set()
        return True

    def _crash_in_request(self) -> bool:
        return self._died.is_set() or (self.random.random() < 0.005 and self._die())

    async def _fault_on_disk(self, sql: str) -> None:
        self._statements_left -= 1
        if self._died.is_set() or (self._statements_left <= 0 and self._die()):
            await asyncio.Future()
        if self.random.random() < 0.2:
            await asyncio.sleep(0)
        for begin, end, words in self._disk_faults:
            writes = not sql.startswith(
                ("SELECT", "PRAGMA", "BEGIN") if "full" in words else "PRAGMA"
            )
            if begin <= self.now < end and writes:
                raise sqlite3.OperationalError(words)


def _change(name: str, kept: State, state: State, at: datetime) -> Change | None:
    if kept is state:
        return None
    if not kept.is_outage:
        kind = ChangeKind.ONSET if state.is_outage else None
    elif not state.is_outage:
        kind = ChangeKind.RESOLVED
    else:
        kind = ChangeKind.WORSENED if state.severity > kept.severity else ChangeKind.UPDATE
    if kind is None:
        return None
    return Change(kind, name, kept, state, at, at, "ehealth", f"{name}:{at.date()}")
