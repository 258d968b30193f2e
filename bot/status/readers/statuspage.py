"""Atlassian Statuspage v2 and the pages that speak its shape (incident.io, Rootly).

Reads summary, components, incidents and scheduled-maintenances alike: each list that is there, or
that stands there as null (incident.io writes an empty one so). Groups are components too.
https://developer.statuspage.io/ and https://docs.incident.io/status-pages/api name the fields.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
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
from bot.status.readers.words import (
    CLOSED_PHASES,
    MAINTENANCE_PHASES,
    impact_of,
    phase_of,
    phase_of_work,
    state_of,
)

_INCIDENTS = ("incidents", "ongoing_incidents")
_MAINTENANCES = ("in_progress_maintenances", "scheduled_maintenances")
_LISTS = ("components", *_INCIDENTS, *_MAINTENANCES)
_SINGLE = {
    "component": "components",
    "incident": "incidents",
    "scheduled_maintenance": "scheduled_maintenances",
}
_HIT = "affected_components"
_IMPACTS = "component_impacts"
"""What incident.io's own pages tell of an incident: a component, how badly, from when to when."""
_NOTHING_HIT = "No components were affected"
"""Statuspage writes this sentence where the name of a component stands."""
_UPDATES = 5


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`."""
    tree = _lists(object_at(parse_json(bodies[0], content_type_of(content_types)), "the body"))
    if "page" in tree:
        object_at(tree["page"], "page")
    remarks, name = Remarks(), source_id(source)
    rows, hit = at_most(_with_members(tree), "components"), _hit(tree)
    components = tuple(_component(row, number, hit, remarks) for number, row in enumerate(rows))
    events = _once(_event(row, key, name, remarks) for key, row in _events(tree))
    return Reading(
        source=name,
        read_at=read_at,
        components=components,
        incidents=tuple(event for event, planned in events if not planned),
        maintenances=tuple(event for event, planned in events if planned),
        remarks=remarks.all(),
    )


def _lists(tree: JsonObject) -> JsonObject:
    """The object that holds the lists: the body, or what incident.io's own pages wrap in it.

    A page may tell nothing but its overall word, which says nothing of any component.
    """
    if isinstance(tree.get("summary"), dict):
        tree = tree["summary"]
    single = {many: [tree[one]] for one, many in _SINGLE.items() if isinstance(tree.get(one), dict)}
    tree = {**tree, **single}
    if any(isinstance(tree.get(key), list) for key in _LISTS):
        return tree
    is_page = isinstance(tree.get("page"), dict) or text_at(tree, "page_title")
    overall = tree.get("status")
    told = any(key in tree for key in _LISTS) or (isinstance(overall, dict) and overall)
    if is_page and told:
        return tree
    raise not_the_format(f"none of {', '.join(_LISTS)}")


def _with_members(tree: JsonObject) -> Iterator[JsonObject]:
    """The components; a group names its members by id, or holds those that stand nowhere else."""
    rows = objects(optional_list(tree, "components"), "components")
    met = {id_at(row, "id") for row in rows}
    for row in rows:
        yield row
        yield from (inner for inner in _rows(row, "components") if id_at(inner, "id") not in met)


def _hit(tree: JsonObject) -> Mapping[str, str]:
    """Where components bear no state of their own: the words of those that are hit, by id.

    The others stay unknown. incident.io's own page paints them green, but what it is built from
    does not say so: with an entry lost, one that is hit would look the same.
    """
    pairs = ((id_at(row, "component_id"), text_at(row, "status")) for row in _rows(tree, _HIT))
    return {key: word for key, word in pairs if key and word}


def _once(events: Iterator[tuple[Incident, bool]]) -> tuple[tuple[Incident, bool], ...]:
    """Work that runs may stand in both lists of maintenances: it is one."""
    met: set[str] = set()
    kept: list[tuple[Incident, bool]] = []
    for event, planned in events:
        if not planned or event.id not in met:
            kept.append((event, planned))
        met |= {event.id} if planned else set()
    return tuple(kept)


def _events(tree: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for key in (*_INCIDENTS, *_MAINTENANCES):
        for row in objects(optional_list(tree, key), key):
            yield key, row


def _component(row: JsonObject, number: int, hit: Mapping[str, str], remarks: Remarks) -> Component:
    key, name = id_at(row, "id"), text_at(row, "name")
    if name is None:
        return nameless(remarks, key, f"component {number + 1}")
    word = text_at(row, "status", "current_status") or hit.get(key or "")
    state = state_of(word)
    if state is None:
        remarks.note(f"unknown state word {word!r} of {name}")
    return Component(
        id=key or name,
        names=(name,),
        state=state or State.UNKNOWN,
        group=text_at(row, "group_name"),
        word=word,
    )


def _event(row: JsonObject, key: str, source: str, remarks: Remarks) -> tuple[Incident, bool]:
    """An incident or maintenance, and whether it is a maintenance."""
    title = text_at(row, "name", "title") or ""
    word = text_at(row, "status")
    phase = phase_of(word)
    if phase is None:
        remarks.note(f"unknown phase {word!r} of {title!r}")
    planned = key in _MAINTENANCES or phase in MAINTENANCE_PHASES or bool(row.get("scheduled_for"))
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
        started_at=started_at,
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
    written = _dates(row, "updates", "published_at", "created_at")
    last = max((*written, *_dates(row, _IMPACTS, "end_at")), default=None)
    return date_at(row, "resolved_at") or updated or last


def _rows(row: JsonObject, key: str) -> Iterator[JsonObject]:
    value = row.get(key)
    yield from (
        (inner for inner in value if isinstance(inner, dict)) if isinstance(value, list) else ()
    )


def _dates(row: JsonObject, key: str, *names: str) -> Iterator[datetime]:
    """One of each row of a list that bears one."""
    yield from filter(None, (date_at(inner, *names) for inner in _rows(row, key)))


def _affected(row: JsonObject) -> Iterator[str]:
    """Names of the components: the incident's own list, or else those of its updates."""
    own = [name for key in ("components", _HIT) for name in _named(row.get(key))]
    own = own or list(_named(row.get(_IMPACTS)))
    if own:
        yield from own
        return
    for update in _rows(row, "incident_updates"):
        for inner in _rows(update, _HIT):
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
    rows = list(_rows(row, "incident_updates"))[:_UPDATES]
    texts = (text_at(update, "body", limit=BODY_LIMIT) for update in rows)
    yield from (text for text in texts if text)
    if last := text_at(row, "last_update_message", limit=BODY_LIMIT):
        yield last
