"""The profession that a text itself names: "je suis dentiste", "et pour un kiné ?".

A profession's word alone says little ("le médecin ne répond pas"): a cue must stand beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.knowledge import LANGUAGES, Profession
from bot.knowledge.lexicon import Cues
from bot.matching.text import words

SHORT = 7
"""Words of a text in which another's profession is believed to be the one that is asked for."""
Run = tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A profession and where its words stand in the text."""

    profession: str
    start: int
    end: int


@dataclass(frozen=True)
class Professions:
    """Each way to write a profession, as folded words -> its id; and the cues beside it."""

    known: Mapping[Run, str]
    says_who: frozenset[Run] = field(default_factory=frozenset)
    for_whom: frozenset[Run] = field(default_factory=frozenset)
    here: frozenset[str] = field(default_factory=frozenset)
    articles: frozenset[str] = field(default_factory=frozenset)

    def said(self, text: str) -> str | None:
        """The profession that the asker claims, or that a short text asks for."""
        found = words(text)
        all_named = tuple(self._named(found))
        for named in all_named:
            if self._cued(found, named.start, self.says_who) or self._is_here(found, named.end):
                return named.profession
        for named in reversed(all_named if len(found) <= SHORT else ()):
            # the last one: of "au cabinet du dentiste", the cabinet is no general practitioner's
            if self._cued(found, named.start, self.for_whom):
                return named.profession
        return None

    def named(self, text: str) -> frozenset[str]:
        """All professions whose words stand in the text."""
        return frozenset(named.profession for named in self._named(words(text)))

    def words(self) -> frozenset[str]:
        """All words that name a profession or stand beside one."""
        runs = (*self.known, *self.for_whom)
        return frozenset(word for run in runs for word in run) | self.here | self.articles

    def _named(self, found: Sequence[str]) -> Iterable[Named]:
        longest = max(map(len, self.known), default=1)
        for start in range(len(found)):
            for size in range(min(longest, len(found) - start), 0, -1):
                profession = self.known.get(tuple(found[start : start + size]))
                if profession is not None:
                    yield Named(profession, start, start + size)
                    break

    def _cued(self, found: Sequence[str], start: int, cues: Iterable[Run]) -> bool:
        """Whether a cue stands before, with articles between them or not."""
        known = tuple(cues)
        for end in range(start, 0, -1):
            if any(tuple(found[max(0, end - len(cue)) : end]) == cue for cue in known):
                return True
            if found[end - 1] not in self.articles:
                return False
        return False

    def _is_here(self, found: Sequence[str], end: int) -> bool:
        return end < len(found) and found[end] in self.here


def professions_of(professions: Iterable[Profession], cues: Cues | None) -> Professions:
    """What the knowledge base says of them; the first to claim a spelling keeps it."""
    known: dict[Run, str] = {}
    for profession in professions:
        for language in LANGUAGES:
            for name in (profession.names[language], *profession.aliases[language]):
                known.setdefault(words(name), profession.id)
    if cues is None:
        return Professions(known)
    return Professions(
        known,
        says_who=frozenset(map(words, cues.says_who)),
        for_whom=frozenset(map(words, cues.for_whom)),
        here=each_word(cues.here),
        articles=each_word(cues.articles),
    )


def each_word(said: Iterable[str]) -> frozenset[str]:
    """The folded words of several texts, together."""
    return frozenset(word for one in said for word in words(one))
