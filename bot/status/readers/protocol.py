"""What every reader is: bodies in, a `Reading` out, or `UnreadableError`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.knowledge.model import Source
from bot.status.model import Component, Reading, State

Bodies = tuple[bytes, ...]
ContentTypes = tuple[str | None, ...]


class Reader(Protocol):
    """One per format. Nothing but UnreadableError may leave it, whatever the bytes."""

    def __call__(
        self,
        bodies: Bodies,
        content_types: ContentTypes,
        source: Source | None,
        read_at: datetime,
    ) -> Reading:
        """`source` None: a saved body, read outside of any source."""


@dataclass
class Remarks:
    """What a reader met and did not understand; the same remark is kept once."""

    kept: dict[str, None] = field(default_factory=dict)

    def note(self, text: str) -> None:
        """Keeps a remark; beyond fifty, no more are kept."""
        if len(self.kept) < 50:  # noqa: PLR2004 - enough for an operator to see the pattern
            self.kept[text[:160]] = None

    def unknown_state(self, word: str | None, name: str) -> None:
        """A component's word for its state that no reader knows."""
        self.note(f"unknown state word {word!r} of {name}")

    def all(self) -> tuple[str, ...]:
        """In the order in which they were met."""
        return tuple(self.kept)


def source_id(source: Source | None) -> str:
    """The id that a reading carries; that of a saved body is "file"."""
    return source.id if source else "file"


def nameless(remarks: Remarks, key: str | None, place: str) -> Component:
    """A row without a name: kept, but never fine, because nobody can say what it stands for."""
    remarks.note(f"{place} has no name")
    return Component(id=key or place, names=(key or place,), state=State.UNKNOWN)


def told_apart(components: Iterable[Component]) -> tuple[Component, ...]:
    """Rows that have no id but their name, each with its own: a page may show a name twice."""
    met: Counter[str] = Counter()
    kept = []
    for component in components:
        key = component.id
        met[key] += component.id in component.names
        kept.append(replace(component, id=f"{key} #{met[key]}") if met[key] > 1 else component)
    return tuple(kept)


def content_type_of(content_types: ContentTypes, index: int = 0) -> str | None:
    """That of the nth body, where one is known."""
    return content_types[index] if index < len(content_types) else None
