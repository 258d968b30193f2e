"""The profession that a text itself names: "je suis dentiste", "et pour un kiné ?".

A profession's word alone says little ("le médecin ne répond pas"): a cue must stand before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge import LANGUAGES, Profession
from bot.matching.text import words

SAYS_WHO = (
    ("je", "suis"),
    ("suis",),
    ("en", "tant", "que"),
    ("on", "est"),
    ("nous", "sommes"),
    ("ik", "ben"),
    ("wij", "zijn"),
    ("ich", "bin"),
    ("wir", "sind"),
    ("i", "am"),
    ("i", "m"),
    ("im",),
    ("as",),
    ("als",),
)
"""What a person says before the own profession; an article may follow."""

FOR_WHOM = (("pour",), ("chez",), ("voor",), ("bij",), ("fur",), ("fuer",), ("bei",), ("for",))
"""Before another's profession; believed in a short follow-up alone."""

ARTICLES = frozenset(
    "un une le la l les des een de het ein eine einen einem der die das a an the".split()
)
HERE = frozenset("ici hier here".split())
SHORT = 7


@dataclass(frozen=True)
class Named:
    """A profession and where its words stand in the text."""

    profession: str
    start: int
    end: int


def spellings(professions: Iterable[Profession]) -> dict[tuple[str, ...], str]:
    """Each way to write a profession, as folded words -> its id; the first to claim it keeps it."""
    found: dict[tuple[str, ...], str] = {}
    for profession in professions:
        for language in LANGUAGES:
            for name in (profession.names[language], *profession.aliases[language]):
                found.setdefault(words(name), profession.id)
    return found


def said_profession(text: str, known: Mapping[tuple[str, ...], str]) -> str | None:
    """The profession that the asker claims, or that a short follow-up asks for."""
    found = words(text)
    for named in _named(found, known):
        if _cued(found, named.start, SAYS_WHO) or found[named.end : named.end + 1] in _HERE:
            return named.profession
        if len(found) <= SHORT and _cued(found, named.start, FOR_WHOM):
            return named.profession
    return None


def named_professions(text: str, known: Mapping[tuple[str, ...], str]) -> frozenset[str]:
    """All professions whose words stand in the text."""
    return frozenset(named.profession for named in _named(words(text), known))


_HERE = tuple((word,) for word in HERE)


def _named(found: Sequence[str], known: Mapping[tuple[str, ...], str]) -> Iterable[Named]:
    longest = max(map(len, known), default=1)
    for start in range(len(found)):
        for size in range(min(longest, len(found) - start), 0, -1):
            profession = known.get(tuple(found[start : start + size]))
            if profession is not None:
                yield Named(profession, start, start + size)
                break


def _cued(found: Sequence[str], start: int, cues: Iterable[tuple[str, ...]]) -> bool:
    before = list(found[:start])
    while before and before[-1] in ARTICLES:
        before.pop()
    return any(tuple(before[-len(cue) :]) == cue for cue in cues)
