"""Instatus: `/summary.json` and `/v2/components.json`, and Checkly's pages of the same shape.

https://instatus.com/help/api: lists also come bare, and the rows tell what they are.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.knowledge.model import Source
from bot.status.model import Component, Incident, Phase, Reading, State
from bot.status.readers.dates import end_of
from bot.status.readers.jsontree import (
    JsonObject,
    at_most,
    date_at,
    id_at,
    not_the_format,
    objects,
    optional_list,
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
    told_apart,
)
from bot.status.readers.text import BODY_LIMIT
from bot.status.readers.words import (
    CLOSED_PHASES,
    IMPACTS,
    impact_of,
    phase_of,
    phase_of_work,
    state_of,
    worst,
)

_INCIDENTS = ("activeIncidents", "incidents")
_MAINTENANCES = ("activeMaintenances", "maintenances")
_LISTS = ("components", *_INCIDENTS, *_MAINTENANCES)
_PAGE_STATE = re.compile(r"(UP|(ALL|SOME|ONE|HAS|UNDER|MAJOR|MINOR|PARTIAL)[A-Z_]{4,40})")
_OF_INCIDENTS = frozenset({"started", "startedAt", "updates"})
_OF_ROWS = _OF_INCIDENTS | {"start", "id"}
_UPDATES = 5


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`. A summary without open incidents tells no component, so nothing is green."""
    tree = parse_json(bodies[0], content_type_of(content_types))
    tree = _wrapped(tree)
    if not isinstance(tree, dict) or not _known(tree):
        raise not_the_format("neither a summary nor components")
    name, remarks = source_id(source), Remarks()
    rows = objects(optional_list(tree, "components"), "components")
    for key in _LISTS:
        objects(optional_list(tree, key), key)
    return Reading(
        source=name,
        read_at=read_at,
        components=told_apart(at_most(_components(rows, None, remarks), "components")),
        incidents=tuple(_incident(row, name, remarks) for row in _events(tree, _INCIDENTS)),
        maintenances=tuple(
            _maintenance(row, name, remarks) for row in _events(tree, _MAINTENANCES)
        ),
        remarks=remarks.all(),
    )


def _wrapped(tree: Any) -> Any:
    """A bare list, or one component, incident or maintenance by itself, under its name."""
    if isinstance(tree, dict) and _is_row(tree):
        tree = [tree] if all(map(tree.get, ("id", "name", "status"))) else None
    return {_kind(tree): tree} if isinstance(tree, list) and tree else tree


def _is_row(tree: JsonObject) -> bool:
    """An incident lists the components that it hits as a page lists its own: it is no page."""
    return "page" not in tree and not _OF_ROWS.isdisjoint(tree)


def _kind(rows: list[Any]) -> str:
    """What a bare list holds."""
    keys = {key for row in rows if isinstance(row, dict) for key in row}
    if "start" in keys:
        return "activeMaintenances"
    return "components" if _OF_INCIDENTS.isdisjoint(keys) else "activeIncidents"


def _known(tree: JsonObject) -> bool:
    page = tree.get("page")
    said = text_at(page, "status") if isinstance(page, dict) else None
    page_state = said is not None and _PAGE_STATE.fullmatch(said) is not None
    return page_state or any(isinstance(tree.get(key), list) for key in _LISTS)


def _events(tree: JsonObject, keys: tuple[str, ...]) -> Iterator[JsonObject]:
    """Those of the page and of its components: one that hits several stands below each of them."""
    kept: dict[str, tuple[JsonObject, list[JsonObject]]] = {}
    found = ((row, one) for one in _holders(tree) for key in keys for row in rows_at(one, key))
    for row, holder in found:
        key = id_at(row, "id") or f"#{len(kept)}"
        kept.setdefault(key, (row, []))[1].append(holder)
    for row, hit in at_most(kept.values(), keys[-1]):
        yield {**row, "components": row.get("components") or hit}


def _holders(tree: JsonObject) -> Iterator[JsonObject]:
    yield tree
    for key in ("components", "children"):
        for row in rows_at(tree, key):
            yield from _holders(row)


