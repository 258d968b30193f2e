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
    rows_at,
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
from bot.status.readers.words import phase_of, state_of, worst

MAX_PARTS = 30_000
"""Reports and each of their updates since the page was opened stand in one list."""
_UPDATES = 5
_KEPT = 100
"""Updates of a report that are looked at: Better Stack's own pages have far fewer."""


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`."""
    tree = object_at(parse_json(bodies[0], content_type_of(content_types)), "the body")
    data = tree.get("data")
    parts = [*optional_list(tree, "included"), *(data if isinstance(data, list) else [data])]
    rows = objects(parts, "data", MAX_PARTS)
    if not any(str(row.get("type")).startswith("status_") for row in rows):
        raise not_the_format("no status page in it")
    name, remarks = source_id(source), Remarks()
    resources, sections = list(_of(rows, "status_page_resource")), _sections(rows)
    components = tuple(
        _component(row, number, sections, remarks) for number, row in enumerate(resources)
    )
    names = {component.id: component.names[0] for component in components}
    reports = list(_of(rows, "status_report"))
    updates = _updates(reports, _of(rows, "status_update"))
    events = [
        _report(row, name, names, updates.get(id_at(row, "id") or "", ()), read_at)
        for row in reports
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


def _sections(rows: tuple[JsonObject, ...]) -> Mapping[str, str]:
    pairs = ((id_at(row, "id"), text_at(row, "name")) for row in _of(rows, "status_page_section"))
    return {key: name for key, name in pairs if key and name}


def _component(
    row: JsonObject, number: int, sections: Mapping[str, str], remarks: Remarks
) -> Component:
    key, name = id_at(row, "id"), text_at(row, "public_name", "resource_name")
    if name is None:
        return nameless(remarks, key, f"resource {number + 1}")
    word = text_at(row, "status")
    state = state_of(word)
    if state is None:
        remarks.unknown_state(word, name)
    return Component(
        id=key or name,
        names=(name,),
        state=state or State.UNKNOWN,
        group=sections.get(id_at(row, "status_page_section_id") or ""),
        word=word,
    )


def _report(
    row: JsonObject,
    source: str,
    names: Mapping[str, str],
    updates: tuple[JsonObject, ...],
    read_at: datetime,
) -> tuple[Incident, bool]:
    title = text_at(row, "title") or ""
    planned = row.get("report_type") == "maintenance"
    starts_at, ends_at = date_at(row, "starts_at"), date_at(row, "ends_at")
    over = _is_resolved(row, updates) or (ends_at is not None and ends_at <= read_at)
    updated_at = date_at(row, "updated_at") or next(map(_at, updates), None)
    phase = _planned(starts_at, read_at, over=over) if planned else _phase(row, over=over)
    affected = next(filter(None, map(_affected, (row, *updates))), {})
    incident = Incident(
        id=id_at(row, "id") or title,
        source=source,
        title=title,
        phase=phase,
        services=tuple(names.get(key, key) for key in affected),
        impact=worst(tuple(affected.values())),
        started_at=starts_at,
        resolved_at=(ends_at or updated_at) if phase is Phase.RESOLVED else None,
        updated_at=updated_at,
        starts_at=starts_at if planned else None,
        ends_at=ends_at if planned else None,
        updates=tuple(text for text in map(_message, updates) if text)[:_UPDATES],
    )
    return incident, planned


def _affected(row: JsonObject) -> Mapping[str, State]:
    """States by the id of a resource, as a report or an update of it lists them."""
    pairs = (
        (id_at(inner, "status_page_resource_id"), text_at(inner, "status")) for inner in _hit(row)
    )
    return {key: state_of(word) or State.UNKNOWN for key, word in pairs if key}


def _hit(row: JsonObject) -> tuple[JsonObject, ...]:
    return rows_at(row, "affected_resources")


def _phase(row: JsonObject, *, over: bool) -> Phase:
    """Better Stack's states of a report are those of its resources; a phase is rare."""
    told = phase_of(text_at(row, "aggregate_state"))
    return Phase.RESOLVED if over else told or Phase.INVESTIGATING


def _planned(starts_at: datetime | None, read_at: datetime, *, over: bool) -> Phase:
    if over:
        return Phase.COMPLETED
    begun = starts_at is not None and starts_at <= read_at
    return Phase.IN_PROGRESS if begun else Phase.SCHEDULED


def _is_resolved(row: JsonObject, updates: tuple[JsonObject, ...]) -> bool:
    """Said of the report, or by its latest update of each resource that it hits."""
    latest = _hit(updates[0]) if updates else ()
    words = {text_at(inner, "status") for inner in latest}
    is_whole = _ids(_hit(row)) <= _ids(latest)
    return row.get("aggregate_state") == "resolved" or (words == {"resolved"} and is_whole)


def _ids(hit: tuple[JsonObject, ...]) -> set[str | None]:
    return {id_at(inner, "status_page_resource_id") for inner in hit}


def _updates(
    reports: list[JsonObject], updates: Iterator[JsonObject]
) -> Mapping[str, tuple[JsonObject, ...]]:
    """Those of each report by its id, newest first: it points to them, or they to it."""
    owner: dict[str | None, str | None] = {
        update: id_at(report, "id")
        for report in reports
        for update in _related(report, "status_updates")
    }
    found: dict[str, tuple[JsonObject, ...]] = {}
    for row in sorted(updates, key=_published, reverse=True):
        told = id_at(row, "status_report_id") or next(iter(_related(row, "status_report")), None)
        report = told or owner.get(id_at(row, "id"))
        if report:
            found[report] = (*found.get(report, ()), row)[:_KEPT]
    return found


def _published(row: JsonObject) -> str:
    return text_at(row, "published_at") or ""


def _at(update: JsonObject) -> datetime | None:
    return date_at(update, "published_at")


def _message(update: JsonObject) -> str | None:
    return text_at(update, "message", limit=BODY_LIMIT)


def _related(row: JsonObject, key: str) -> frozenset[str]:
    """Ids that an object points to under a name: one or a list."""
    links = row.get("relationships")
    link = links.get(key) if isinstance(links, dict) else None
    data: Any = link.get("data") if isinstance(link, dict) else None
    rows = data if isinstance(data, list) else [data]
    ids = (id_at(one, "id") for one in rows if isinstance(one, dict))
    return frozenset(one for one in ids if one)
