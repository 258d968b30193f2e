"""What outlives the process: time, chance, the disk, Telegram, the weather."""

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random

from tests.simulation.disk import Disk
from tests.simulation.faults import Fault, Weather
from tests.simulation.telegram import Telegram

STARTS = (
    datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
    datetime(2026, 3, 28, 23, 30, tzinfo=UTC),  # the night in which summer time begins
    datetime(2026, 10, 24, 23, 30, tzinfo=UTC),  # and ends
)
RATES = ((25, 5), (2, 1))
"""Pings and replies a second: Telegram's, and so few that a handful of people exceeds it."""


class World:
    """One seed's; the same seed is the same world."""

    def __init__(self, seed: int, disk: Disk) -> None:
        self.random = Random(seed)
        self.disk = disk
        self.weather = Weather(seed, Random(seed + 2))
        self.telegram = Telegram(Random(seed + 1), self.weather)
        self.start = self.random.choice(STARTS)
        self.rate = self.random.choice(RATES)
        self.leaps: list[tuple[float, timedelta]] = [(0.0, timedelta())]
        """From when on the wall clock is how far off."""
        self.calm = False
        """From here on nothing breaks any more."""
        self.broken: list[str] = []
        """Rules that broke on the way, each in a sentence."""
        if self.start is not STARTS[0]:
            self.weather.note(Fault.SUMMER_TIME)

    def clock(self) -> datetime:
        """The wall clock, which may jump."""
        return self.clock_at(self.now)

    def clock_at(self, at: float) -> datetime:
        """What it showed then."""
        jump = next(jump for since, jump in reversed(self.leaps) if since <= at)
        return self.start + timedelta(seconds=at) + jump

    @property
    def now(self) -> float:
        """Seconds of virtual time."""
        return asyncio.get_running_loop().time()

    def leap(self) -> None:
        """The wall clock is set an hour forward or back."""
        hours = self.random.choice((-1, 1))
        self.leaps.append((self.now, self.leaps[-1][1] + timedelta(hours=hours)))
        self.weather.note(Fault.CLOCK_JUMP)
