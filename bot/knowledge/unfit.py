"""What does not fit the types of an entry, in words that an editor can act on."""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.document import Document, PathKey
from bot.knowledge.model import Entry
from bot.knowledge.problems import Problem

EMPTY_LIST, EMPTY_TEXT = "too_short", "string_too_short"
PLAIN: Mapping[str, str] = {
    EMPTY_LIST: "the list is empty",
    EMPTY_TEXT: "the text is empty",
    "string_type": "this is no text",
    "tuple_type": "this is no list",
    "model_type": "this has no keys of its own",
}
"""Of the others, what pydantic says is plain enough."""
MENDS: Mapping[str, str] = {
    "missing": "add this key (all four languages: fr, nl, de, en)",
    "extra_forbidden": "remove the key or correct its spelling",
    EMPTY_LIST: "give at least one",
    EMPTY_TEXT: "write the text",
    "string_pattern_mismatch": "use small letters, digits and single hyphens",
    "string_type": "put the text in double quotes",
    "tuple_type": "write each on a line of its own, after a hyphen",
    "model_type": "write its keys below it, each on a line of its own",
}


def misfits(
    error: ValidationError, document: Document, key: PathKey, entry_type: type[Entry]
) -> Iterator[Problem]:
    """Each fault once: a list whose texts are all empty is not told as an empty list too."""
    faults = error.errors(include_url=False, include_input=False)
    for fault in faults:
        place = fault["loc"]
        if fault["type"] == EMPTY_LIST and any(_within(one["loc"], place) for one in faults):
            continue
        name = ".".join(str(part) for part in place) or "entry"
        what = f"{name}: {PLAIN.get(fault['type'], fault['msg'])}"
        yield document.problem((*key, *place), what, _mend(fault, entry_type))


def _within(place: PathKey, whole: PathKey) -> bool:
    return len(place) > len(whole) and place[: len(whole)] == whole


def _mend(fault: ErrorDetails, entry_type: type[Entry]) -> str:
    mend = MENDS.get(fault["type"], "compare it with the other entries of this file")
    if fault["type"] != EMPTY_TEXT or not fault["loc"]:
        return mend
    if isinstance(fault["loc"][-1], int):
        return f"{mend}, or take it out of the list"
    name = str(fault["loc"][0])
    field = entry_type.model_fields.get(name)
    may_be_null = field is not None and not field.is_required() and field.default is None
    return f"{mend}, or `{name}: null` where there is nothing to say" if may_be_null else mend
