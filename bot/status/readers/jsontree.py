"""A JSON body as a bounded tree, and the few ways in which readers take values out of it."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeVar

from bot.status.readers.dates import parse_date
from bot.status.readers.decoding import decode
from bot.status.readers.text import TITLE_LIMIT, clean
from bot.status.unreadable import UnreadableError, UnreadableReason

MAX_DEPTH = 24
MAX_CONTAINERS = 250_000
MAX_VALUES = 500_000
MAX_ROWS = 5_000
MAX_AMOUNT = 10**15

JsonObject = Mapping[str, Any]
Row = TypeVar("Row")


def not_the_format(detail: str) -> UnreadableError:
    """The error of a body that is not what its format says: raise it with the place."""
    return UnreadableError(UnreadableReason.NOT_THE_FORMAT, detail)


def parse_json(body: bytes, content_type: str | None) -> Any:
    """The tree. The Content-Type is asked for a charset only: some APIs mislabel their JSON.

    Raises UnreadableError: NOT_THE_FORMAT for HTML, truncated, contradicting or nested JSON.
    """
    text = decode(body, content_type).strip()
    if text.startswith("<"):
        raise not_the_format("HTML or XML where JSON was expected")
    if _too_many(text):
        raise UnreadableError(UnreadableReason.TOO_LARGE, "too many values")
    try:
        tree = json.loads(text, parse_constant=_refuse, object_pairs_hook=_object)
    except RecursionError as error:
        raise not_the_format("nested too deep") from error
    except ValueError as error:
        raise not_the_format(f"not JSON: {str(error)[:80]}") from error
    _check_depth(tree)
    return tree


def _too_many(text: str) -> bool:
    containers = text.count("{") + text.count("[")
    return containers > MAX_CONTAINERS or text.count(",") > MAX_VALUES


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        for key, value in pairs:
            if found[key] != value:
                raise ValueError(f"two values for {key[:40]!r}")
    return found


def _check_depth(tree: Any) -> None:
    level = [tree]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise not_the_format("nested too deep")


def object_at(tree: Any, place: str) -> JsonObject:
    """`tree` as an object, or NOT_THE_FORMAT with the place."""
    if not isinstance(tree, dict):
        raise not_the_format(f"{place} is no object")
    return tree


def list_at(tree: Any, place: str) -> list[Any]:
    """`tree` as a list, or NOT_THE_FORMAT with the place."""
    if not isinstance(tree, list):
        raise not_the_format(f"{place} is no list")
    return tree


def optional_list(tree: JsonObject, key: str) -> list[Any]:
    """The list under a key; absent or null is empty, anything else NOT_THE_FORMAT."""
    value = tree.get(key)
    return [] if value is None else list_at(value, key)


def objects(rows: Iterable[Any], place: str, most: int = MAX_ROWS) -> tuple[JsonObject, ...]:
    """The rows that are objects; where there are rows and none is one, NOT_THE_FORMAT.

    More than `most` are TOO_LARGE: no status page has so many, and each costs time.
    """
    everything = list(rows)
    if len(everything) > most:
        raise UnreadableError(UnreadableReason.TOO_LARGE, f"{len(everything)} rows in {place}")
    found = tuple(row for row in everything if isinstance(row, dict))
    if everything and not found:
        raise not_the_format(f"{place} holds no objects")
    return found


def rows_at(row: JsonObject, key: str) -> tuple[JsonObject, ...]:
    """The objects of a list under a key; whatever else stands there is none."""
    value = row.get(key)
    return tuple(one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def at_most(rows: Iterable[Row], place: str) -> Iterator[Row]:
    """The rows of several lists together: as many as one list may hold, or TOO_LARGE."""
    for number, row in enumerate(rows):
        if number == MAX_ROWS:
            raise UnreadableError(UnreadableReason.TOO_LARGE, f"over {MAX_ROWS} {place}")
        yield row


def text_at(row: JsonObject, *keys: str, limit: int = TITLE_LIMIT) -> str | None:
    """The first key that holds text, cleaned."""
    for key in keys:
        value = row.get(key)
        if isinstance(value, str):
            found = clean(value, limit)
            if found:
                return found
    return None


def id_at(row: JsonObject, *keys: str) -> str | None:
    """The first key that holds an id: text, or a whole number."""
    for key in keys:
        value = row.get(key)
        if isinstance(value, str) and value.strip():
            return clean(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)[:40]
    return None


def whole_at(row: JsonObject, key: str) -> int | None:
    """A whole number, also where it is written as text; true and false are no numbers."""
    value = row.get(key)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value[:9])
    return None


def amount_at(row: JsonObject, key: str, per: int) -> float | None:
    """A number that is not negative, divided: milliseconds with `per` 1000 become seconds."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 <= value < math.inf:
        return None
    return min(value, MAX_AMOUNT) / per


def newest(rows: list[Any], key: str) -> tuple[JsonObject, JsonObject]:
    """The last entry of a history, and the one with the newest date under `key`.

    In a sound history they are one; where they are not, the worse of the two is to be believed.
    What is no object counts as an entry that tells nothing.
    """
    entries = [row if isinstance(row, dict) else {} for row in rows] or [{}]
    dated = [(found, row) for row in entries if (found := date_at(row, key))]
    latest = max(dated, key=_moment, default=None)
    last: JsonObject = entries[-1]
    return last, latest[1] if latest and date_at(last, key) else last


def _moment(dated: tuple[datetime, JsonObject]) -> datetime:
    return dated[0]


def date_at(row: JsonObject, *keys: str, zone: tzinfo = UTC) -> datetime | None:
    """The first key that holds a date."""
    for key in keys:
        found = parse_date(row.get(key), zone)
        if found:
            return found
    return None
