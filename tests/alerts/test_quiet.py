"""Quiet hours and the digest's hour, in Belgium, also in the nights of the clock changes."""

import time as clock
from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest

from bot.alerts.quiet import day_start, next_digest, quiet_until
from bot.preferences import QuietHours


def utc(value: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


NIGHT = QuietHours(time(22), time(7))
LUNCH = QuietHours(time(12), time(13))
SMALL_HOURS = QuietHours(time(2, 30), time(6))

ROWS = {
    "no quiet hours chosen": (None, "2026-11-23 23:00", None),
    "the same start and end is no window": (QuietHours(time(7), time(7)), "2026-11-23 06:00", None),
    "before the window": (NIGHT, "2026-11-23 20:59:59", None),
    "its first second is quiet": (NIGHT, "2026-11-23 21:00", "2026-11-24 06:00"),
    "after midnight it is the same night": (NIGHT, "2026-11-24 01:00", "2026-11-24 06:00"),
    "its last moment is not quiet": (NIGHT, "2026-11-24 06:00", None),
    "a window within a day": (LUNCH, "2026-11-23 11:30", "2026-11-23 12:00"),
    "outside of it": (LUNCH, "2026-11-23 12:00", None),
    "a window that begins after midnight": (
        QuietHours(time(0, 30), time(6)),
        "2026-11-23 23:40",
        "2026-11-24 05:00",
    ),
    "in summer the same wall times are an hour earlier": (
        NIGHT,
        "2026-07-01 20:00",
        "2026-07-02 05:00",
    ),
    "the night in which summer time begins ends at seven on the wall": (
        NIGHT,
        "2026-03-28 22:00",
        "2026-03-29 05:00",
    ),
    "the night in which it ends does too": (NIGHT, "2026-10-24 21:00", "2026-10-25 06:00"),
    "a start that the spring skips falls after the skip": (
        SMALL_HOURS,
        "2026-03-29 01:29",
        None,
    ),
    "and is quiet from there": (SMALL_HOURS, "2026-03-29 01:30", "2026-03-29 04:00"),
    "a start that the autumn shows twice counts the first time": (
        SMALL_HOURS,
        "2026-10-25 00:30",
        "2026-10-25 05:00",
    ),
}


@pytest.mark.parametrize(("quiet", "now", "until"), ROWS.values(), ids=ROWS)
def test_quiet_until(quiet: QuietHours | None, now: str, until: str | None) -> None:
    """When what comes now may be told, if not at once."""
    assert quiet_until(quiet, None, utc(now)) == (utc(until) if until else None)


def test_night_duty_leaves_quiet_hours_until_it_ends() -> None:
    """During night duty nothing is quiet; from its end on, the rest of the night is."""
    duty = utc("2026-11-24 03:00")
    assert quiet_until(NIGHT, duty, utc("2026-11-24 02:59")) is None
    assert quiet_until(NIGHT, duty, duty) == utc("2026-11-24 06:00")


@pytest.mark.parametrize(
    ("now", "digest"),
    [
        ("2026-11-23 06:59", "2026-11-23 07:00"),
        ("2026-11-23 07:00", "2026-11-24 07:00"),
        ("2026-03-28 12:00", "2026-03-29 06:00"),
        ("2026-10-24 12:00", "2026-10-25 07:00"),
    ],
)
def test_next_digest(now: str, digest: str) -> None:
    """The next eight o'clock, and never the one that is now."""
    assert next_digest(utc(now)) == utc(digest)


@pytest.fixture(params=["Pacific/Pago_Pago", "Pacific/Kiritimati"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine runs on the far side of the earth."""
    with monkeypatch.context() as there:
        there.setenv("TZ", request.param)
        clock.tzset()
        yield
    clock.tzset()


@pytest.mark.parametrize("hour", range(24))
def test_where_the_machine_stands_does_not_matter(elsewhere: None, hour: int) -> None:
    """People live by the wall in Belgium."""
    now = utc(f"2026-11-23 {hour:02}:30")
    is_night = hour >= 21 or hour < 6
    ends = utc("2026-11-24 06:00") if hour >= 21 else utc("2026-11-23 06:00")
    assert quiet_until(NIGHT, None, now) == (ends if is_night else None)
    assert next_digest(now) == utc("2026-11-23 07:00" if hour < 7 else "2026-11-24 07:00")
    assert day_start(now) == utc("2026-11-23 23:00" if hour == 23 else "2026-11-22 23:00")


def test_day_begins_at_midnight_in_belgium() -> None:
    """A day's count of sounds begins anew at our users' midnight."""
    assert day_start(utc("2026-11-23 22:59")) == utc("2026-11-22 23:00")
    assert day_start(utc("2026-11-23 23:00")) == utc("2026-11-23 23:00")
