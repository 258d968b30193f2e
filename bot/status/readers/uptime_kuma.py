"""Uptime Kuma: a public status page and its heartbeats, two bodies in either order.

https://github.com/louislam/uptime-kuma. The last beat that is not an empty place (0) decides.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.knowledge.model import Source
from bot.status.model import Component, Incident, Phase, Reading, State
from bot.status.readers.dates import end_of, parse_date
from bot.status.readers.jsontree import (
    JsonObject,
    amount_at,
    at_most,
    date_at,
    id_at,
    list_at,
    newest,
    not_the_format,
    object_at,
    objects,
    optional_list,
    parse_json,
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
from bot.status.readers.words import worse

_STATES = {0: State.MAJOR_OUTAGE, 1: State.OPERATIONAL, 3: State.MAINTENANCE}
_IMPACTS = {"danger": State.MAJOR_OUTAGE, "warning": State.DEGRADED, "info": State.OPERATIONAL}
_PHASES = {
    "scheduled": Phase.SCHEDULED,
    "under-maintenance": Phase.IN_PROGRESS,
    "ended": Phase.COMPLETED,
    "inactive": Phase.COMPLETED,
}
_SLOTS = 10
_NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)

Window = tuple[datetime | None, datetime | None]


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`. Both bodies are needed: a page alone tells no state."""
    trees = [
        object_at(_page(parse_json(body, content_type_of(content_types, number))), "a body")
        for number, body in enumerate(bodies[:2])
    ]
    page = _only(trees, "publicGroupList")
    beats = object_at(_only(trees, "heartbeatList")["heartbeatList"], "heartbeatList")
    name, remarks = source_id(source), Remarks()
    groups = objects(list_at(page["publicGroupList"], "publicGroupList"), "publicGroupList")
    return Reading(
        source=name,
        read_at=read_at,
        components=tuple(at_most(_components(groups, beats, remarks), "monitors")),
        incidents=tuple(_incident(row, name) for row in _incidents(page)),
        maintenances=tuple(
            _maintenance(row, name, read_at)
            for row in objects(optional_list(page, "maintenanceList"), "maintenanceList")
        ),
        remarks=remarks.all(),
    )


def _page(tree: Any) -> Any:
    """The groups stood alone before version 1.14."""
    rows = tree if isinstance(tree, list) else []
    groups = rows and all(isinstance(row, dict) and "monitorList" in row for row in rows)
    return {"publicGroupList": rows} if groups else tree


def _only(trees: list[JsonObject], key: str) -> JsonObject:
    found = [tree for tree in trees if key in tree]
    if len(found) != 1:
        raise not_the_format(f"{key} is needed once: give the page and its heartbeats")
    return found[0]


def _components(
    groups: tuple[JsonObject, ...], beats: JsonObject, remarks: Remarks
) -> Iterator[Component]:
    for group in groups:
        for row in objects(optional_list(group, "monitorList"), "monitorList"):
            yield _component(row, text_at(group, "name"), beats, remarks)


def _component(
    row: JsonObject, group: str | None, beats: JsonObject, remarks: Remarks
) -> Component:
    key, name = id_at(row, "id"), text_at(row, "name")
    if key is None or name is None:
        return nameless(remarks, key, f"a monitor of {group}")
    rows = beats.get(key)
    beat, latest = newest(
        [beat for beat in rows if beat != 0] if isinstance(rows, list) else [], "time"
    )
    state = worse(_state(beat), _state(latest))
    if state is State.UNKNOWN:
        remarks.note(f"{name}: no beat that tells a state")
    return Component(
        id=key,
        names=(name,),
        state=state,
        group=group,
        word=id_at(beat, "status"),
        updated_at=date_at(beat, "time"),
        response_seconds=amount_at(beat, "ping", 1000),
    )


def _state(beat: JsonObject) -> State:
    status = whole_at(beat, "status")
    return _STATES.get(status, State.UNKNOWN) if status is not None else State.UNKNOWN


def _incidents(page: JsonObject) -> tuple[JsonObject, ...]:
    """`incidents` since version 2.1, a single `incident` or null before; both: the same one."""
    rows, single = optional_list(page, "incidents"), page.get("incident")
    known = {id_at(row, "id") for row in rows if isinstance(row, dict)}
    if isinstance(single, dict) and id_at(single, "id") not in known:
        rows = [*rows, single]
    return objects(rows, "incidents")


def _incident(row: JsonObject, source: str) -> Incident:
    title = text_at(row, "title") or ""
    content = text_at(row, "content", limit=BODY_LIMIT)
    closed = row.get("active") == 0
    updated_at = date_at(row, "lastUpdatedDate", "createdDate")
    return Incident(
        id=id_at(row, "id") or title,
        source=source,
        title=title,
        phase=Phase.RESOLVED if closed else None,
        impact=_IMPACTS.get(text_at(row, "style") or "", State.UNKNOWN),
        started_at=date_at(row, "createdDate"),
        resolved_at=updated_at if closed else None,
        updated_at=updated_at,
        updates=(content,) if content else (),
    )


def _maintenance(row: JsonObject, source: str, read_at: datetime) -> Incident:
    starts_at, ends_at = _window(row, read_at)
    ends_at = ends_at or end_of(starts_at, whole_at(row, "durationMinutes"))
    title = text_at(row, "title") or ""
    return Incident(
        id=id_at(row, "id") or title,
        source=source,
        title=title,
        phase=_PHASES.get(text_at(row, "status") or ""),
        starts_at=starts_at,
        ends_at=ends_at,
    )


def _window(row: JsonObject, read_at: datetime) -> Window:
    """Of its windows, the first that is not over; else the last. A single one has a date range."""
    slots = row.get("timeslotList")
    rows = slots[:_SLOTS] if isinstance(slots, list) else []
    kept: list[JsonObject] = [slot for slot in rows if isinstance(slot, dict)] or [_range(row)]
    zone = _zone(row)
    windows = [_dates(slot, zone) for slot in kept]
    open_ones = (window for window in windows if window[1] is None or window[1] > read_at)
    return next(open_ones, windows[-1])


def _dates(slot: JsonObject, zone: tzinfo) -> Window:
    """Version 1.19 and 1.20 wrote UTC, and the server's zone beside it."""
    zone = UTC if "serverTimezoneOffset" in slot else zone
    starts_at = date_at(slot, "startDate", "start_date", zone=zone)
    return starts_at, date_at(slot, "endDate", "end_date", zone=zone)


def _range(row: JsonObject) -> JsonObject:
    dates = row.get("dateRange")
    if row.get("strategy") != "single" or not isinstance(dates, list):
        return {}
    return dict(zip(("startDate", "endDate"), dates, strict=False))


def _zone(row: JsonObject) -> tzinfo:
    """What a bare date is in: the work's own zone, by its name, or else as it is now."""
    offset = text_at(row, "timezoneOffset")
    if offset is None:
        return UTC
    try:
        return ZoneInfo(text_at(row, "timezone") or "")
    except (ValueError, KeyError, OSError):
        known = parse_date(f"2026-01-01T00:00:00{offset}")
        return timezone(_NEW_YEAR - known) if known else UTC
