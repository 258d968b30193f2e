"""What a person calls a service, a profession or a command -> its id, or the nearest ones."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.knowledge.model import LANGUAGES, Localized, LocalizedLists, Profession, Service

HIT = 80
"""Likeness (0 to 100) from which a name is taken as meant."""
OFFERED = 3
LONGEST = 300
MOST = 30
"""Characters and names of a text that are looked at: each is compared with all that we know."""
LONGEST_NAME = 8
"""Words of a name that stands beside others."""
BEGINNING, INNER_BEGINNING = 3, 4
"""Letters that tell the beginning of a name, or of a later word in it."""


@dataclass(frozen=True)
class Found:
    """`ids` that were surely meant; `missed`: what was not, and the `nearest` to offer for it."""

    ids: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


_SIGNS = re.compile(r"[,;\n]+")
_ENDS = re.compile(r"[,;\s]")
BEYOND = "…"
"""Stands for all that was not looked at."""

Names = Mapping[str, tuple[str, ...]]
"""Id -> everything that it is called, folded."""
_Known = Mapping[str, tuple[str, ...]]
"""The other way about: what is said, folded -> the ids that are called so."""
Part = tuple[str, tuple[str, ...]]
"""Words of a text, and the ids that they may mean."""


def fold(text: str) -> str:
    """Lower case, without accents and signs: `Chapitre IV` and `chapitre-iv` are the same."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9+]+", letters))


def names_of(entries: Iterable[Service] | Iterable[Profession]) -> Names:
    """All names and aliases of services or professions, in all languages."""
    return {entry.id: _called(entry.id, entry.names, entry.aliases) for entry in entries}


def find(text: str, names: Names) -> Found:
    """The ids meant by a text such as `recip-e, sts` or `recip-e sts`; typing slips allowed."""
    found: list[str] = []
    nearest: list[str] = []
    missed: list[str] = []
    for part, hits in _parts(text, names):
        if len(hits) == 1:
            found.append(hits[0])
            continue
        missed.append(part)
        nearest.extend(hits or near(part, names))
    unique = tuple(dict.fromkeys(nearest))[:OFFERED]
    return Found(tuple(dict.fromkeys(found)), unique, tuple(dict.fromkeys(missed)))


def exactly(text: str, names: Names) -> str | None:
    """The one id that is called so, without a slip."""
    hits = [one for one, called in names.items() if fold(text) in called]
    return hits[0] if len(hits) == 1 else None


def near(text: str, names: Names) -> tuple[str, ...]:
    """Ids of which a name is near to the text, the nearest first; of nothing near, none."""
    typed, ranks = fold(text), {}
    for one, called in names.items():
        found = [rank for name in called if (rank := _nearness(typed, name))]
        if found:
            ranks[one] = min(found)
    return tuple(sorted(ranks, key=lambda one: ranks[one]))[:OFFERED]


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The known word or id that is nearest to what was typed, if any is near."""
    found = near(typed, {one: (fold(one),) for one in known})
    return found[0] if found else None


def _parts(text: str, names: Names) -> Iterator[Part]:
    """What stands between signs; what is no name as a whole, word by word."""
    known = _by_name(names)
    by_sign = [part for part in _SIGNS.split(_looked_at(text)) if fold(part)]
    for part in by_sign[:MOST]:
        yield from _in_words([folded for word in part.split() if (folded := fold(word))], known)
    if len(by_sign) > MOST or len(text) > LONGEST:
        yield BEYOND, ()


def _looked_at(text: str) -> str:
    """As much of it as is looked at, without half a name at its end."""
    if len(text) <= LONGEST:
        return text
    cut = text[:LONGEST]
    return cut[: max((found.start() for found in _ENDS.finditer(cut)), default=LONGEST)]


def _by_name(names: Names) -> _Known:
    known: dict[str, tuple[str, ...]] = {}
    for one, called in names.items():
        for name in called:
            known[name] = (*known.get(name, ()), one)
    return known


def _in_words(words: Sequence[str], known: _Known) -> Iterator[Part]:
    """Names of one or several words, from the left; the words between them are one part each."""
    strange: list[str] = []
    rest = words
    while rest:
        count, hits = _longest(rest, known)
        if hits:
            yield from _strange(strange)
            strange = []
            yield " ".join(rest[:count]), hits
        else:
            strange.append(rest[0])
        rest = rest[count:]
    if len(strange) == len(words):
        yield " ".join(words), ()
        return
    yield from _strange(strange)


def _strange(words: Sequence[str]) -> Iterator[Part]:
    told = [word for word in words if word not in _SMALL]
    if told:
        yield " ".join(told), ()


_SMALL = frozenset("et en und and le la les l du des het de een der die das den the".split())


def _longest(words: Sequence[str], known: _Known) -> tuple[int, tuple[str, ...]]:
    """How many of the first words are a name, and whose."""
    for count in range(min(len(words), LONGEST_NAME), 0, -1):
        whole = " ".join(words[:count])
        if hits := known.get(whole) or _hits(words[:count], whole, known):
            return count, hits
    return 1, ()


def _hits(words: Sequence[str], whole: str, known: _Known) -> tuple[str, ...]:
    """Of the names that are most like the words; but not of one that a slip cannot tell."""
    if words[0] in _SMALL:
        return ()
    alike = process.extract(whole, list(known), scorer=fuzz.ratio, score_cutoff=HIT, limit=None)
    meant = [(name, score) for name, score, _ in alike if _is_meant(words, name, score)]
    best = max((score for _, score in meant), default=0)
    ids = (one for name, score in meant if score == best for one in known[name])
    return tuple(dict.fromkeys(ids))


def _is_meant(words: Sequence[str], name: str, score: float) -> bool:
    """Not where fewer of the words are more like the name: the others say something else."""
    if len(name) < BEGINNING:
        return False
    parts = (words[1:], words[:-1]) if len(words) > 1 else ()
    return all(fuzz.ratio(" ".join(part), name) <= score for part in parts)


def _nearness(typed: str, name: str) -> tuple[int, int] | None:
    """Less is nearer: beginnings first, then slips, of which a swap of two letters is one."""
    if len(typed) >= BEGINNING and name.startswith(typed):
        return 0, 0
    slips = OSA.distance(typed, name)
    if slips <= _allowed(typed, name):
        return 1, slips
    if len(typed) >= INNER_BEGINNING and f" {typed}" in name:
        return 2, 0
    begun = OSA.distance(typed, name[: len(typed)])
    return (3, begun) if begun < _allowed(typed, typed) else None


def _allowed(typed: str, name: str) -> int:
    """One slip under six letters, two under ten, else three; a short word's first letter is right.

    "foo" is no slip of "voo".
    """
    letters = max(len(typed), len(name))
    if letters < BEGINNING or (letters < _SHORT and not _alike_at_first(typed, name)):
        return 0
    return 1 if letters < _MEDIUM else 2 if letters < _LONG else 3


def _alike_at_first(typed: str, name: str) -> bool:
    return typed[:1] == name[:1] or sorted(typed) == sorted(name)


_SHORT, _MEDIUM, _LONG = 5, 6, 10


def _called(identifier: str, names: Localized, aliases: LocalizedLists) -> tuple[str, ...]:
    texts = [identifier]
    for language in LANGUAGES:
        texts += [names[language], *aliases[language]]
    return tuple(dict.fromkeys(folded for text in texts if (folded := fold(text))))
