"""Gatus: `/api/v1/endpoints/statuses`, or one endpoint of it. The last result decides.

https://github.com/TwiN/gatus
"""

from datetime import datetime
from typing import Any

from bot.knowledge.model import Source
from bot.status.model import Component, Reading, State
from bot.status.readers.jsontree import (
    JsonObject,
    amount_at,
    date_at,
    id_at,
    list_at,
    newest,
    not_the_format,
    objects,
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
    told_apart,
)
from bot.status.readers.words import worse

_NANOSECONDS = 1_000_000_000
_OUTCOMES = {True: State.OPERATIONAL, False: State.MAJOR_OUTAGE}


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`."""
    rows = objects(_rows(parse_json(bodies[0], content_type_of(content_types))), "endpoints")
    if not any("results" in row for row in rows):
        raise not_the_format("no endpoint with results")
    remarks = Remarks()
    components = told_apart(_component(row, number, remarks) for number, row in enumerate(rows))
    return Reading(source_id(source), read_at, components, remarks=remarks.all())


def _rows(tree: Any) -> list[Any]:
    """A list, one endpoint, or as before version 3 endpoints by key, or one beside its uptime."""
    if not isinstance(tree, dict):
        return list_at(tree, "the body")
    if "results" in tree:
        return [tree]
    return [row for row in tree.values() if isinstance(row, dict) and "results" in row]


def _component(row: JsonObject, number: int, remarks: Remarks) -> Component:
    key, name = id_at(row, "key"), text_at(row, "name")
    if name is None:
        return nameless(remarks, key, f"endpoint {number + 1}")
    results = row.get("results")
    result, latest = newest(results if isinstance(results, list) else [], "timestamp")
    state = worse(_state(result), _state(latest))
    if state is State.UNKNOWN:
        remarks.note(f"{name}: no result that tells a state")
    success = result.get("success")
    return Component(
        id=key or name,
        names=(name,),
        state=state,
        group=text_at(row, "group"),
        word=str(success) if success is not None else None,
        updated_at=date_at(result, "timestamp"),
        response_seconds=amount_at(result, "duration", _NANOSECONDS),
    )


def _state(result: JsonObject) -> State:
    success = result.get("success")
    return _OUTCOMES[success] if isinstance(success, bool) else State.UNKNOWN
