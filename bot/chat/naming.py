"""What a person calls a service, a profession or a command -> its id, or the nearest ones."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.knowledge import LANGUAGES, Localized, LocalizedLists, Profession, Service

HIT = 80
"""Likeness (0 to 100) from which a name is taken as meant."""
NEAR = 55
"""Likeness from which a name is offered."""
OFFERED = 3
LONGEST = 300
MOST = 30
"""Characters and names of a text that are looked at: each is compared with all that we know."""


@dataclass(frozen=True)
class Found:
    """`ids` that were surely meant; `nearest`: what to offer for what was not understood."""

    ids: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    missed: bool = False


Names = Mapping[str, tuple[str, ...]]
"""Id -> everything that it is called, folded."""


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
    missed = False
    for part in _parts(text, names):
        hits = _hits(part, names)
        if len(hits) == 1:
            found.append(hits[0])
            continue
        missed = True
        nearest.extend(hits or _near(part, names))
    return Found(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(nearest))[:OFFERED], missed)


def nearest_word(text: str, known: Iterable[str]) -> str | None:
    """The known word that is most like the text, if any is like it at all."""
    best = process.extractOne(fold(text), list(known), scorer=fuzz.ratio, score_cutoff=NEAR)
    return best[0] if best else None


def _parts(text: str, names: Names) -> tuple[str, ...]:
    by_sign = [part for part in re.split(r"[,;\n]+", text[:LONGEST]) if fold(part)]
    return tuple(word for part in by_sign[:MOST] for word in _words_if_none(part, names))


def _words_if_none(part: str, names: Names) -> tuple[str, ...]:
    """The part whole where it is a name, else its words where each of them is one."""
    words = [folded for word in part.split() if (folded := fold(word)) and folded not in _AND]
    whole = fold(part)
    if not _hits(whole, names) and len(words) > 1 and all(_hits(word, names) for word in words):
        return tuple(words)
    return (whole,)


_AND = frozenset({"et", "en", "und", "and"})


def _hits(part: str, names: Names) -> tuple[str, ...]:
    scores = _scores(part, names)
    best = max(scores.values(), default=0)
    if best < HIT:
        return ()
    return tuple(one for one, score in scores.items() if score == best)


def _near(part: str, names: Names) -> tuple[str, ...]:
    scores = {one: max(fuzz.WRatio(part, name) for name in called) for one, called in names.items()}
    ranked = sorted(scores, key=lambda one: -scores[one])
    return tuple(one for one in ranked if scores[one] >= NEAR)[:OFFERED]


def _scores(part: str, names: Names) -> dict[str, float]:
    return {one: max(fuzz.ratio(part, name) for name in called) for one, called in names.items()}


def _called(identifier: str, names: Localized, aliases: LocalizedLists) -> tuple[str, ...]:
    texts = [identifier]
    for language in LANGUAGES:
        texts += [names[language], *aliases[language]]
    return tuple(dict.fromkeys(folded for text in texts if (folded := fold(text))))
