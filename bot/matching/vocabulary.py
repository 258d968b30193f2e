"""What a text is compared by: its words, and the character runs of its words.

Two channels see the same text: whole words (with typing slips mended) tell topics apart, character
runs bridge compounds, inflection and spelling.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.knowledge import Lexicon
from bot.matching.text import grams, joined, words


@dataclass(frozen=True)
class Speller:
    """Text -> words as the index knows them: joins put together, fillers left out."""

    joins: Mapping[tuple[str, ...], str] = field(default_factory=lambda: MappingProxyType({}))
    fillers: frozenset[str] = frozenset()
    longest: int = 1

    def words(self, text: str) -> list[str]:
        """The words that carry meaning; all of them where nothing else is left."""
        found = joined(words(text), self.joins, self.longest)
        kept = [word for word in found if word not in self.fillers]
        return kept or found


def speller(lexicon: Lexicon) -> Speller:
    """The speller of a lexicon; its words are folded like any text."""
    joins = {words(spelling): "".join(words(one)) for spelling, one in lexicon.joins.items()}
    return Speller(
        joins=MappingProxyType(joins),
        fillers=frozenset(part for word in lexicon.fillers for part in words(word)),
        longest=max((len(run) for run in joins), default=1),
    )


def features(word: str) -> tuple[str, ...]:
    """A word's features: itself, marked, then its character runs."""
    return (f"={word}", *grams(word))


def distinct(found: Iterable[str]) -> list[str]:
    """Each word once, in order."""
    return list(dict.fromkeys(found))
