"""What a text is compared by: its words, and the character runs of its words.

Two channels see the same text: whole words (with typing slips mended) tell topics apart, character
runs bridge compounds, inflection and spelling.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from bot.knowledge import Lexicon
from bot.matching.text import Join, by_first_word, joined, words


@dataclass(frozen=True)
class Speller:
    """Text -> words as the index knows them: joins put together, fillers left out."""

    joins: Mapping[tuple[str, ...], str] = field(default_factory=lambda: MappingProxyType({}))
    fillers: frozenset[str] = frozenset()
    meanings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Word -> the mark that it shares with its synonyms in all languages."""

    @cached_property
    def runs(self) -> Mapping[str, tuple[Join, ...]]:
        """The joins by their first word."""
        return by_first_word(self.joins)

    def words(self, text: str) -> list[str]:
        """The words that carry meaning; all of them where nothing else is left."""
        return self.telling(words(text))

    def telling(self, found: Sequence[str]) -> list[str]:
        """As `words`, of a text that is split into words already."""
        together = joined(found, self.runs)
        return [word for word in together if word not in self.fillers] or together

    def tokens(self, word: str) -> tuple[str, ...]:
        """What a whole word is looked up by: itself, and the mark of its synonyms."""
        meaning = self.meanings.get(word)
        return (word,) if meaning is None else (word, meaning)


def speller(lexicon: Lexicon) -> Speller:
    """The speller of a lexicon; its words are folded like any text."""
    joins = {words(spelling): "".join(words(one)) for spelling, one in lexicon.joins.items()}
    return Speller(
        joins=MappingProxyType(joins),
        fillers=frozenset(part for word in lexicon.fillers for part in words(word)),
        meanings=MappingProxyType(
            {
                folded[0]: f"~{number}"
                for number, group in enumerate(lexicon.synonyms)
                for word in group
                if len(folded := words(word)) == 1
            }
        ),
    )


def distinct(found: Iterable[str]) -> list[str]:
    """Each word once, in order."""
    return list(dict.fromkeys(found))
