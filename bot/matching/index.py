"""The base's texts as numbers: for each feature, how strongly it speaks for each entry.

A question costs one look-up per feature, never a scan of the texts. What is known of a word (its
character runs) is kept with the index, so that only a word that the base does not have is taken
apart; a feature of many entries is kept as a whole row, since rows are added faster than places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.text import grams
from bot.matching.vocabulary import Speller, distinct

Floats = NDArray[np.float32]
Integers = NDArray[np.signedinteger[Any]]

WORD_SHARE = 1.4
"""Weight of the words beside the runs; chosen by cross-validation."""
COMMON = 3
"""A feature of more than one entry in so many is kept as a row."""
ROWS_FROM = 256
"""Entries from which rows are worth their memory."""


@dataclass(frozen=True)
class Index:
    """Postings in compressed rows: entries and weights of feature n stand at starts[n]:starts[n+1].

    `numbers`: feature -> n; the whole words come first. `weights`: how strongly, times rarity.
    `rarity`: idf of each feature. `bias`: of each entry, per unit of question weight.
    `run_starts`, `runs`: the runs of word n, by their numbers, stand at the same places of `runs`.
    """

    numbers: dict[str, int]
    starts: Integers
    entries: NDArray[np.integer[Any]]
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

    def runs_of(self, word: str) -> Sequence[int]:
        """The known runs of a word, by number."""
        number = self.numbers.get(f"={word}")
        if number is not None:
            first, last = self.run_starts[number : number + 2]
            known: list[int] = self.runs[first:last].tolist()
            return known
        found = map(self.numbers.get, grams(word))
        return [run for run in found if run is not None]

    @cached_property
    def rows(self) -> dict[int, Floats]:
        """The weights over all entries of each feature that many entries have."""
        if self.size < ROWS_FROM:
            return {}
        common = np.flatnonzero(np.diff(self.starts) > self.size // COMMON)
        return {int(number): self._row(int(number)) for number in common}

    def _row(self, number: int) -> Floats:
        here = slice(self.starts[number], self.starts[number + 1])
        row = np.zeros(self.size, dtype=np.float32)
        row[self.entries[here]] = self.weights[here]
        return row


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
    runs = {run for word in dict.fromkeys(asked) for run in index.runs_of(word)}
    return Scores(WORD_SHARE * _channel(index, known), _channel(index, list(runs)))


def _channel(index: Index, known: list[int]) -> Floats:
    """One channel's score per entry, for a question of length one."""
    if not known:
        return np.zeros(index.size, dtype=np.float32)
    rarity = index.rarity[known]
    rows = index.rows
    total = _scattered(index, [n for n in known if n not in rows] if rows else known)
    for number in known:
        if number in rows:
            total += rows[number]
    total += rarity.sum() * index.bias
    return np.asarray(total / np.sqrt((rarity**2).sum()), dtype=np.float32)


def _scattered(index: Index, known: list[int]) -> Floats:
    """The sum of the postings of rarer features."""
    if not known:
        return np.zeros(index.size, dtype=np.float32)
    numbers = np.array(known)
    starts = index.starts[numbers]
    lengths = index.starts[numbers + 1] - starts
    ends = np.cumsum(lengths)
    place = np.arange(ends[-1]) + np.repeat(starts - (ends - lengths), lengths)
    found = np.bincount(index.entries[place], weights=index.weights[place], minlength=index.size)
    return found.astype(np.float32)
