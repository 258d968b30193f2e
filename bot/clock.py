"""The clock that is handed in, so that rules about time can be tested without waiting."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives now, aware, in UTC."""

BRUSSELS = ZoneInfo("Europe/Brussels")
"""Where our users read times. Times are kept in UTC and turned only in texts."""


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def iso(moment: datetime | None) -> str | None:
    """For programs that read what a command prints."""
    return moment.isoformat() if moment else None


def local(moment: datetime) -> str:
    """For people who read what a command prints: to the second, as clocks in Belgium show it."""
    return moment.astimezone(BRUSSELS).strftime("%Y-%m-%d %H:%M:%S")


def moment_of(day: date, at: time) -> datetime:
    """When clocks in Belgium show `at` on this day, in UTC.

    Shown twice (autumn), the first counts; never shown (spring), it is as far after the skip.
    """
    return datetime.combine(day, at, tzinfo=BRUSSELS).astimezone(UTC)


def next_time(at: time, now: datetime) -> datetime:
    """The next moment after `now` when clocks in Belgium show `at`, in UTC."""
    today = now.astimezone(BRUSSELS).date()
    moments = (moment_of(today + timedelta(days=ahead), at) for ahead in (0, 1))
    return next(moment for moment in moments if moment > now)
