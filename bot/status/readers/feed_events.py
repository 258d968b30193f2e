"""Entries of a feed put together: those of one id are one event, and who is up again was down."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.status.model import Incident

Event = tuple[Incident, bool]
"""An incident, and whether it is planned work."""

_DOWN = re.compile(r"^(.{1,200}) (?:went down|is down)$", re.IGNORECASE)
_UP = re.compile(r"^(.{1,200}) (?:recovered|is up|is back up)$", re.IGNORECASE)


def put_together(entries: Iterator[Event]) -> tuple[Event, ...]:
    """Each event once, in the order of the feed."""
    events = _once(entries)
    up = {subject: _touched(event) for event, _ in events if (subject := _subject(_UP, event))}
    return tuple((_as_it_stands(event, up), planned) for event, planned in events)


def _once(entries: Iterator[Event]) -> tuple[Event, ...]:
    """The latest entry of an id says how it stands, the first when it began.

    They are told by their dates, whichever way the feed runs; of equal ones the upper counts.
    """
    kept: dict[str, Event] = {}
    for event, planned in entries:
        known, was_planned = kept.get(event.id, (event, planned))
        later = _touched(event) > _touched(known)
        latest, how = (event, planned) if later else (known, was_planned)
        starts = [start for start in (known.started_at, event.started_at) if start]
        kept[event.id] = replace(latest, started_at=min(starts, default=None)), how
    return tuple(kept.values())


def _as_it_stands(event: Incident, up: dict[str, float]) -> Incident:
    """`X went down` tells nothing of now where a later entry says `X recovered`."""
    subject = _subject(_DOWN, event)
    over = subject is not None and up.get(subject, 0.0) > _touched(event)
    return replace(event, phase=None) if over else event


def _subject(pattern: re.Pattern[str], event: Incident) -> str | None:
    found = pattern.match(event.title)
    return found[1].casefold() if found else None


def _touched(event: Incident) -> float:
    return event.updated_at.timestamp() if event.updated_at else 0.0
