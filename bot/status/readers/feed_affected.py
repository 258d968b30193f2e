"""Which components a feed entry names, and how badly they are hit.

incident.io lists them with their state, Instatus, Kener and Google in a line.
"""

import re
from collections.abc import Iterator

from bot.status.model import State
from bot.status.readers.feed_page import Page
from bot.status.readers.text import clean, fold
from bot.status.readers.words import state_of, worst

_LINE = re.compile(
    r"(?:affected (?:components|products)|(?:^|>) {0,20}affected):"
    r"(?:</[a-z]{1,8}>)? *([^\n<]{1,500})",
    re.IGNORECASE | re.MULTILINE,
)
_EVERYTHING = "all monitors"
_ITEM = re.compile(r"^(.{1,200}?) \(([^()]{1,40})\)$")
_HEADINGS = frozenset(
    {
        "affectedcomponents",
        "affectedservices",
        "affectedsystems",
        "composantsaffectes",
        "composantstouches",
        "servicesaffectes",
        "servicestouches",
        "getroffenonderdelen",
        "getroffencomponenten",
        "getroffendiensten",
        "betroffenekomponenten",
        "betroffenedienste",
    }
)


def affected(pages: tuple[Page, ...]) -> tuple[tuple[str, ...], State]:
    """Names, and the worst state; UNKNOWN where none is told."""
    named = {name: state for page in pages for name, state in _listed(page)}
    if named:
        return tuple(named), worst(tuple(named.values()))
    for page in pages:
        if line := _LINE.search(page.raw):
            items = map(_item, filter(str.strip, line.group(1).split(",")))
            told = {name: state for name, state in items if name.lower() != _EVERYTHING}
            return tuple(told), worst(tuple(told.values()))
    return (), State.UNKNOWN


def _item(text: str) -> tuple[str, State]:
    """`API (DOWN)`: the name and its state, where that is what the brackets hold."""
    item = _ITEM.match(clean(text))
    state = state_of(item.group(2)) if item else None
    return (clean(item.group(1)), state) if item and state else (clean(text), State.UNKNOWN)


def _listed(page: Page) -> Iterator[tuple[str, State]]:
    """Items of the list below its heading; elsewhere, only those that bear a state."""
    below = False
    for tag, text in page.pieces:
        if tag == "li" and text:
            item = _ITEM.match(text)
            state = state_of(item.group(2)) if item else None
            if below or state:
                yield clean(item.group(1) if item else text), state or State.UNKNOWN
        elif text:
            below = fold(text) in _HEADINGS
