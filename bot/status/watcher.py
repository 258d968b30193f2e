"""The loop over the sources: fetch, read, check, track, hand on; and the board as it is now.

What is read is shown at once. What is tracked is handed to `on_changes`, which is called again
until it succeeds before anything later is tracked: a ping may come late, it is never lost.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock, system_clock
from bot.knowledge.base import Knowledge
from bot.knowledge.model import Source
from bot.status import contract, schedule
from bot.status.board import build
from bot.status.counting import StrangeNumberError
from bot.status.fetched import Fetched, RetryLaterError, Validators
from bot.status.hysteresis import Thresholds
from bot.status.kept import Planned
from bot.status.model import Board, Change, Confirmed, Reading
from bot.status.observations import Observation, observe
from bot.status.readers.formats import READERS
from bot.status.sightings import Sightings, sight
from bot.status.topology import Topology
from bot.status.tracker import Tracker
from bot.status.unreadable import UnreadableError, UnreadableReason
from bot.status.watched import Watched

__all__ = ["Fetch", "OnChanges", "Watched", "Watcher"]

log = logging.getLogger(__name__)

OnChanges = Callable[[tuple[Change, ...], tuple[Confirmed, ...], datetime], Awaitable[None]]

_OUR_NETWORK = frozenset(
    {UnreadableReason.UNREACHABLE, UnreadableReason.TIMEOUT, UnreadableReason.TLS}
)
_LONGEST_RETRY = 30.0
_IDLE = 1.0


class Fetch(Protocol):
    """`bot.status.fetching.Fetcher` is the one that runs."""

    async def __call__(self, source: Source, known: Validators) -> Fetched:
        """Raises UnreadableError."""


@dataclass(frozen=True)
class _Read:
    """One good read, waiting to be tracked."""

    source: str
    observations: tuple[Observation, ...]
    sightings: Sightings
    at: datetime


class Watcher:
    """Watches the enabled sources of a knowledge base.

    Args:
        knowledge: services and sources.
        fetch: reads a source over HTTP.
        on_changes: records what changed, in one transaction; retried until it succeeds.
        thresholds: when a change is believed.
        confirmed: states that the store kept.
        planned: announced work that the store kept.
        clock: now, in UTC.
        chance: gives numbers from 0 to 1, for jitter.
        pause: waits so many seconds.
    """

    def __init__(  # noqa: PLR0913 - the parts that app.py joins, by keyword
        self,
        *,
        knowledge: Knowledge,
        fetch: Fetch,
        on_changes: OnChanges,
        thresholds: Thresholds | None = None,
        confirmed: Mapping[str, Confirmed] | None = None,
        planned: Iterable[Planned] = (),
        clock: Clock = system_clock,
        chance: Callable[[], float] = random.random,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.topology = Topology(knowledge)
        self.thresholds = thresholds or Thresholds()
        kept = dict(confirmed or {})
        self.tracker = Tracker(self.topology, self.thresholds, kept, tuple(planned))
        self._fetch, self._on_changes = fetch, on_changes
        self._clock, self._chance, self._pause = clock, chance, pause
        now = clock()
        self.watched = {
            name: Watched(source, now) for name, source in self.topology.sources.items()
        }
        self._waiting: asyncio.Queue[_Read] = asyncio.Queue()
        self._tracking = asyncio.Lock()

    def board(self) -> Board:
        """What is known now; cheap enough to be asked for each answer."""
        return build(
            self.topology,
            [watched.view for watched in self.watched.values()],
            self.tracker.confirmed,
            self._clock(),
            blind=self.is_blind(),
        )

    def is_blind(self) -> bool:
        """Whether all sources (two or more) failed to be reached: likely our own network."""
        errors = [watched.error for watched in self.watched.values()]
        return len(errors) > 1 and all(e is not None and e.reason in _OUR_NETWORK for e in errors)

    async def poll_once(self) -> Board:
        """Reads all sources at once, tracks what they say, and gives the board."""
        await asyncio.gather(*(self._read(watched) for watched in self.watched.values()))
        await self._track()
        return self.board()

    async def poll(self, source: str) -> None:
        """Reads one source now and tracks what it says."""
        await self._read(self.watched[source])
        await self._track()

    async def run(self) -> None:
        """Watches until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._track_forever())
            for watched in self.watched.values():
                group.create_task(self._watch(watched))

    async def _watch(self, watched: Watched) -> None:
        while True:
            wait = (watched.due_at - self._clock()).total_seconds()
            if wait > 0:
                await self._pause(min(wait, _IDLE))  # a confirming read may bring it forward
            else:
                await self._read(watched)

    async def _track_forever(self) -> None:
        while True:
            read = await self._waiting.get()
            async with self._tracking:
                await self._track_one(read)

    async def _read(self, watched: Watched) -> None:
        """One read of one source: what it says is on the board when this returns."""
        try:
            fetched = await self._fetch(watched.source, watched.validators)
            reading = self._counted(watched, await self._understood(watched, fetched))
        except UnreadableError as error:
            self._failed(watched, error)
            return
        self._succeeded(watched, reading, fetched)

    async def _understood(self, watched: Watched, fetched: Fetched) -> Reading:
        """The reading, off the event loop: a hostile body may keep a reader busy for a second.

        A body that is confirmed is read anew: what it says of a time may be over by now.
        """
        reader = READERS[watched.source.format]
        reading = await asyncio.to_thread(
            reader, fetched.bodies, fetched.content_types, watched.source, self._clock()
        )
        contract.check(reading)
        return reading

    def _counted(self, watched: Watched, reading: Reading) -> Reading:
        """The reading, with a remark where it brings a new number of components."""
        remark = watched.counts.take(contract.size(reading), self._clock())
        if remark is None:
            return reading
        log.warning("source %s: %s", watched.source.id, remark)
        return replace(reading, remarks=(*reading.remarks, remark))

    def _succeeded(self, watched: Watched, reading: Reading, fetched: Fetched) -> None:
        at, was_blind = self._clock(), self.is_blind()
        watched.sightings = sight(reading, self.topology, watched.sightings.matched)
        watched.reading, watched.validators = reading, fetched.validators
        watched.checked_at, watched.error, watched.failures = at, None, 0
        self._due(watched, schedule.after_success(watched.source.every, self._chance()))
        if was_blind:
            self._see_again()
        observations = observe(watched.sightings, watched.source.format, at, reading.issued_at)
        self._waiting.put_nowait(_Read(watched.source.id, observations, watched.sightings, at))

    def _see_again(self) -> None:
        """Our own network is back: what failed by it need not wait until its back-off is over."""
        for watched in self.watched.values():
            if watched.error is not None:
                soon = timedelta(seconds=watched.source.every * self._chance())
                watched.due_at = min(watched.due_at, self._clock() + soon)

    def _failed(self, watched: Watched, error: UnreadableError) -> None:
        """Keeps the reason. Nothing is concluded of any service: that we cannot read is no news."""
        watched.fail(error)
        log.warning("source %s is unreadable: %s", watched.source.id, error)
        every = watched.source.every
        if isinstance(error, RetryLaterError):
            wait = schedule.after_busy(error.seconds, every, self._chance())
        elif isinstance(error, StrangeNumberError):
            wait = schedule.after_success(every, self._chance())  # it answers: nothing to spare
        else:
            wait = schedule.back_off(watched.failures, every, self._chance())
        self._due(watched, wait)

    def _due(self, watched: Watched, seconds: float) -> None:
        watched.due_at = self._clock() + timedelta(seconds=seconds)

    async def _track(self) -> None:
        """Tracks all that waits, in the order in which it was read."""
        async with self._tracking:
            while not self._waiting.empty():
                await self._track_one(self._waiting.get_nowait())

    async def _track_one(self, read: _Read) -> None:
        outcome = self.tracker.observe(
            read.source, read.observations, read.sightings.maintenances, read.at
        )
        if outcome.confirm:
            self._confirm_soon(self.watched[read.source])
        if outcome.changes or outcome.confirmed:
            await self._deliver(outcome.changes, outcome.confirmed, read.at)

    def _confirm_soon(self, watched: Watched) -> None:
        soon = self._clock() + timedelta(seconds=self.thresholds.confirm_seconds)
        watched.due_at = min(watched.due_at, soon)

    async def _deliver(
        self, changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: datetime
    ) -> None:
        """Hands on until it is taken; the store's own trouble must not cost a ping."""
        wait = _IDLE
        while True:
            try:
                await self._on_changes(changes, confirmed, at)
            except Exception:
                log.exception("changes could not be recorded; trying again in %g s", wait)
                await self._pause(wait)
                wait = min(wait * 2, _LONGEST_RETRY)
            else:
                return
