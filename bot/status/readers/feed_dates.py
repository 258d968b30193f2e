"""Dates inside the text of a feed entry, most of which bear no year: `Sep 25, 16:01 UTC`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from operator import attrgetter
from zoneinfo import ZoneInfo

from bot.status.contract import CLOCKS
from bot.status.readers.dates import parse_date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb fév fev",
            "mar mär mrt maa",
            "apr avr",
            "may mai mei",
            "jun juin",
            "jul juil",
            "aug aoû aou",
            "sep",
            "oct okt",
            "nov",
            "dec déc dez",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ZONE = r"(?:GMT|UTC)?[+-]\d{1,2}(?::?\d\d)?|[a-z]{2,4}T|UTC|Z"
_STAMP = re.compile(
    rf"\b(?:(?P<before>\d{{1,2}})\.? +)?(?P<month>{_MONTH})[a-zûû]{{0,8}}\.?"
    r"(?: +(?P<after>\d{1,2}))? *,?(?: +(?P<year>\d{4}),?)?(?: *[-–])? +"
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<half> ?[ap]m)?"
    rf"(?: +(?P<zone>{_ZONE})(?![a-z0-9]))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)")
_WINDOW = re.compile(
    rf"this is a scheduled event +({_MONTH})[a-z]{{0,6}} +(\d{{1,2}}) *, +(\d{{1,2}}):(\d\d)"
    rf"(?: +(?:{_ZONE}))? *- *"
    rf"(?:({_MONTH})[a-z]{{0,6}} +(\d{{1,2}}) *, +)?(\d{{1,2}}):(\d\d) +({_ZONE})(?![a-z0-9])",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\bbegan at (\d{4}-\d\d-\d\d \d\d:\d\d)(?: and ended at (\d{4}-\d\d-\d\d \d\d:\d\d))?"
    r" \(all times are US/Pacific\b",
    re.IGNORECASE,
)
_PACIFIC = ZoneInfo("America/Los_Angeles")
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
_HOURS = {
    zone: hours
    for hours, zones in (
        (0, "utc z gmt wet"),
        (1, "cet bst west"),
        (2, "cest eet"),
        (3, "eest"),
        (8, "sgt"),
        (9, "jst"),
        (10, "aest"),
        (11, "aedt"),
        (-4, "edt"),
        (-5, "est cdt"),
        (-6, "cst mdt"),
        (-7, "mst pdt"),
        (-8, "pst"),
    )
    for zone in zones.split()
}
_HALF_YEAR = 6
_AHEAD = timedelta(days=120)
"""How long a log goes on behind the date of its entry, where that is the day when it began."""
MAX_STAMPS = 500


@dataclass(frozen=True)
class Stamp:
    """A date as it is written, and where it ends in the text. `moment`: year and zone are known."""

    end: int
    written: tuple[int, int, int, int, int]
    zone: timezone | None
    moment: datetime | None = None
    year: int | None = None


def stamps(flat: str) -> tuple[Stamp, ...]:
    """The dates of a text, in order; a log that has thousands is none."""
    found = (*islice(_short(flat), MAX_STAMPS), *islice(_iso(flat), MAX_STAMPS))
    return tuple(sorted(found, key=attrgetter("end")))


def _short(flat: str) -> Iterator[Stamp]:
    for found in _STAMP.finditer(flat):
        parts = found.groupdict()
        day = parts["after"] or parts["before"]
        if day is None:
            continue
        hour = _hour(int(parts["hour"]), (parts["half"] or "").strip().lower())
        numbers = (int(day), hour, int(parts["minute"]), int(parts["second"] or 0))
        written = (_MONTHS[parts["month"].lower()], *numbers)
        zone = _zone(parts["zone"] or "")
        year = int(parts["year"]) if parts["year"] else None
        yield Stamp(found.end(), written, zone, _in(year, written, zone) if year else None, year)


def _iso(flat: str) -> Iterator[Stamp]:
    for found in _ISO.finditer(flat):
        if moment := parse_date(found.group()):
            written = (moment.month, moment.day, moment.hour, moment.minute, moment.second)
            yield Stamp(found.end(), written, UTC, moment, moment.year)


def _hour(hour: int, half: str) -> int:
    return hour % 12 + (12 if half == "pm" else 0) if half else hour


def _zone(word: str) -> timezone | None:
    if offset := _OFFSET.fullmatch(word):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        sign = -1 if offset[1] == "-" else 1
        return timezone(timedelta(minutes=sign * minutes)) if minutes < 24 * 60 else None
    hours = _HOURS.get(word.lower())
    return None if hours is None else timezone(timedelta(hours=hours))


def _in(year: int, written: tuple[int, ...], zone: timezone | None) -> datetime | None:
    if zone is None:
        return None
    try:
        month, day, hour, minute, second = written
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def latest(near: datetime | None, read_at: datetime) -> datetime | None:
    """What a date of a log is not after: `near` is the entry's own, of its first or last word."""
    return min(max(near, read_at), near + _AHEAD) + CLOCKS if near else None


def ascending(written: list[Stamp], until: datetime | None) -> bool:
    """Whether a log runs from its oldest entry to its newest."""
    if len(written) < 2 or written[0].written == written[-1].written:  # noqa: PLR2004 - an order
        return False
    first, last = written[0], written[-1]
    years = _year(first, until), _year(last, until)
    if None not in years:
        return (years[0], *first.written) < (years[1], *last.written)
    over_new_year = abs(first.written[0] - last.written[0]) > _HALF_YEAR
    return (first.written < last.written) != over_new_year


def moment_of(stamp: Stamp | None, until: datetime | None) -> datetime | None:
    """When that was, in UTC; its year is its own, or else the last one that is not too late."""
    if stamp is None or stamp.moment:
        return stamp.moment if stamp else None
    year = _year(stamp, until)
    return _in(year, stamp.written, stamp.zone) if year else None


def _year(stamp: Stamp, until: datetime | None) -> int | None:
    if stamp.year or until is None:
        return stamp.year
    end = (until.month, until.day, until.hour, until.minute, until.second)
    return until.year if stamp.written <= end else until.year - 1


def _nearest(written: tuple[int, ...], zone: str, near: datetime | None) -> datetime | None:
    if near is None:
        return None
    years = (near.year - 1, near.year, near.year + 1)
    moments = [moment for year in years if (moment := _in(year, written, _zone(zone)))]
    return min(moments, key=lambda moment: abs(moment - near), default=None)


def window(flat: str, near: datetime | None) -> tuple[datetime | None, datetime | None]:
    """Start and end of `THIS IS A SCHEDULED EVENT Apr 7, 13:00 - 23:45 UTC`, in UTC.

    (None, None): the text does not say.
    """
    found = _WINDOW.search(flat)
    if found is None:
        return None, None
    month, day, hour, minute, to_month, to_day, to_hour, to_minute, zone = found.groups()
    first = (_MONTHS[month.lower()], int(day), int(hour), int(minute), 0)
    last_day = (_MONTHS[to_month.lower()], int(to_day)) if to_month else first[:2]
    last = (*last_day, int(to_hour), int(to_minute), 0)
    start = _nearest(first, zone, near)
    end = _nearest(last, zone, near)
    if start is None or end is None:
        return None, None
    return start, end if end >= start else end + timedelta(days=1)


def span(flat: str) -> tuple[datetime | None, datetime | None]:
    """Start and end as Google tells them: `Incident began at 2022-03-31 08:30 and ended at …`."""
    found = _SPAN.search(flat)
    if found is None:
        return None, None
    began, ended = (parse_date(written, _PACIFIC) for written in found.groups())
    return began, ended
