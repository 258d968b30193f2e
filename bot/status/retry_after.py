"""Retry-After: how long a busy source asks to be left alone. Pure.

https://www.rfc-editor.org/rfc/rfc9110#field.retry-after: whole seconds, or a date.
"""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=24)
"""A longer pause is a slip or a joke: by then somebody has to look whether the page still lives."""


def asked_for(value: str | None, now: datetime) -> float | None:
    """Seconds from now; None where nothing is asked, or nothing that can be understood."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max((parsedate_to_datetime(text) - now).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None


def obeyed(asked: float) -> float:
    """Seconds that the source is left alone: all that it asks for, up to a day."""
    return min(asked, LONGEST.total_seconds())


def told(asked: float) -> str:
    """For the operator: how long it is left alone, and whether it asked for more."""
    pause = timedelta(seconds=round(obeyed(asked)))
    ends = "as it asks" if asked <= LONGEST.total_seconds() else "though it asks for longer"
    return f"left alone for {pause}, {ends}"
