"""Every id that an entry names must be one that exists, and no dependency may run in a circle."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from bot.knowledge.document import Document, PathKey
from bot.knowledge.model import ALL_PROFESSIONS, Entry, Procedure, Service, Source
from bot.knowledge.naming import nearest
from bot.knowledge.problems import Problem

Row = tuple[Document, PathKey, Entry]

LINKS = (
    ("procedures", "professions", "professions"),
    ("procedures", "services", "services"),
    ("procedures", "outage_of", "services"),
    ("procedures", "contacts", "contacts"),
    ("procedures", "sources", "references"),
    ("procedures", "siblings", "procedures"),
    ("contacts", "sources", "references"),
    ("services", "professions", "professions"),
    ("services", "depends_on", "services"),
    ("services", "derived_from", "services"),
    ("services", "sources", "references"),
    ("professions", "blocking", "services"),
)
"""(file, key, file that the ids of this key stand in)."""


def broken_links(found: Mapping[str, list[Row]]) -> list[Problem]:
    """Ids that point nowhere, withdrawn ids that still stand, and circles of depends_on."""
    ids = {name: {id_of(entry) for _, _, entry in rows} for name, rows in found.items()}
    ids["professions"].add(ALL_PROFESSIONS)
    return list(
        chain(
            chain.from_iterable(
                _dangling(found[kind], key, ids[target], target) for kind, key, target in LINKS
            ),
            _dangling_components(found["sources"], ids["services"]),
            _still_there(found["procedures"], ids["procedures"]),
            _circles(found["services"]),
        )
    )


def id_of(entry: Entry) -> str:
    """The id of an entry; a file of the lexicon has none."""
    return str(getattr(entry, "id", ""))


def _dangling(rows: list[Row], key: str, known: set[str], target: str) -> Iterator[Problem]:
    for document, place, entry in rows:
        for number, named in enumerate(getattr(entry, key)):
            if named not in known:
                what = f"{key}: '{named}' is in no entry of {target}"
                yield document.problem((*place, key, number), what, _nearest(named, known))


def _dangling_components(rows: list[Row], known: set[str]) -> Iterator[Problem]:
    for document, place, entry in rows:
        assert isinstance(entry, Source)  # noqa: S101 - narrows the type
        for component, named in entry.services.items():
            for service in (named,) if isinstance(named, str) else named:
                if service not in known:
                    what = f"services: '{service}' is in no entry of services"
                    key = (*place, "services", component)
                    yield document.problem(key, what, _nearest(service, known))


def _nearest(named: str, known: Iterable[str]) -> str:
    best = nearest(named, known)
    return f"did you mean '{best}'?" if best else "add it there or remove it"


def _still_there(rows: list[Row], known: set[str]) -> Iterator[Problem]:
    for document, place, entry in rows:
        assert isinstance(entry, Procedure)  # noqa: S101 - narrows the type
        for number, old in enumerate(entry.replaces):
            if old in known:
                what = f"replaces: '{old}' is still an entry"
                yield document.problem((*place, "replaces", number), what, "remove one of the two")


def _circles(rows: list[Row]) -> Iterator[Problem]:
    edges = {e.id: e.depends_on for _, _, e in rows if isinstance(e, Service)}
    for document, place, entry in rows:
        reached: set[str] = set()
        waiting = list(edges[id_of(entry)])
        while waiting:
            service = waiting.pop()
            if service not in reached:
                reached.add(service)
                waiting += edges.get(service, ())
        if id_of(entry) in reached:
            what = f"'{id_of(entry)}' depends on itself in a circle"
            yield document.problem((*place, "depends_on"), what, "take one arrow of the circle out")
