"""The knowledge folder -> a checked `Knowledge`, or every fault with its place."""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.files import write_atomically
from bot.knowledge.base import Knowledge
from bot.knowledge.document import Document, PathKey, read_document
from bot.knowledge.folder import LISTS, read_files
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.links import Row, broken_links, id_of
from bot.knowledge.model import (
    Contact,
    Entry,
    Procedure,
    Profession,
    Reference,
    Service,
    Source,
)
from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.unfit import misfits

_Named = TypeVar("_Named", Profession, Service, Source, Contact, Reference, Procedure)


class Content(BaseModel):
    """All entries of the folder, as they are kept in the cache."""

    model_config = ConfigDict(frozen=True)

    professions: tuple[Profession, ...]
    services: tuple[Service, ...]
    sources: tuple[Source, ...]
    contacts: tuple[Contact, ...]
    references: tuple[Reference, ...]
    procedures: tuple[Procedure, ...]
    lexicon: Lexicon


def load_knowledge(folder: Path, cache_dir: Path | None = None) -> Knowledge:
    """Loads and checks the whole folder.

    With `cache_dir`, the checked content is kept there under the hash of the files' bytes, so that
    the next start need not read YAML. Raises KnowledgeError with all problems.
    """
    files = read_files(folder)
    version = fingerprint(files)
    cached = cache_dir / f"knowledge-{version}.json" if cache_dir else None
    if cached is not None and cached.is_file():
        with contextlib.suppress(ValueError):  # half a file helps nobody: it is built anew
            return assembled(Content.model_validate_json(cached.read_bytes()), version)
    content = content_of(checked_rows(read_documents(files)))
    if cached is not None:
        _keep(cached, content)
    return assembled(content, version)


def fingerprint(files: Mapping[str, bytes]) -> str:
    """Hash of the files and of the code that reads them: what a cache may be trusted for."""
    digest = hashlib.sha256()
    for code in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(code.read_bytes())
    for path, raw in files.items():
        digest.update(f"{path}\0{len(raw)}\0".encode())
        digest.update(raw)
    return digest.hexdigest()[:32]


def read_documents(files: Mapping[str, bytes]) -> list[Document]:
    """Parses all files; raises KnowledgeError with the problems of all of them."""
    documents, problems = [], []
    for path, raw in files.items():
        try:
            documents.append(read_document(path, raw))
        except KnowledgeError as error:
            problems += error.problems
    if problems:
        raise KnowledgeError(problems)
    return documents


def checked_rows(documents: list[Document]) -> dict[str, list[Row]]:
    """Validates each entry and every link between entries. Raises KnowledgeError.

    Returns the entries with their places, by the kind of file that they stand in.
    """
    problems: list[Problem] = []
    found: dict[str, list[Row]] = {name: [] for name in (*LISTS, "procedures", "lexicon")}
    for document in documents:
        kind = kind_of(document.path)
        found[kind] += _entries(document, kind, problems)
    problems += _doubled(found)
    problems = problems or broken_links(found)
    if problems:
        raise KnowledgeError(problems)
    return found


def content_of(found: Mapping[str, list[Row]]) -> Content:
    """The entries without their places."""
    entries = {kind: tuple(entry for _, _, entry in rows) for kind, rows in found.items()}
    lexicon = [entry for entry in entries.pop("lexicon") if isinstance(entry, Lexicon)]
    return Content(lexicon=_merged(lexicon), **entries)


def kind_of(path: str) -> str:
    """What a file holds, by its place in the folder."""
    first, _, rest = path.partition("/")
    return first if rest else first.removesuffix(".yaml")


def _entries(document: Document, kind: str, problems: list[Problem]) -> Iterator[Row]:
    if kind == "lexicon":
        yield from _validated(document, (), document.data or {}, Lexicon, problems)
        return
    if document.data is None and kind == "procedures":
        return  # the shell makes the file before `new >> FILE` has written into it
    if not isinstance(document.data, list):
        mend = "start the first entry with '- id: ...'"
        problems.append(document.problem((), "the file must be a list of entries", mend))
        return
    entry_type = LISTS.get(kind, Procedure)
    for number, data in enumerate(document.data):
        yield from _validated(document, (number,), data, entry_type, problems)


def _validated(
    document: Document,
    key: PathKey,
    data: object,
    entry_type: type[Entry],
    problems: list[Problem],
) -> Iterator[Row]:
    try:
        yield document, key, entry_type.model_validate(data)
    except ValidationError as error:
        problems += misfits(error, document, key, entry_type)


def _doubled(found: Mapping[str, list[Row]]) -> Iterator[Problem]:
    for kind, rows in found.items():
        seen: dict[str, str] = {}
        for document, key, entry in rows if kind != "lexicon" else ():
            entry_id = id_of(entry)
            line, _ = document.place(key)
            if entry_id in seen:
                what = f"the id '{entry_id}' stands already at {seen[entry_id]}"
                yield document.problem((*key, "id"), what, "give this entry an id of its own")
            seen.setdefault(entry_id, f"{document.path}:{line}")


def _merged(parts: list[Lexicon]) -> Lexicon:

    def only(name: str) -> Any:
        return next((found for part in parts if (found := getattr(part, name)) is not None), None)

    return Lexicon(
        fillers=tuple(word for part in parts for word in part.fillers),
        failures=tuple(word for part in parts for word in part.failures),
        outages=tuple(word for part in parts for word in part.outages),
        asides=tuple(word for part in parts for word in part.asides),
        only_me=tuple(phrase for part in parts for phrase in part.only_me),
        software=tuple(phrase for part in parts for phrase in part.software),
        danger=tuple(phrase for part in parts for phrase in part.danger),
        synonyms=tuple(group for part in parts for group in part.synonyms),
        joins={key: value for part in parts for key, value in part.joins.items()},
        **{name: only(name) for name in ("decoys", "cues", "follow_ups", "numbers", "whether")},
    )


def assembled(content: Content, version: str) -> Knowledge:
    """The base by id. `version`: the fingerprint of its files."""
    return Knowledge(
        professions=_by_id(content.professions),
        services=_by_id(content.services),
        sources=_by_id(content.sources),
        contacts=_by_id(content.contacts),
        references=_by_id(content.references),
        procedures=_by_id(content.procedures),
        lexicon=content.lexicon,
        replaced=MappingProxyType({old: p.id for p in content.procedures for old in p.replaces}),
        version=version,
    )


def _by_id(rows: tuple[_Named, ...]) -> Mapping[str, _Named]:
    return MappingProxyType({row.id: row for row in rows})


def _keep(path: Path, content: Content) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("knowledge-*.json"):
        old.unlink(missing_ok=True)
    write_atomically(path, content.model_dump_json().encode())
