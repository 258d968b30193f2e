"""Atlassian Statuspage v2 and the pages that speak its shape (incident.io, Rootly).

Reads summary, components, incidents and scheduled-maintenances alike: each list that is there, or
that stands there as null (incident.io writes an empty one so). Groups are components too.
https://developer.statuspage.io/ and https://docs.incident.io/status-pages/api name the fields.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.knowledge.model import Source
from bot.status.model import Component, Incident, Reading, State
from bot.status.readers.jsontree import (
    JsonObject,
    at_most,
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
    told_apart,
)
from bot.status.readers.statuspage_events import HIT, event
from bot.status.readers.words import state_of

_INCIDENTS = ("incidents", "ongoing_incidents")
_MAINTENANCES = ("in_progress_maintenances", "scheduled_maintenances")
_LISTS = ("components", *_INCIDENTS, *_MAINTENANCES)
_SINGLE = {
    "component": "components",
    "incident": "incidents",
    "scheduled_maintenance": "scheduled_maintenances",
}


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`."""
    tree = _lists(object_at(parse_json(bodies[0], content_type_of(content_types)), "the body"))
    if "page" in tree:
        object_at(tree["page"], "page")
    remarks, name = Remarks(), source_id(source)
    rows, hit = at_most(_with_members(tree), "components"), _hit(tree)
    components = told_apart(
        _component(row, number, hit, remarks) for number, row in enumerate(rows)
    )
    events = _once(event(row, name, remarks, listed=listed) for row, listed in _events(tree))
    return Reading(
        source=name,
        read_at=read_at,
        components=components,
        incidents=tuple(one for one, planned in events if not planned),
        maintenances=tuple(one for one, planned in events if planned),
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
        yield from (inner for inner in rows_at(row, "components") if id_at(inner, "id") not in met)


def _hit(tree: JsonObject) -> Mapping[str, str]:
    """Where components bear no state of their own: the words of those that are hit, by id.

    The others stay unknown. incident.io's own page paints them green, but what it is built from
    does not say so: with an entry lost, one that is hit would look the same.
    """
    pairs = ((id_at(row, "component_id"), text_at(row, "status")) for row in rows_at(tree, HIT))
    return {key: word for key, word in pairs if key and word}


def _once(events: Iterator[tuple[Incident, bool]]) -> tuple[tuple[Incident, bool], ...]:
    """Work that runs may stand in both lists of maintenances: it is one."""
    met: set[str] = set()
    kept: list[tuple[Incident, bool]] = []
    for one, planned in events:
        if not planned or one.id not in met:
            kept.append((one, planned))
        met |= {one.id} if planned else set()
    return tuple(kept)


def _events(tree: JsonObject) -> Iterator[tuple[JsonObject, bool]]:
    """Each with whether it stands in a list of maintenances."""
    for key in (*_INCIDENTS, *_MAINTENANCES):
        for row in objects(optional_list(tree, key), key):
            yield row, key in _MAINTENANCES


def _component(row: JsonObject, number: int, hit: Mapping[str, str], remarks: Remarks) -> Component:
    key, name = id_at(row, "id"), text_at(row, "name")
    if name is None:
        return nameless(remarks, key, f"component {number + 1}")
    word = text_at(row, "status", "current_status") or hit.get(key or "")
    state = state_of(word)
    if state is None:
        remarks.unknown_state(word, name)
    return Component(
        id=key or name,
        names=(name,),
        state=state or State.UNKNOWN,
        group=text_at(row, "group_name"),
        word=word,
    )
