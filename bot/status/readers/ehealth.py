"""Components of status.ehealth.fgov.be: a list, or `{"data": [...]}`.

What is known of it comes from a client that polls it (https://github.com/sebadv/ha-ehealth-status):
`status_name` is trusted; the meaning of `status_code` is not published, so it may only make a
state worse, never fine.
"""

from datetime import datetime
from typing import Any

from bot.clock import BRUSSELS
from bot.knowledge.model import Source
from bot.status.model import Component, Reading, State
from bot.status.readers.jsontree import (
    JsonObject,
    date_at,
    id_at,
    list_at,
    not_the_format,
    objects,
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
    told_apart,
)
from bot.status.readers.words import state_of, worse

_LANGUAGES = ("_fr", "_nl", "_de", "_en", "")
_NAMES = tuple(
    f"{stem}{language}" for stem in ("name", "component_name") for language in _LANGUAGES
)
_WORDS = tuple(f"status_name{language}" for language in ("", *_LANGUAGES[:-1]))
_CODES = {
    2: State.DEGRADED,
    3: State.PARTIAL_OUTAGE,
    4: State.MAJOR_OUTAGE,
    6: State.MAINTENANCE,
}


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`. An empty list is refused: a page without components is not "all fine"."""
    tree = parse_json(bodies[0], content_type_of(content_types))
    remarks = Remarks()
    rows = objects(_rows(tree), "components")
    components = told_apart(_component(row, number, remarks) for number, row in enumerate(rows))
    if all(component.word is None for component in components):
        raise not_the_format("no component with a name and a status")
    return Reading(source_id(source), read_at, components, remarks=remarks.all())


def _rows(tree: Any) -> list[Any]:
    found = tree.get("data") if isinstance(tree, dict) else tree
    rows = list_at(_unnumbered(found), "components")
    if not rows:
        raise not_the_format("the list of components is empty")
    return rows


def _unnumbered(rows: Any) -> Any:
    """PHP writes a list from which a row was taken as an object, with numbers for keys."""
    numbers = sorted(filter(str.isdecimal, rows), key=int) if isinstance(rows, dict) else []
    return [rows[number] for number in numbers] or rows


def _component(row: JsonObject, number: int, remarks: Remarks) -> Component:
    names = tuple(dict.fromkeys(name for key in _NAMES if (name := text_at(row, key))))
    key = id_at(row, "id")
    if not names:
        return nameless(remarks, key, f"component {number + 1}")
    return Component(
        id=key or names[0],
        names=names,
        state=_state(row, names[0], remarks),
        group=text_at(row, "group_name_fr", "group_name_nl"),
        word=text_at(row, *_WORDS),
        updated_at=date_at(row, "last_updated", zone=BRUSSELS),
    )


def _state(row: JsonObject, name: str, remarks: Remarks) -> State:
    word = text_at(row, *_WORDS)
    said = state_of(word)
    if said is None:
        remarks.unknown_state(word, name)
    code = _CODES.get(whole_at(row, "status_code") or 0) or state_of(text_at(row, "status_code"))
    if code is None or code is State.OPERATIONAL:
        return said or State.UNKNOWN
    if said is not None and code is not said:
        remarks.note(f"name and code of {name} disagree: {word!r}, {row.get('status_code')!r}")
    return worse(said or State.UNKNOWN, code)
