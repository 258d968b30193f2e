"""The clock that is handed in, so that rules about time can be tested without waiting."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives now, aware, in UTC."""

BRUSSELS = ZoneInfo("Europe/Brussels")
"""Where our users read times. Times are kept in UTC and turned only in texts."""


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)
