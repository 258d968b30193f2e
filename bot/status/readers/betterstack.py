"""Better Stack: `/index.json` of a status page, a JSON:API document.

https://betterstack.com/docs/uptime/status-pages/subscribing-to-status-updates/subscribing-to-api
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.knowledge.model import Source
from bot.status.model import Component, Incident, Phase, Reading, State
from bot.status.readers.jsontree import (
    JsonObject,
    date_at,
    id_at,
    not_the_format,
    object_at,
    objects,
    optional_list,
    parse_json,
    text_at,
)
from bot.status.readers.protocol import (
    Bodies,
    ContentTypes,
    Remarks,
    content_type_of,
    nameless,
    source_id,
)
from bot.status.readers.text import BODY_LIMIT
from bot.status.readers.words import state_of, worst

_UPDATES = 5


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`."""
    tree = object_at(parse_json(bodies[0], content_type_of(content_types)), "the body")
    data = tree.get("data")
    rows = objects(
        [*optional_list(tree, "included"), *(data if isinstance(data, list) else [data])], "data"
    )
    if not any(str(row.get("type")).startswith("status_") for row in rows):
        raise not_the_format("no status page in it")
    name, remarks = source_id(source), Remarks()
    resources = list(_of(rows, "status_page_resource"))
    components = tuple(_component(row, number, remarks) for number, row in enumerate(resources))
    names = {component.id: component.names[0] for component in components}
    updates = _updates(rows)
    events = [
        _report(row, name, names, updates.get(id_at(row, "id") or "", ()), read_at)
        for row in _of(rows, "status_report")
    ]
    return Reading(
        source=name,
        read_at=read_at,
        components=components,
        incidents=tuple(event for event, planned in events if not planned),
        maintenances=tuple(event for event, planned in events if planned),
        remarks=remarks.all(),
    )


def _of(rows: tuple[JsonObject, ...], kind: str) -> Iterator[JsonObject]:
    """The attributes of the rows of one type, with the row's id."""
    for row in rows:
        attributes = row.get("attributes")
        if row.get("type") == kind and isinstance(attributes, dict):
            yield {**attributes, "id": row.get("id"), "relationships": row.get("relationships")}


def _component(row: JsonObject, number: int, remarks: Remarks) -> Component:
    key, name = id_at(row, "id"), text_at(row, "public_name")
    if name is None:
        return nameless(remarks, key, f"resource {number + 1}")
    word = text_at(row, "status")
    state = state_of(word)
    if state is None:
        remarks.note(f"unknown state word {word!r} of {name}")
    return Component(id=key or name, names=(name,), state=state or State.UNKNOWN, word=word)


def _report(
    row: JsonObject,
    source: str,
    names: Mapping[str, str],
    updates: tuple[str, ...],
    read_at: datetime,
) -> tuple[Incident, bool]:
    title = text_at(row, "title") or ""
    planned = row.get("report_type") == "maintenance"
    starts_at, ends_at = date_at(row, "starts_at"), date_at(row, "ends_at")
    over = _is_resolved(row) or (ends_at is not None and ends_at <= read_at)
    phase = _planned(starts_at, read_at, over=over) if planned else _phase(over=over)
    affected = row.get("affected_resources")
    rows = [a for a in affected if isinstance(a, dict)] if isinstance(affected, list) else []
    keys = [id_at(inner, "status_page_resource_id") or "" for inner in rows]
    states = tuple(state_of(text_at(inner, "status")) or State.UNKNOWN for inner in rows)
    incident = Incident(
        id=id_at(row, "id") or title,
        source=source,
        title=title,
        phase=phase,
        services=tuple(names.get(key, key) for key in keys if key),
        impact=worst(states),
        started_at=starts_at,
        resolved_at=ends_at if phase is Phase.RESOLVED else None,
        updated_at=date_at(row, "updated_at"),
        starts_at=starts_at if planned else None,
        ends_at=ends_at if planned else None,
        updates=updates,
    )
    return incident, planned


def _phase(*, over: bool) -> Phase:
    return Phase.RESOLVED if over else Phase.INVESTIGATING


def _planned(starts_at: datetime | None, read_at: datetime, *, over: bool) -> Phase:
    if over:
        return Phase.COMPLETED
    begun = starts_at is not None and starts_at <= read_at
    return Phase.IN_PROGRESS if begun else Phase.SCHEDULED


def _is_resolved(row: JsonObject) -> bool:
    return row.get("aggregate_state") == "resolved"


def _updates(rows: tuple[JsonObject, ...]) -> dict[str, tuple[str, ...]]:
    """Messages of each report, newest first, by the report's id."""
    found: dict[str, tuple[str, ...]] = {}
    for row in sorted(_of(rows, "status_update"), key=_published, reverse=True):
        report = id_at(row, "status_report_id") or _related(row.get("relationships"))
        message = text_at(row, "message", limit=BODY_LIMIT)
        if report and message:
            found[report] = (*found.get(report, ()), message)[:_UPDATES]
    return found


def _published(row: JsonObject) -> str:
    return text_at(row, "published_at") or ""


def _related(relationships: Any) -> str | None:
    report = relationships.get("status_report") if isinstance(relationships, dict) else None
    data = report.get("data") if isinstance(report, dict) else None
    return id_at(data, "id") if isinstance(data, dict) else None
