"""A page without an API, read by the CSS selectors that its source declares.

What must be there (the canary, at least one row) and is not makes the page unreadable: a changed
page is never taken for a fine one.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from bot.clock import BRUSSELS
from bot.knowledge.model import Selectors, Source
from bot.status.model import Component, Reading, State
from bot.status.readers.dates import parse_date
from bot.status.readers.decoding import decode
from bot.status.readers.protocol import (
    Bodies,
    ContentTypes,
    Remarks,
    content_type_of,
    nameless,
    source_id,
    told_apart,
)
from bot.status.readers.text import clean, fold
from bot.status.unreadable import UnreadableError, UnreadableReason

MAX_TAGS = 50_000
MAX_DEPTH = 256
MAX_ROWS = 500
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DURATION = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,6})?)\s*(ms|s|sec|sek|msec|seconds?|secondes?)\b", re.IGNORECASE
)
_ELEMENT = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})\b[^<>]*?(/?)>")
_SCRIPT = re.compile(r"<(script|style|!--)|(</script>|</style>|-->)", re.IGNORECASE)
_SELF_CLOSING = frozenset(
    "area base br col embed hr img input link meta source track wbr li p td th tr dt dd option"
    " thead tbody tfoot html head body".split()
)
_DATE = re.compile(r"\d[\d/.:T+Zhu -]{7,40}")


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`. Raises CONTRACT where no selectors are declared or what they ask is gone."""
    if source is None or source.selectors is None:
        raise _broken("a page of HTML is read by the selectors of a source; none was given")
    selectors = source.selectors
    page = _parse(bodies[0], content_type_of(content_types))
    rows = _rows(page, selectors)
    remarks = Remarks()
    updated_at = _updated_at(page, selectors, remarks)
    words = {fold(word): _state(state) for word, state in selectors.words.items()}
    components = tuple(
        replace(_component(row, number, selectors, words, remarks), updated_at=updated_at)
        for number, row in enumerate(rows[:MAX_ROWS])
    )
    return Reading(source_id(source), read_at, told_apart(components), remarks=remarks.all())


def _broken(detail: str) -> UnreadableError:
    return UnreadableError(UnreadableReason.CONTRACT, detail)


def _parse(body: bytes, content_type: str | None) -> LexborHTMLParser:
    declared = _META.search(body[:4096])
    text = decode(body, content_type, declared.group(1).decode() if declared else None)
    if text.count("<") > MAX_TAGS:
        raise UnreadableError(UnreadableReason.TOO_LARGE, "too many tags")
    _check_depth(text)
    return LexborHTMLParser(text)


def _check_depth(text: str) -> None:
    """Refuses a page that opens hundreds of elements within each other: a tree of it costs minutes.

    Elements that close by themselves (`<li>`, `<br>`) do not count, nor what a script holds.
    """
    depth = 0
    for found in _ELEMENT.finditer(_without_scripts(text)):
        if found.group(2).lower() not in _SELF_CLOSING and not found.group(3):
            depth += -1 if found.group(1) else 1
        if depth > MAX_DEPTH:
            raise UnreadableError(UnreadableReason.NOT_THE_FORMAT, "nested too deep")


def _without_scripts(text: str) -> str:
    """The markup outside of scripts, styles and comments; one pass, whatever they hold."""
    kept, begin, inside = [], 0, False
    for found in _SCRIPT.finditer(text):
        if not inside and found.group(1):
            kept.append(text[begin : found.start()])
            inside = True
        elif inside and found.group(2):
            begin, inside = found.end(), False
    return "".join(kept if inside else [*kept, text[begin:]])


def _rows(page: LexborHTMLParser, selectors: Selectors) -> list[LexborNode]:
    """The rows of a page that still has its canary; none only beside the all-clear marker."""
    try:
        if page.css_first(selectors.canary) is None:
            raise _broken(f"the canary {selectors.canary!r} is gone")
        rows = page.css(selectors.rows)
        all_clear = bool(selectors.no_incidents and page.css_first(selectors.no_incidents))
    except SelectolaxError as error:
        raise _broken("a selector is no CSS") from error
    if not rows and not all_clear:
        raise _broken(f"no row {selectors.rows!r}")
    return rows


def _component(
    row: LexborNode,
    number: int,
    selectors: Selectors,
    words: Mapping[str, State],
    remarks: Remarks,
) -> Component:
    name = _text(row, selectors.name)
    if not name:
        return nameless(remarks, None, f"row {number + 1}")
    word, state = _said(row, selectors.state, words)
    if state is None:
        remarks.unknown_state(word, name)
    return Component(
        id=name,
        names=(name,),
        state=state or State.UNKNOWN,
        word=word,
        response_seconds=_seconds(row, selectors.response_time, remarks),
    )


def _text(row: LexborNode, selector: str) -> str:
    node = row.css_first(selector)
    return clean(node.text(separator=" ")) if node else ""


def _said(
    row: LexborNode, selector: str, words: Mapping[str, State]
) -> tuple[str | None, State | None]:
    """The state by the element's text, else by one of its classes; two that differ are none."""
    node = row.css_first(selector)
    if node is None:
        return None, None
    text = clean(node.text(separator=" "))
    classes = (node.attributes.get("class") or "").split()
    found = {words[fold(word)] for word in (text, *classes) if fold(word) in words}
    return text or " ".join(classes), found.pop() if len(found) == 1 else None


def _state(word: str) -> State:
    try:
        return State(word)
    except ValueError:
        return State.UNKNOWN


def _seconds(row: LexborNode, selector: str | None, remarks: Remarks) -> float | None:
    text = _text(row, selector) if selector else ""
    found = _DURATION.search(text)
    if found is None:
        if text:
            remarks.note(f"response time {text!r} is not understood")
        return None
    number = float(found.group(1).replace(",", "."))
    return number / 1000 if found.group(2).lower().startswith("m") else number


def _updated_at(page: LexborHTMLParser, selectors: Selectors, remarks: Remarks) -> datetime | None:
    if selectors.updated_at is None:
        return None
    node = page.css_first(selectors.updated_at)
    if node is None:
        raise _broken(f"the date {selectors.updated_at!r} is gone")
    text = node.attributes.get("datetime") or clean(node.text(separator=" "))
    date = _DATE.search(text)
    found = parse_date(date.group(0).strip() if date else text, BRUSSELS)
    if found is None:
        remarks.note(f"the date {text!r} is not understood")
    return found
