"""One YAML file -> plain data, and the place in the file of every value of it.

Only the plain part of YAML is accepted: no anchors, aliases, tags or doubled keys, so that what an
editor reads is what the bot uses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.knowledge.problems import KnowledgeError, Problem

MAX_BYTES = 256 * 1024

_MAGIC = re.compile(r"[&*!](?<![^\s:\[,{-].)\S")
"""Signs that may open an anchor, an alias or a tag; most of them stand in plain text.

The rare sign is looked for first, then what stands before it: five times as quick.
"""

PathKey = tuple[str | int, ...]
Place = tuple[int, int]

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: the same, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


@dataclass(frozen=True)
class Document:
    """`data`: the file's value. `places`: line and column (from 1) of each value, by its path."""

    path: str
    data: object
    places: Mapping[PathKey, Place]

    def place(self, key: PathKey) -> Place:
        """Where the value stands, or the nearest thing around it that stands somewhere."""
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key, (1, 1))

    def problem(self, key: PathKey, what: str, mend: str) -> Problem:
        """A problem at the place of a value."""
        line, column = self.place(key)
        return Problem(self.path, line, column, what, mend)


def read_document(path: str, raw: bytes) -> Document:
    """Parses one file. Raises KnowledgeError with the place of each fault."""
    text = _decoded(path, raw)
    try:
        node = yaml.compose(text, Loader=_Loader)
        events = list(yaml.parse(text, Loader=_Loader)) if _MAGIC.search(text) else []
    except yaml.MarkedYAMLError as error:
        raise KnowledgeError([_syntax_problem(path, error)]) from None
    except yaml.YAMLError as error:
        raise KnowledgeError([Problem(path, 1, 1, str(error), "remove that character")]) from None
    _refuse_magic(path, events)
    builder = _Builder(path)
    data = builder.build(node, ()) if node is not None else None
    if builder.problems:
        raise KnowledgeError(builder.problems)
    return Document(path, data, builder.places)


def _decoded(path: str, raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        what = f"the file has {len(raw)} bytes, more than {MAX_BYTES}"
        raise KnowledgeError([Problem(path, 1, 1, what, "split it into two files")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = "this is not UTF-8 text"
        raise KnowledgeError([Problem(path, line, 1, what, "save the file as UTF-8")]) from None
    if "\t" in text:
        before = text[: text.index("\t")]
        column = len(before) - before.rfind("\n")
        line = before.count("\n") + 1
        raise KnowledgeError([Problem(path, line, column, "a tab", "use spaces")])
    return text


def _syntax_problem(path: str, error: yaml.MarkedYAMLError) -> Problem:
    line, column = _place(error.problem_mark)
    what = f"not valid YAML: {error.problem or error.context or 'unreadable'}"
    return Problem(path, line, column, what, "check quotes, colons and the spaces before this line")


def _place(mark: object) -> Place:
    """Line and column from 1; the top of the file where the parser gives none."""
    return getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1


def _refuse_magic(path: str, events: list[yaml.Event]) -> None:
    problems = []
    for event in events:
        line, column = _place(event.start_mark)
        for name, kind in (("anchor", "an anchor or alias (& or *)"), ("tag", "a tag (!)")):
            if getattr(event, name, None) is not None:
                what = f"{kind} is not allowed here"
                mend = "write the text out, in quotes"
                problems.append(Problem(path, line, column, what, mend))
    if problems:
        raise KnowledgeError(problems)


class _Builder:
    """Turns nodes into data and keeps where each stood."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.places: dict[PathKey, Place] = {}
        self.problems: list[Problem] = []

    def build(self, node: Node, key: PathKey) -> object:
        self.places[key] = _place(node.start_mark)
        if isinstance(node, MappingNode):
            return self._mapping(node, key)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*key, n)) for n, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: MappingNode, key: PathKey) -> dict[str, object]:
        data: dict[str, object] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value)
            place = _place(name_node.start_mark)
            if name in data:
                what = f"the key '{name}' stands here a second time"
                self.problems.append(Problem(self.path, *place, what, "keep one of the two"))
            data[name] = self.build(value_node, (*key, name))
            self.places[*key, name] = place
        return data


_PLAIN = {"null": None, "~": None, "": None, "true": True, "false": False}


def _scalar(node: Node) -> object:
    """A quoted scalar is text; a plain one may be null, true, false or a whole number."""
    value = str(node.value)
    if not isinstance(node, ScalarNode) or node.style:
        return value
    if value in _PLAIN:
        return _PLAIN[value]
    if value.isascii() and value.isdigit() and not value.startswith("0"):
        return int(value)
    return value
