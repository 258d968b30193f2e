"""Takes what is due out of the outbox and sends it. A kill at any moment loses nothing."""

import asyncio
import contextlib
import logging
from copy import copy
from dataclasses import dataclass
from functools import partial

from bot.alerts import counters
from bot.alerts.courier import Courier, Parts
from bot.alerts.model import DeliveryState
from bot.alerts.parcels import Judge, Parcel, judge
from bot.alerts.patience import Patience
from bot.alerts.ports import Claimed, Trouble

NEVER = float("-inf")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """Requests at once; and seconds: between looks, between chores, and to land in.

    `plenty`: how long, after a claim that filled all places, the next is asked for without a look.
    """

    in_flight: int = 8
    idle: float = 0.5
    plenty: float = 0.25
    heartbeat: float = 60
    recover: float = 30
    share: float = 10
    purge: float = 86400
    landing: float = 30


class Sender:
    """One per process. `run` works until `stop`."""

    def __init__(self, parts: Parts, pace: Pace | None = None) -> None:
        self._parts = parts
        self._pace = pace or Pace()
        self._patiently = Patience(parts.alarm)
        self._courier = Courier(parts, self._patiently, self.wake)
        self._flying: dict[asyncio.Task[None], Parcel] = {}
        self._beats: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._last_done: dict[str, float] = {}
        self._draining = True
        self._plenty_until = NEVER
        self._started = self._stopping = False
        self._ended = asyncio.Event()

    @property
    def ready(self) -> bool:
        """Whether it sends: it has begun, the store can be used and the token is accepted."""
        working = self._started and not self._stopping
        return working and not self._patiently.failing and not self._courier.halted

    @property
    def _judge(self) -> Judge:
        """By the graph as it is now: the store may judge in another thread, while it changes."""
        return partial(judge, graph=copy(self._parts.graph))

    def wake(self) -> None:
        """Something new is in the outbox."""
        self._news.set()

    async def run(self) -> None:
        """Sends until `stop` is called. Ends by itself only through a fault of ours."""
        await self._patiently(lambda: self._recover(started=True))
        self._started = True
        try:
            while not self._stopping:
                await self._patiently(self._turn)
        finally:
            counters.READY.set(0)
            self._ended.set()

    async def stop(self) -> None:
        """Takes nothing more up, and waits (at most 30 s) until what is in flight is answered."""
        self._stopping = True
        self._news.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._pace.landing):
                if self._started:
                    await self._ended.wait()  # a claim under way is still carried out
                while self._flying:
                    await asyncio.wait(self._flying)

    async def _recover(self, *, started: bool) -> None:
        found = await self._parts.outbox.recover(self._parts.clock(), started=started)
        if found.dead:
            counters.CLOSED.labels(DeliveryState.DEAD).inc(found.dead)
            await self._parts.alarm(Trouble.GIVEN_UP)

    async def _turn(self) -> None:
        """Chores, then what may leave; if nothing may, a rest until something changes."""
        self._news.clear()
        await self._do_chores()
        counters.READY.set(int(self.ready))
        if not await self._dispatch():
            await self._rest()

    async def _dispatch(self) -> bool:
        """Takes up what is due. What is uncertain goes one by one; after a start, before all."""
        places = self._places()
        if places <= 0 or self._courier.halted or self._parts.limiter.delay() > 0:
            return False
        if self._parts.monotonic() < self._plenty_until:
            return await self._launch(places, uncertain=False)
        due = await self._parts.outbox.due(self._parts.clock())
        repeating = any(item.uncertain for p in self._flying.values() for item in p.items)
        self._draining = self._draining and (due.uncertain or repeating)
        if due.uncertain and not repeating:
            return await self._launch(1, uncertain=True)
        if due.pending and not self._draining:
            return await self._launch(places, uncertain=False)
        return False

    def _places(self) -> int:
        """Those free once the marks that are under way are committed: a claim comes after them."""
        return self._pace.in_flight - len(self._flying) + self._parts.outbox.marking

    async def _launch(self, places: int, *, uncertain: bool) -> bool:
        outbox, limiter = self._parts.outbox, self._parts.limiter
        granted = limiter.take(places)
        if not granted or self._stopping:
            limiter.give_back(granted)
            return False
        claimed = Claimed()
        try:
            claim = outbox.claim_uncertain if uncertain else outbox.claim
            busy = frozenset(parcel.recipient.chat_id for parcel in self._flying.values())
            claimed = await claim(granted, self._parts.clock(), self._judge, busy)
        finally:
            limiter.give_back(granted - len(claimed.parcels))
        for state, count in claimed.closed.items():
            counters.CLOSED.labels(state).inc(count)
        for parcel in claimed.parcels:
            self._fly(parcel)
        plenty = not uncertain and len(claimed.parcels) == granted
        self._plenty_until = self._parts.monotonic() + self._pace.plenty if plenty else NEVER
        return claimed.taken_up > 0

    def _fly(self, parcel: Parcel) -> None:
        task = asyncio.create_task(self._deliver(parcel))
        self._flying[task] = parcel
        task.add_done_callback(self._landed)
        counters.IN_FLIGHT.set(len(self._flying))

    async def _deliver(self, parcel: Parcel) -> None:
        """What breaks off for a reason of ours may have arrived: it is in doubt, not lost."""
        try:
            await self._courier.deliver(parcel)
        except Exception:
            log.exception("a delivery was broken off")
            outbox, clock = self._parts.outbox, self._parts.clock
            await self._patiently(lambda: outbox.mark_uncertain(parcel, clock()))

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.pop(task, None)
        counters.IN_FLIGHT.set(len(self._flying))
        self._news.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("a delivery in doubt could not be marked so", exc_info=task.exception())

    async def _rest(self) -> None:
        delay = self._parts.limiter.delay()
        seconds = min(delay, self._pace.idle) if delay > 0 else self._pace.idle
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    async def _do_chores(self) -> None:
        if self.ready and self._is_time("heartbeat", self._pace.heartbeat):
            self._beat()
        if self._is_time("recover", self._pace.recover):
            await self._recover(started=False)
        if self._is_time("share", self._pace.share):
            limiter, outbox = self._parts.limiter, self._parts.outbox
            limiter.share(await outbox.senders(self._parts.clock()))
        if self._is_time("purge", self._pace.purge):
            await self._parts.outbox.purge(self._parts.clock())

    def _is_time(self, chore: str, every: float) -> bool:
        now = self._parts.monotonic()
        if now < self._last_done.get(chore, NEVER) + every:
            return False
        self._last_done[chore] = now
        return True

    def _beat(self) -> None:
        """In a task of its own: a slow listener must not hold up the pings."""
        task = asyncio.create_task(self._call_heartbeat())
        self._beats.add(task)
        task.add_done_callback(self._beats.discard)

    async def _call_heartbeat(self) -> None:
        try:
            async with asyncio.timeout(self._pace.heartbeat):
                await self._parts.heartbeat()
        except Exception as error:  # noqa: BLE001 - whatever it is, the listener will notice
            log.warning("the heartbeat could not be given: %s", type(error).__name__)
