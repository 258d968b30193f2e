"""Rules about incidents and maintenances as times pass: open, superseded, inside a window. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.knowledge.model import FEED
from bot.status.model import Incident, Phase
from bot.status.readers.text import fold
from bot.status.readers.words import CLOSED_PHASES

OVERRUN = timedelta(minutes=15)
"""Still failing so long past the announced end of a maintenance is an outage."""
AHEAD = timedelta(days=7)
_ONGOING = frozenset({Phase.IN_PROGRESS, Phase.SCHEDULED, None})
_SILENT = timedelta(hours=24)
ENDLESS = timedelta(hours=24)
"""For so long work counts whose end nobody told: after that an outage is not hidden by it."""
_FORGOTTEN = timedelta(days=3)
_MARKS = re.compile(
    r"\[[^\[\]]*\]|^[^:]{1,40}: | (?:went down|is down|recovered|is up|is back up)$",
    re.IGNORECASE,
)


def is_open(incident: Incident, now: datetime) -> bool:
    """Whether it counts now. One whose phase nobody told counts for a day after its last word."""
    if incident.phase is not None:
        return incident.phase.is_open
    touched = incident.updated_at or incident.started_at
    return incident.resolved_at is None and touched is not None and now - touched < _SILENT


def superseded(incidents: Iterable[Incident], form: str) -> tuple[Incident, ...]:
    """For a feed: without the open entries whose matter a later entry closed.

    Some feeds (AWS, Better Stack) give each update an entry of its own, under nearly the same
    title.
    """
    found = tuple(incidents)
    if form != FEED:
        return found
    closed: dict[tuple[str, tuple[str, ...]], float] = {}
    for incident in found:
        if incident.phase in CLOSED_PHASES:
            matter = _matter(incident)
            closed[matter] = max(_touched(incident), closed.get(matter, 0.0))
    return tuple(
        incident
        for incident in found
        if incident.phase in CLOSED_PHASES
        or _touched(incident) >= closed.get(_matter(incident), 0.0)
    )


def _matter(incident: Incident) -> tuple[str, tuple[str, ...]]:
    return fold(_MARKS.sub("", incident.title)) or incident.id, incident.services


def forgotten(incident: Incident, now: datetime) -> bool:
    """Whether a feed's open entry is too old to be believed still open."""
    touched = incident.updated_at or incident.started_at
    return touched is not None and now - touched > _FORGOTTEN


def _touched(incident: Incident) -> float:
    touched = incident.updated_at or incident.started_at
    return touched.timestamp() if touched else 0.0


def in_window(maintenance: Incident, now: datetime) -> bool:
    """Whether its announced time runs, or has ended within the last fifteen minutes.

    Work that is told to be completed ends when it was, also before its time; work without an end,
    a day after its begin or its last word.
    """
    begun = maintenance.starts_at is not None and maintenance.starts_at <= now
    if not begun and maintenance.phase is not Phase.IN_PROGRESS:
        return False
    completed = maintenance.phase is Phase.COMPLETED
    told = (maintenance.ends_at, maintenance.resolved_at if completed else None)
    ends = [moment for moment in told if moment is not None]
    if ends:
        return now < min(ends) + OVERRUN
    last = max(filter(None, (maintenance.starts_at, maintenance.updated_at)), default=now)
    return not completed and now - last < ENDLESS


def over_from(starts_at: datetime | None, ends_at: datetime | None) -> datetime | None:
    """When announced work is over for those who wait to hear of it; None: nobody can say."""
    if ends_at is not None or starts_at is None:
        return ends_at
    return starts_at + ENDLESS


def is_overdue(maintenance: Incident, now: datetime, *, still_shown: bool) -> bool:
    """Whether it goes on fifteen minutes past its announced end.

    `still_shown`: its component is under maintenance, whatever phase the entry was left in.
    """
    goes_on = _ONGOING if still_shown else {Phase.IN_PROGRESS}
    ends_at = maintenance.ends_at
    return maintenance.phase in goes_on and ends_at is not None and now >= ends_at + OVERRUN


def is_to_come(maintenance: Incident, now: datetime) -> bool:
    """Whether it is announced and has not begun."""
    starts_at = maintenance.starts_at
    announced = maintenance.phase in {Phase.SCHEDULED, None}
    return announced and starts_at is not None and now < starts_at


def is_ahead(maintenance: Incident, now: datetime) -> bool:
    """Whether it starts within the next seven days."""
    starts_at = maintenance.starts_at
    soon = starts_at is not None and starts_at <= now + AHEAD
    return soon and is_to_come(maintenance, now)
