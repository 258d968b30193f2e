"""Every field, language and reference of the shipped files, each with the way to take it out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.knowledge import LANGUAGES
from bot.knowledge.loader import kind_of

FREE = {("sources", "services"), ("sources", "selectors", "words"), ("lexicon", "joins")}
"""Mappings whose keys are content, not fields."""
NAMING = frozenset({"sources", "cited_by", "siblings"})


@dataclass(frozen=True)
class Removal:
    """One thing to take out of the text of a file.

    `what`: its kind, such as ("procedures", "title", "LANGUAGE"). `record`: the number of the entry
    that it stands in. `start`, `end`: its place in the text.
    """

    path: str
    what: tuple[str, ...]
    record: int
    start: int
    end: int

    def done(self, text: str) -> str:
        """The text without it."""
        return text[: self.start] + text[self.end :]


def removals(path: str, text: str) -> Iterator[Removal]:
    """All that may be taken out of one file."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    what = (kind_of(path),)
    if isinstance(root, MappingNode):
        yield from _keys(path, text, root, what, 0)
        return
    assert isinstance(root, SequenceNode)
    for number, record in enumerate(root.value):
        if what == ("references",):
            start, end = _marks(record)
            yield Removal(path, (*what, "RECORD"), number, start - len("- "), end)
        yield from _keys(path, text, record, what, number)


def _marks(node: Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _keys(
    path: str, text: str, node: MappingNode, what: tuple[str, ...], record: int
) -> Iterator[Removal]:
    children = [(key, value) for key, value in node.value if isinstance(key, ScalarNode)]
    spans = _spans(text, [(key.start_mark.index, value.end_mark.index) for key, value in children])
    for (key, value), (start, end) in zip(children, spans, strict=True):
        name = (*what, "LANGUAGE" if key.value in LANGUAGES else key.value)
        yield Removal(path, name, record, start, end)
        yield from _inside(path, text, value, name, record)


def _inside(
    path: str, text: str, value: Node, what: tuple[str, ...], record: int
) -> Iterator[Removal]:
    if isinstance(value, MappingNode) and what not in FREE:
        yield from _keys(path, text, value, what, record)
    if not isinstance(value, SequenceNode):
        return
    if what[-1] in NAMING and what[0] != "sources":
        for start, end in _spans(text, [_marks(item) for item in value.value]):
            yield Removal(path, (*what, "ITEM"), record, start, end)
    for item in value.value:
        if isinstance(item, MappingNode):
            yield from _keys(path, text, item, what, record)


def _spans(text: str, marks: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each up to the next one; the last with what parts it from the one before."""
    for (start, _), (following, _) in pairwise(marks):
        yield start, following
    for start, end in marks[-1:]:
        before = text[:start].rstrip()
        yield len(before.removesuffix(",")), start + len(text[start:end].rstrip())
