"""Cachet: v2 (`{"data": [...]}` of plain objects) and v3 (JSON:API with attributes).

https://github.com/cachethq/cachet. A list or a single object; components, incidents, schedules
and groups are told apart by their fields. Numbers decide; a translated name may only worsen.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.knowledge.model import Source
from bot.status.model import Component, Incident, Phase, Reading, State
from bot.status.readers.jsontree import (
    JsonObject,
    at_most,
    date_at,
    id_at,
    not_the_format,
    object_at,
    objects,
    parse_json,
    rows_at,
    text_at,
    whole_at,
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
from bot.status.readers.words import state_of, worse

_STATES = {
    1: State.OPERATIONAL,
    2: State.DEGRADED,
    3: State.PARTIAL_OUTAGE,
    4: State.MAJOR_OUTAGE,
    6: State.MAINTENANCE,
}
_PHASES = {1: Phase.INVESTIGATING, 2: Phase.IDENTIFIED, 3: Phase.MONITORING, 4: Phase.RESOLVED}
_SCHEDULES = {0: Phase.SCHEDULED, 1: Phase.IN_PROGRESS, 2: Phase.COMPLETED}
_KINDS = {"components": "component", "incidents": "incident", "schedules": "schedule"}
_GROUPS = "componentGroups"
_INCIDENT_FIELDS = frozenset({"visible", "occurred_at", "human_status", "is_resolved", "message"})
_COMPONENT_FIELDS = frozenset(
    {"status_name", "group_id", "order", "enabled", "link", "description"}
)
_GROUP_FIELDS = frozenset({"collapsed", "lowest_human_status", "enabled_components"})
_OTHER_FIELDS = frozenset({"calc_type", "default_value", "incident_id"})
"""Of a metric, or of a single update of an incident: neither tells a state."""


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`."""
    tree = object_at(parse_json(bodies[0], content_type_of(content_types)), "the body")
    data = tree.get("data")
    rows = objects(data if isinstance(data, list) else [object_at(data, "data")], "data")
    sorted_rows: dict[str, list[JsonObject]] = {"component": [], "incident": [], "schedule": []}
    for kind, row in at_most(_sorted(rows, rows_at(tree, "included")), "rows"):
        sorted_rows[kind].append(row)
    if rows and not any(sorted_rows.values()) and not any(map(_is_group, rows)):
        raise not_the_format("data holds no component, incident or schedule")
    name, remarks = source_id(source), Remarks()
    _note_pages(tree, remarks)
    old = [row for row in sorted_rows["incident"] if _is_old_schedule(row)]
    return Reading(
        source=name,
        read_at=read_at,
        components=tuple(
            _component(row, number, remarks) for number, row in enumerate(sorted_rows["component"])
        ),
        incidents=tuple(
            _incident(row, name, remarks)
            for row in sorted_rows["incident"]
            if not _is_old_schedule(row)
        ),
        maintenances=tuple(
            _schedule(row, name, remarks) for row in [*sorted_rows["schedule"], *old]
        ),
        remarks=remarks.all(),
    )


def _note_pages(tree: JsonObject, remarks: Remarks) -> None:
    """Cachet answers twenty rows at a time: who wants all asks with `?per_page=`."""
    meta = tree.get("meta")
    pages = meta.get("pagination") if isinstance(meta, dict) else None
    total = whole_at(pages, "total_pages") if isinstance(pages, dict) else None
    if total and total > 1:
        remarks.note(f"one page of {total}: ask for all with per_page")


def _sorted(
    rows: tuple[JsonObject, ...], included: tuple[JsonObject, ...]
) -> Iterator[tuple[str, JsonObject]]:
    known = {(str(row.get("type")), id_at(row, "id")): row for row in included}
    for row in rows:
        if isinstance(row.get("enabled_components"), list):
            yield from (("component", inner) for inner in rows_at(row, "enabled_components"))
        elif kind := _kind(row):
            yield kind, {**_flat(row), **_related(row, known)}
    if any(row.get("type") == _GROUPS for row in rows):
        yield from (("component", _flat(row)) for row in included if _kind(row) == "component")


def _is_group(row: JsonObject) -> bool:
    """One that shows no component, because it has none or was not asked to."""
    return row.get("type") == _GROUPS or not _GROUP_FIELDS.isdisjoint(row)


def _is_old_schedule(row: JsonObject) -> bool:
    """Planned work among the incidents, as before 2.4; in version 3, 0 is a phase not known."""
    return whole_at(row, "status") == 0 and "occurred" not in row


