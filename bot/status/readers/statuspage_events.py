"""Incidents and maintenances of Statuspage and of the pages that speak its shape."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from bot.status.model import Incident, Phase
from bot.status.readers.jsontree import JsonObject, date_at, id_at, rows_at, text_at
from bot.status.readers.protocol import Remarks
from bot.status.readers.text import BODY_LIMIT
from bot.status.readers.words import (
    CLOSED_PHASES,
    MAINTENANCE_PHASES,
    impact_of,
    phase_of,
    phase_of_work,
)

HIT = "affected_components"
_IMPACTS = "component_impacts"
"""What incident.io's own pages tell of an incident: a component, how badly, from when to when."""
_LOGS = ("incident_updates", "updates")
_NOTHING_HIT = "No components were affected"
"""Statuspage writes this sentence where the name of a component stands."""
_UPDATES = 5


def event(row: JsonObject, source: str, remarks: Remarks, *, listed: bool) -> tuple[Incident, bool]:
    """An incident or maintenance, and whether it is a maintenance; `listed`: where those stand."""
    title = text_at(row, "name", "title") or ""
    word = text_at(row, "status")
    phase = phase_of(word)
    if phase is None:
        remarks.note(f"unknown phase {word!r} of {title!r}")
    planned = listed or phase in MAINTENANCE_PHASES or bool(row.get("scheduled_for"))
    updated_at = date_at(row, "updated_at", "last_update_at")
    resolved_at = _resolved_at(row, phase, updated_at)
    started_at = _started_at(row, resolved_at)
    incident = Incident(
        id=id_at(row, "id") or f"{title}|{started_at}",
        source=source,
        title=title,
        phase=phase,
        services=tuple(dict.fromkeys(_affected(row))),
        impact=impact_of(text_at(row, "impact", "current_worst_impact")),
        started_at=started_at or min(_written(row), default=None),
        resolved_at=resolved_at,
        updated_at=updated_at,
        updates=tuple(_updates(row)),
        url=text_at(row, "shortlink", "url"),
    )
    return (_planned(incident, row) if planned else incident), planned


def _planned(incident: Incident, row: JsonObject) -> Incident:
    return replace(
        incident,
        phase=phase_of_work(incident.phase),
        starts_at=date_at(row, "scheduled_for", "starts_at", "started_at")
        or min(_dates(row, _IMPACTS, "start_at"), default=None),
        ends_at=date_at(row, "scheduled_until", "ends_at", "scheduled_end_at")
        or max(_dates(row, _IMPACTS, "end_at"), default=None),
    )


def _started_at(row: JsonObject, resolved_at: datetime | None) -> datetime | None:
    """Where it was told of when it was over, `started_at` is when that was written."""
    keys = ("started_at", "created_at", "published_at")
    told = [moment for key in keys if (moment := date_at(row, key))]
    before = (moment for moment in told if resolved_at is None or moment <= resolved_at)
    return next(before, told[0] if told else None)


def _resolved_at(row: JsonObject, phase: Phase | None, updated: datetime | None) -> datetime | None:
    """By its own date, or else by what was written last, or by the end of what it did."""
    if phase not in CLOSED_PHASES:
        return None
    last = max((*_written(row), *_dates(row, _IMPACTS, "end_at")), default=None)
    return date_at(row, "resolved_at") or updated or last


def _written(row: JsonObject) -> Iterator[datetime]:
    """When each of its updates was."""
    yield from chain(*(_dates(row, key, "published_at", "created_at") for key in _LOGS))


def _dates(row: JsonObject, key: str, *names: str) -> Iterator[datetime]:
    """One of each row of a list that bears one."""
    yield from filter(None, (date_at(inner, *names) for inner in rows_at(row, key)))


def _affected(row: JsonObject) -> Iterator[str]:
    """Names of the components: the incident's own list, or else those of its updates."""
    own = [name for key in ("components", HIT) for name in _named(row.get(key))]
    own = own or list(_named(row.get(_IMPACTS)))
    if own:
        yield from own
        return
    for update in rows_at(row, "incident_updates"):
        for inner in rows_at(update, HIT):
            name = text_at(inner, "name")
            if name and not name.startswith(_NOTHING_HIT):
                yield name


def _named(value: Any) -> Iterator[str]:
    """Components as objects, or as their bare names or ids."""
    for inner in value if isinstance(value, list) else ():
        row = inner if isinstance(inner, dict) else {"name": inner}
        if name := text_at(row, "name") or id_at(row, "component_id", "id"):
            yield name


def _updates(row: JsonObject) -> Iterator[str]:
    rows = rows_at(row, "incident_updates")[:_UPDATES]
    texts = (text_at(update, "body", limit=BODY_LIMIT) for update in rows)
    yield from (text for text in texts if text)
    if last := text_at(row, "last_update_message", limit=BODY_LIMIT):
        yield last
