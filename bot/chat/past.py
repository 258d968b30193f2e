"""The last seven days of one service, hour by hour; where they come from is handed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Protocol

from bot.alerts.rulings import Category
from bot.status.model import State

HOUR = timedelta(hours=1)
HOURS = 7 * 24


class Changed(Protocol):
    """A confirmed change of a service."""

    @property
    def current(self) -> State:
        """The state from then on."""

    @property
    def at(self) -> datetime:
        """When it was confirmed."""


class Known(Protocol):
    """`share`: of the known time, how much was without outage; None where nothing is known."""

    @property
    def share(self) -> float | None:
        """0 to 1."""

    @property
    def known(self) -> float:
        """How much of the time is known at all, 0 to 1."""


class Past(Protocol):
    """An incident that was told."""

    @property
    def service(self) -> str:
        """Whose."""

    @property
    def category(self) -> Category:
        """What kind."""

    @property
    def since(self) -> datetime:
        """When it began."""

    @property
    def ended_at(self) -> datetime | None:
        """When it was over; None: it lasts."""


class History(Protocol):
    """`bot.store.history.SqlHistory` is the one that runs."""

    async def state_at(self, service: str, at: datetime) -> State:
        """The last confirmed state before the moment; unknown where there was none."""

    async def transitions(
        self, start: datetime, end: datetime, service: str | None = None
    ) -> Sequence[Changed]:
        """Changes with `start` <= at < `end`, oldest first."""

    async def availability(self, service: str, start: datetime, end: datetime) -> Known:
        """How much of the known time between the two was without outage."""

    async def incidents(self, now: datetime) -> Sequence[Past]:
        """Those open, or ended in the last 30 days."""


@dataclass(frozen=True)
class Hour:
    """The worst state of one hour; `start` in UTC."""

    start: datetime
    state: State


@dataclass(frozen=True)
class Week:
    """What is told of seven days; the last hour is the one that runs.

    `share`: of the known time, how much was without outage; `known`: of `span`, how much is known.
    """

    service: str
    hours: tuple[Hour, ...]
    share: float | None
    known: float
    incidents: int
    span: timedelta = HOURS * HOUR

    @property
    def known_for(self) -> timedelta:
        """How much of it is known, to the second."""
        return timedelta(seconds=round(self.known * self.span.total_seconds(), 3) // 1)


async def read_week(
    history: History, service: str, now: datetime, *, readable: bool
) -> Week | None:
    """The week up to `now`; None where nothing of it is known.

    `readable`: whether the service's state is known at this moment; if not, no green hour ends it.
    """
    start = _first_hour(now)
    known = await history.availability(service, start, now)
    if known.share is None:
        return None
    changes = await history.transitions(start, now, service)
    first = await history.state_at(service, start)
    told = [one for one in await history.incidents(now) if _counts(one, service, start)]
    hours = worst_by_hour(first, changes, now)
    if not readable:
        hours = (*hours[:-1], Hour(hours[-1].start, worst(hours[-1].state, State.UNKNOWN)))
    return Week(service, hours, known.share, known.known, len(told), now - start)


def worst_by_hour(first: State, changes: Sequence[Changed], now: datetime) -> tuple[Hour, ...]:
    """The worst state of each of the last 168 hours. `first`: the state when they began."""
    start = _first_hour(now)
    found: list[State | None] = [None] * HOURS
    for state, began, ended in _stretches(first, changes, start, now):
        for number in range((began - start) // HOUR, min(HOURS, -((start - ended) // HOUR))):
            found[number] = worst(state, found[number])
    return tuple(Hour(start + n * HOUR, state or State.UNKNOWN) for n, state in enumerate(found))


def worst(one: State, other: State | None) -> State:
    """Where they are as bad, what is unknown counts before what is known."""
    if other is None:
        return one
    return max(one, other, key=lambda state: (state.severity, state is State.UNKNOWN))


def _stretches(
    first: State, changes: Sequence[Changed], start: datetime, now: datetime
) -> Iterator[tuple[State, datetime, datetime]]:
    moments = [start, *(change.at for change in changes), now]
    states = [first, *(change.current for change in changes)]
    for state, (began, ended) in zip(states, pairwise(moments), strict=True):
        if began < ended:
            yield state, began, ended


def _first_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) - (HOURS - 1) * HOUR


def _counts(one: Past, service: str, start: datetime) -> bool:
    mine = one.service == service and one.category is Category.OUTAGE
    return mine and (one.ended_at is None or one.ended_at >= start)