def _components(
    rows: tuple[JsonObject, ...], group: str | None, remarks: Remarks
) -> Iterator[Component]:
    for number, row in enumerate(rows):
        yield _component(row, number, group, remarks)
        inner = row.get("children")
        if isinstance(inner, list):
            yield from _components(objects(inner, "children"), text_at(row, "name"), remarks)


def _component(row: JsonObject, number: int, group: str | None, remarks: Remarks) -> Component:
    key, name = id_at(row, "id"), text_at(row, "name")
    if name is None:
        return nameless(remarks, key, f"component {number + 1}")
    word = text_at(row, "status")
    state = _state(word)
    is_silent = state in {None, State.UNKNOWN, State.OPERATIONAL}
    if state is None:
        remarks.unknown_state(word, name)
    return Component(
        id=key or name,
        names=(name,),
        state=worst((state or State.UNKNOWN, *(_hits(row) if is_silent else ()))),
        group=group or _group(row.get("group")),
        word=word,
    )


def _state(word: str | None) -> State | None:
    """Checkly says what is wrong with a component in the words of an incident's severity."""
    said = state_of(word)
    if said or word is None:
        return said
    severity = IMPACTS.get(word.casefold())
    return None if severity is State.OPERATIONAL else severity


def _hits(row: JsonObject) -> Iterator[State]:
    """What its open incidents do where they do most; Instatus leaves its word at OPERATIONAL."""
    for key in _INCIDENTS:
        for incident in rows_at(row, key):
            impact = text_at(incident, "impact", "severity")
            if impact and phase_of(text_at(incident, "status")) not in CLOSED_PHASES:
                yield impact_of(impact)


def _group(value: Any) -> str | None:
    return text_at(value, "name") if isinstance(value, dict) else text_at({"group": value}, "group")


def _incident(row: JsonObject, source: str, remarks: Remarks) -> Incident:
    title, phase = _titled(row, remarks)
    updated_at = date_at(row, "updatedAt", "resolved", "resolvedAt")
    return Incident(
        id=id_at(row, "id") or title,
        source=source,
        title=title,
        phase=phase,
        services=tuple(_affected(row)),
        impact=impact_of(text_at(row, "impact", "severity")),
        started_at=date_at(row, "started", "startedAt"),
        resolved_at=_resolved_at(row) if phase is Phase.RESOLVED else None,
        updated_at=updated_at,
        updates=tuple(_updates(row)),
        url=text_at(row, "url"),
    )


def _resolved_at(row: JsonObject) -> datetime | None:
    return date_at(row, "resolved", "resolvedAt", "updatedAt")


def _affected(row: JsonObject) -> Iterator[str]:
    affected = row.get("affectedServices") or row.get("affectedComponents") or row.get("components")
    for inner in affected if isinstance(affected, list) else []:
        name = text_at(inner, "name") if isinstance(inner, dict) else None
        if name:
            yield name


def _updates(row: JsonObject) -> Iterator[str]:
    """Newest first; Instatus writes its oldest first."""
    latest = rows_at(row, "updates")[: -_UPDATES - 1 : -1]
    texts = (text_at(one, "message", limit=BODY_LIMIT) for one in latest)
    yield from (text for text in texts if text)


def _maintenance(row: JsonObject, source: str, remarks: Remarks) -> Incident:
    title, phase = _titled(row, remarks)
    starts_at = date_at(row, "start", "startedAt", "startsAt")
    return Incident(
        id=id_at(row, "id") or title,
        source=source,
        title=title,
        phase=phase_of_work(phase),
        services=tuple(_affected(row)),
        updated_at=date_at(row, "updatedAt"),
        starts_at=starts_at,
        ends_at=date_at(row, "endsAt") or end_of(starts_at, whole_at(row, "duration")),
        url=text_at(row, "url"),
    )


def _titled(row: JsonObject, remarks: Remarks) -> tuple[str, Phase | None]:
    title, word = text_at(row, "name") or "", text_at(row, "status")
    phase = phase_of(word)
    if phase is None:
        remarks.note(f"unknown phase {word!r} of {title!r}")
    return title, phase
