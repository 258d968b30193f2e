"""The clock that is handed in, so that rules about time can be tested without waiting."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives now, aware, in UTC."""

BRUSSELS = ZoneInfo("Europe/Brussels")
"""Where our users read times. Times are kept in UTC and turned only in texts."""


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def next_time(at: time, now: datetime) -> datetime:
    """The next moment after `now` when clocks in Belgium show `at`, in UTC.

    Shown twice (autumn), the first counts; never shown (spring), it is as far after the skip.
    """
    today = now.astimezone(BRUSSELS).date()
    days = (today + timedelta(days=ahead) for ahead in (0, 1))
    moments = (datetime.combine(day, at, tzinfo=BRUSSELS).astimezone(UTC) for day in days)
    return next(moment for moment in moments if moment > now)
