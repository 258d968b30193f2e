"""The files of the knowledge folder: what must be there, and what nothing would read."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from bot.knowledge.model import Contact, Entry, Profession, Reference, Service, Source
from bot.knowledge.problems import KnowledgeError, Problem, whole_file

LISTS: Mapping[str, type[Entry]] = MappingProxyType(
    {
        "professions": Profession,
        "services": Service,
        "sources": Source,
        "contacts": Contact,
        "references": Reference,
    }
)
"""Files that hold one list each."""
PARTS = ("procedures", "lexicon")
"""Folders of which every file is read."""
ENDING = ".yaml"
LIKE_IT = frozenset({".yaml", ".yml"})


def read_files(folder: Path) -> dict[str, bytes]:
    """The YAML files of the folder by relative path.

    Raises KnowledgeError where one is missing, or one stands there that is none of them.
    """
    if not folder.is_dir():
        mend = "set KNOWLEDGE_DIR to the folder 'knowledge'"
        raise KnowledgeError([whole_file(folder, "there is no such folder", mend)])
    unread = list(_unread(folder))
    if unread:
        raise KnowledgeError(unread)
    needed = [folder / f"{name}{ENDING}" for name in LISTS]
    missing = [path for path in needed if not path.is_file()]
    if not list((folder / "procedures").glob("*.yaml")):
        missing.append(folder / "procedures" / "*.yaml")
    if missing:
        mend = "put the file back from the last good version"
        raise KnowledgeError([whole_file(path, "the file is missing", mend) for path in missing])
    others = chain.from_iterable(sorted((folder / part).glob("*.yaml")) for part in PARTS)
    return {p.relative_to(folder).as_posix(): _bytes(p) for p in [*needed, *others]}


def _unread(folder: Path) -> Iterator[Problem]:
    """What an editor takes for a part of the base; hidden files are the business of others."""
    for path in sorted((*folder.glob("*"), *chain(*((folder / one).rglob("*") for one in PARTS)))):
        place = path.relative_to(folder)
        if path.suffix.lower() not in LIKE_IT or path.is_dir() or place.name.startswith("."):
            continue
        if path.suffix != ENDING:
            what, mend = "a file with this ending is not read", f"rename it to {path.stem}{ENDING}"
            yield Problem(place.as_posix(), 1, 1, what, mend)
        elif len(place.parts) > len((PARTS[0], path.name)):
            what, mend = "a folder in a folder is not read", f"move the file to {place.parts[0]}/"
            yield Problem(place.as_posix(), 1, 1, what, mend)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        mend = "make it a file that the bot's user can read"
        raise KnowledgeError(
            [whole_file(path, f"cannot be read: {error.strerror}", mend)]
        ) from None
