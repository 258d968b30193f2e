"""Dates as status pages write them -> aware, in UTC. What is no date of this century is None."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

_MILLISECONDS = 100_000_000_000
_MONTH_IN_MINUTES = 60 * 24 * 31
_EARLIEST, _LATEST = 2000, 2100
_ZONES = {"CET": "+0100", "MET": "+0100", "CEST": "+0200", "MEST": "+0200", "BST": "+0100"}
_ZONE = re.compile(rf"(?<![+-]\d{{4}}) ({'|'.join(_ZONES)})$")
_WRITTEN = re.compile(
    r"^(\d{4})([-/])(\d\d)\2(\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?"
    r"(?:([+-]\d\d:?\d\d)(?: [A-Z]{3,5}| m=[+-]\S{1,24}|\[[\w/]{1,40}\])*|(Z|UTC|GMT)|)$"
)
_SCRIPT_OFFSET = re.compile(r" GMT(?=[+-]\d{4}\b)")
"""As JavaScript writes a date: `Sat Jun 11 2022 18:55:50 GMT+0200 (CEST)`."""
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_BELGIAN = re.compile(
    r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\D{1,6}(\d{1,2})[:hu](\d{2})(?::(\d{2}))?)?$"
)


def end_of(starts_at: datetime | None, minutes: int | None) -> datetime | None:
    """Of work that says when it begins and how long it takes; a month or more is no real length."""
    if starts_at is None or not minutes or not 0 < minutes < _MONTH_IN_MINUTES:
        return None
    return starts_at + timedelta(minutes=minutes)


def parse_date(value: object, zone: tzinfo = UTC) -> datetime | None:
    """ISO 8601, RFC 822, day/month/year, or seconds or milliseconds since 1970.

    `zone`: what a date without one is in. None: not a date, or before 2000 or after 2099
    (some pages write year 1 for "never").
    """
    try:
        parsed = _parse(value, zone)
        moment = parsed.astimezone(UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    return moment if moment and _EARLIEST <= moment.year < _LATEST else None


def _parse(value: object, zone: tzinfo) -> datetime | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, UTC)
    if not isinstance(value, str):
        return None
    if _EPOCH.match(value.strip()):
        return _parse(int(value), zone)
    text = _ZONE.sub(_offset, _SCRIPT_OFFSET.sub(" ", value.strip()[:80]))
    for read in _READERS:
        try:
            parsed = read(text)
        except (ValueError, TypeError, IndexError):
            continue
        return parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)
    return None


def _offset(zone: re.Match[str]) -> str:
    return f" {_ZONES[zone.group(1)]}"


def _iso(text: str) -> datetime:
    """Also as Ruby, Go and Java write it: space, slashes, the zone's name or place behind it."""
    written = _WRITTEN.match(text)
    if written is None:
        return datetime.fromisoformat(text)
    year, _, month, rest, offset, zero = written.groups()
    return datetime.fromisoformat(f"{year}-{month}-{rest}{offset or (zero and 'Z') or ''}")


def _belgian(text: str) -> datetime:
    found = _BELGIAN.match(text)
    if found is None:
        raise ValueError(text)
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the caller sets it


_READERS: tuple[Callable[[str], datetime], ...] = (_iso, parsedate_to_datetime, _belgian)
