"""Nothing may vanish unseen: every field is written, and what names each other does so both ways.

The base would load without: a field left out has its default. But an editor who deletes a line by
mistake must be told where, so `check` asks for what the loader does not.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from bot.knowledge.document import Document, PathKey
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.links import Row, id_of
from bot.knowledge.model import Entry
from bot.knowledge.naming import nearest
from bot.knowledge.problems import Problem

CITING = ("procedures", "contacts", "services")

BOTH_WAYS = (
    (CITING, "sources", ("references",), "cited_by"),
    (("references",), "cited_by", CITING, "sources"),
    (("procedures",), "siblings", ("procedures",), "siblings"),
)
"""(files, key, files that the ids of this key stand in, key that names back from there)."""


def incomplete(found: Mapping[str, list[Row]]) -> list[Problem]:
    """All that is missing in entries that are valid and whose links lead somewhere."""
    rows = _rows(found, tuple(kind for kind in found if kind != "lexicon"))
    return [
        *chain.from_iterable(unwritten_fields(*row) for row in rows),
        *_unwritten_lexicon(found["lexicon"]),
        *chain.from_iterable(_one_sided(found, *link) for link in BOTH_WAYS),
    ]


def unwritten_fields(document: Document, key: PathKey, entry: Entry) -> Iterator[Problem]:
    """Fields of the entry, and of what stands in it, that have nothing but their default."""
    for name, field in type(entry).model_fields.items():
        if name not in entry.model_fields_set:
            default = json.dumps(field.get_default(call_default_factory=True))
            mend = f"write it; where there is nothing to say, `{name}: {default}`"
            yield document.problem(key, f"`{name}` is missing", mend)
        value = getattr(entry, name)
        if isinstance(value, Entry):
            yield from unwritten_fields(document, (*key, name), value)


def _unwritten_lexicon(rows: list[Row]) -> Iterator[Problem]:
    """Each part of the lexicon has a file of its name."""
    written = {name for _, _, entry in rows for name in entry.model_fields_set}
    for name in Lexicon.model_fields:
        if name not in written:
            mend = f"write `{name}:` and what belongs to it into this file"
            yield Problem(f"lexicon/{name}.yaml", 1, 1, f"`{name}` is missing", mend)


def _one_sided(
    found: Mapping[str, list[Row]],
    kinds: tuple[str, ...],
    key: str,
    targets: tuple[str, ...],
    back: str,
) -> Iterator[Problem]:
    """Names that are not named back: told where the other name is missing, so where it stood."""
    ends: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(found, targets):
        ends[id_of(row[2])].append(row)
    for document, place, entry in _rows(found, kinds):
        mine = id_of(entry)
        for number, named in enumerate(getattr(entry, key)):
            here = (*place, key, number)
            if named not in ends:
                what = f"{key}: '{named}' is in no entry of {', '.join(targets)}"
                best = nearest(named, ends)
                mend = f"take it out, or did you mean '{best}'?" if best else "take it out"
                yield document.problem(here, what, mend)
            elif all(mine not in getattr(end, back) for _, _, end in ends[named]):
                line, _ = document.place(here)
                other, there, _ = ends[named][0]
                what = f"{back}: '{mine}' is missing, which names '{named}' in its {key}"
                mend = f"add it, or take '{named}' out at {document.path}:{line}"
                yield other.problem((*there, back), what, mend)


def _rows(found: Mapping[str, list[Row]], kinds: tuple[str, ...]) -> Iterator[Row]:
    return chain.from_iterable(found[kind] for kind in kinds)