def _kind(row: JsonObject) -> str | None:
    if isinstance(row.get("attributes"), dict):
        return _KINDS.get(str(row.get("type")))
    keys = row.keys()
    if (_OTHER_FIELDS | _GROUP_FIELDS) & keys or not {"id", "name"} & keys:
        return None
    if "scheduled_at" in keys and not {"visible", "component_id"} & keys:
        return "schedule"
    if _INCIDENT_FIELDS & keys:
        return "incident"
    return "component" if _COMPONENT_FIELDS & keys else None


def _flat(row: JsonObject) -> JsonObject:
    """A JSON:API object as version 2 wrote it: `{human, value}` becomes its value or text."""
    attributes = row.get("attributes")
    if not isinstance(attributes, dict):
        return row
    flat: dict[str, Any] = {"id": row.get("id")}
    for key, value in attributes.items():
        if not isinstance(value, dict):
            flat[key] = value
        elif "value" in value:
            flat[key] = value["value"]
        else:
            flat[key] = value.get("string")
    status = attributes.get("status")
    return {**flat, "status_name": status.get("human")} if isinstance(status, dict) else flat


def _related(row: JsonObject, known: Mapping[tuple[str, str | None], JsonObject]) -> JsonObject:
    """The components and updates that a JSON:API object points to, as version 2 wrote them."""
    links = row.get("relationships")
    related: dict[str, list[JsonObject]] = {}
    for key in ("components", "updates"):
        link = links.get(key) if isinstance(links, dict) else None
        data = rows_at(link, "data") if isinstance(link, dict) else ()
        rows = (known.get((str(one.get("type")), id_at(one, "id"))) for one in data)
        related[key] = [_flat(one) for one in rows if one]
    return {key: rows for key, rows in related.items() if rows}


def _component(row: JsonObject, number: int, remarks: Remarks) -> Component:
    key, name = id_at(row, "id"), text_at(row, "name")
    if name is None:
        return nameless(remarks, key, f"component {number + 1}")
    word = text_at(row, "status_name")
    state = _STATES.get(whole_at(row, "status") or 0, State.UNKNOWN)
    if state is State.UNKNOWN:
        remarks.note(f"status {row.get('status')!r} ({word}) of {name}")
    return Component(
        id=key or name, names=(name,), state=worse(state, state_of(word) or state), word=word
    )


def _incident(row: JsonObject, source: str, remarks: Remarks) -> Incident:
    title, updated_at = text_at(row, "name") or "", date_at(row, "updated_at", "updated")
    latest = whole_at(row, "latest_status")
    phase = _PHASES.get(whole_at(row, "status") or 0 if latest is None else latest)
    if phase is None:
        remarks.note(f"unknown incident status of {title!r}")
    return Incident(
        id=id_at(row, "id") or title,
        source=source,
        title=title,
        phase=phase,
        services=tuple(_affected(row)),
        started_at=date_at(row, "occurred_at", "occurred", "created_at", "created"),
        resolved_at=updated_at if phase is Phase.RESOLVED else None,
        updated_at=updated_at,
        updates=tuple(_updates(row)),
        url=text_at(row, "permalink"),
    )


def _schedule(row: JsonObject, source: str, remarks: Remarks) -> Incident:
    title = text_at(row, "name") or ""
    number = whole_at(row, "status")
    phase = _SCHEDULES.get(number) if number is not None else None
    if phase is None:
        remarks.note(f"unknown schedule status of {title!r}")
    return Incident(
        id=id_at(row, "id") or title,
        source=source,
        title=title,
        phase=phase,
        services=tuple(_affected(row)),
        started_at=date_at(row, "created_at", "created"),
        updated_at=date_at(row, "updated_at", "updated"),
        starts_at=date_at(row, "scheduled_at", "scheduled"),
        ends_at=date_at(row, "completed_at", "completed"),
        updates=tuple(_updates(row)),
    )


def _affected(row: JsonObject) -> Iterator[str]:
    """Names of its components, or else their ids (0 stands for none)."""
    rows = rows_at(row, "components")
    found = [text_at(inner, "name") or id_at(inner, "component_id") for inner in rows]
    names = [name for name in found if name]
    component = id_at(row, "component_id")
    if not names and component and component != "0":
        names = [component]
    yield from names


def _updates(row: JsonObject) -> Iterator[str]:
    for inner in (*reversed(rows_at(row, "updates")), row):
        if text := text_at(inner, "message", limit=BODY_LIMIT):
            yield text
