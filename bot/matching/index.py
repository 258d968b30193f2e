"""The base's texts as numbers: for each feature, how strongly it speaks for each entry.

A question costs one look-up per feature, never a scan of the texts. What is known of a word (its
character runs) is kept with the index, so that only a word that the base does not have is taken
apart; a feature of many entries is kept as a whole row, since rows are added faster than places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.matching.ragged import Integers, Numbers, places
from bot.matching.runs import known_of, runs_of_words
from bot.matching.vocabulary import Speller, distinct

Floats = NDArray[np.float32]

WORD_SHARE = 1.4
"""Weight of the words beside the runs; chosen by cross-validation."""
COMMON = 3
"""A feature of more than one entry in so many is kept as a row."""
ROWS_FROM = 256
"""Entries from which rows are worth their memory."""
NO_ROW = -1


@dataclass(frozen=True)
class Index:
    """Postings in compressed rows: entries and weights of feature n stand at starts[n]:starts[n+1].

    `numbers`: whole word, or mark of synonyms, -> n. The character runs come after these, in the
    order of `known_runs`. `weights`: how strongly, times rarity. `rarity`: idf of each feature.
    `bias`: of each entry, per unit of question weight. `run_starts`, `runs`: the runs of word n, by
    their numbers, stand at the same places of `runs`.
    """

    numbers: dict[str, int]
    known_runs: Numbers
    starts: Integers
    entries: Integers
    weights: Floats
    rarity: Floats
    bias: Floats
    run_starts: Integers
    runs: Integers

    @property
    def size(self) -> int:
        """Number of entries."""
        return len(self.bias)

    def spread(self, number: int) -> int:
        """How many entries have the feature."""
        return int(self.starts[number + 1] - self.starts[number])

    def runs_of(self, words: Sequence[str]) -> list[int]:
        """The known runs of the words, by number, each once."""
        numbers = [self.numbers.get(word) for word in words]
        known = [number for number in numbers if number is not None]
        strange = [word for word, number in zip(words, numbers, strict=True) if number is None]
        found = [self.runs[self.run_starts[n] : self.run_starts[n + 1]] for n in known]
        if strange:
            found.append(len(self.numbers) + known_of(self.known_runs, runs_of_words(strange)[0]))
        return np.unique(np.concatenate(found)).tolist() if found else []

    @cached_property
    def rows(self) -> "Rows":
        """The features that many entries have, over all entries."""
        is_common = np.diff(self.starts) > self.size // COMMON
        common = np.flatnonzero(is_common & (self.size >= ROWS_FROM))
        rows = np.zeros((len(common), self.size), dtype=np.float32)
        here, lengths = places(self.starts, common)
        rows[np.repeat(np.arange(len(common)), lengths), self.entries[here]] = self.weights[here]
        row_of = np.full(len(self.rarity), NO_ROW, dtype=np.int32)
        row_of[common] = np.arange(len(common))
        return Rows(row_of, rows)


@dataclass(frozen=True)
class Rows:
    """`row_of`: of each feature its place in `weights`, or NO_ROW."""

    row_of: Numbers
    weights: Floats


@dataclass(frozen=True)
class Scores:
    """What each channel says of each entry, for one question."""

    words: Floats
    runs: Floats
    meaning: Floats | None = None
    """Where the extra `semantic` is installed."""

    @property
    def total(self) -> Floats:
        """All channels together."""
        letters = self.words + self.runs
        return letters if self.meaning is None else letters + self.meaning


def score(index: Index, asked: Sequence[str], spelled: Sequence[str], speller: Speller) -> Scores:
    """Scores of all entries. `asked`: the words as typed; `spelled`: the same with slips mended.

    Whole words are looked up as spelled, character runs as typed.
    """
    tokens = distinct(token for word in spelled for token in speller.tokens(word))
    known = [n for n in map(index.numbers.get, tokens) if n is not None]
    runs = index.runs_of(asked)
    return Scores(WORD_SHARE * _channel(index, known), _channel(index, runs))


def _channel(index: Index, known: list[int]) -> Floats:
    """One channel's score per entry, for a question of length one."""
    if not known:
        return np.zeros(index.size, dtype=np.float32)
    numbers = np.array(known)
    row_of = index.rows.row_of[numbers]
    total = _scattered(index, numbers[row_of == NO_ROW])
    total += index.rows.weights[row_of[row_of != NO_ROW]].sum(axis=0)
    rarity = index.rarity[numbers]
    total += rarity.sum() * index.bias
    return np.asarray(total / np.sqrt((rarity**2).sum()), dtype=np.float32)


def _scattered(index: Index, rare: Integers) -> Floats:
    """The sum of the postings of rarer features."""
    place, _ = places(index.starts, rare)
    found = np.bincount(index.entries[place], weights=index.weights[place], minlength=index.size)
    return found.astype(np.float32)
