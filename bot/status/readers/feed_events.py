"""Entries of a feed put together: those of one id are one event."""

from collections.abc import Iterator
from dataclasses import replace

from bot.status.model import Incident

Event = tuple[Incident, bool]
"""An incident, and whether it is planned work."""


def put_together(entries: Iterator[Event]) -> tuple[Event, ...]:
    """Each event once, in the order of the feed.

    The latest entry of an id says how it stands, the first when it began: told by their dates,
    whichever way the feed runs; of equal ones the upper counts.
    """
    kept: dict[str, Event] = {}
    for event, planned in entries:
        known, was_planned = kept.get(event.id, (event, planned))
        later = _touched(event) > _touched(known)
        latest, how = (event, planned) if later else (known, was_planned)
        starts = [start for start in (known.started_at, event.started_at) if start]
        kept[event.id] = replace(latest, started_at=min(starts, default=None)), how
    return tuple(kept.values())


def _touched(event: Incident) -> float:
    return event.updated_at.timestamp() if event.updated_at else 0.0
