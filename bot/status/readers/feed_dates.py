"""Dates inside the text of a feed entry, which bear no year: `Sep 25, 16:01 UTC`."""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "|".join(_MONTHS)
_STAMP = re.compile(
    rf"\b({_MONTH})[a-z]{{0,6}} +(\d{{1,2}}) *, +(\d{{1,2}}):(\d\d)(?::(\d\d))?( ?[ap]m)?",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    rf"scheduled event +({_MONTH})[a-z]{{0,6}} +(\d{{1,2}}) *, +(\d{{1,2}}):(\d\d) *- *"
    rf"(?:({_MONTH})[a-z]{{0,6}} +(\d{{1,2}}) *, +)?(\d{{1,2}}):(\d\d) +([a-z]{{3,4}})\b",
    re.IGNORECASE,
)
_ZONES = {"utc": 0, "gmt": 0, "wet": 0, "cet": 1, "bst": 1, "west": 1, "cest": 2}
_HALF_YEAR = 6

Stamp = tuple[int, int, int, int, int]


def ascending(flat: str) -> bool:
    """Whether the log runs from its oldest entry to its newest."""
    stamps = [_stamp(found.groups()) for found in _STAMP.finditer(flat)]
    if len(stamps) < 2 or stamps[0] == stamps[-1]:  # noqa: PLR2004 - two make an order
        return False
    over_new_year = abs(stamps[0][0] - stamps[-1][0]) > _HALF_YEAR
    return (stamps[0] < stamps[-1]) != over_new_year


def _stamp(parts: tuple[str | None, ...]) -> Stamp:
    month, day, hour, minute, second, half = parts
    afternoon = 12 if half and half.strip().lower() == "pm" else 0
    hours = int(hour or 0) % 12 + afternoon if half else int(hour or 0)
    return (_month(month or "jan"), int(day or 0), hours, int(minute or 0), int(second or 0))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def window(flat: str, near: datetime | None) -> tuple[datetime | None, datetime | None]:
    """Start and end of `THIS IS A SCHEDULED EVENT Apr 7, 13:00 - 23:45 UTC`, in UTC.

    `near`: the entry's own date, which tells the year. (None, None): the text does not say.
    """
    found = _WINDOW.search(flat)
    if found is None or near is None:
        return None, None
    month, day, hour, minute, to_month, to_day, to_hour, to_minute, zone = found.groups()
    hours = _ZONES.get(zone.lower())
    if hours is None:
        return None, None
    try:
        start = _near(near, (_month(month), int(day), int(hour), int(minute), 0), hours)
        last = (_month(to_month or month), int(to_day or day), int(to_hour), int(to_minute), 0)
        end = _near(near, last, hours)
    except ValueError:
        return None, None
    return start, end if end >= start else end + timedelta(days=1)


def _near(near: datetime, stamp: Stamp, hours: int) -> datetime:
    zone = timezone(timedelta(hours=hours))
    years = (near.year - 1, near.year, near.year + 1)
    moments = [datetime(year, *stamp, tzinfo=zone).astimezone(UTC) for year in years]
    return min(moments, key=lambda moment: abs(moment - near))
