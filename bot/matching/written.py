"""The base's own texts, to be known again: what an editor wrote needs no second thought.

A text is one number, the sum of its words' numbers after these are mixed; so the order of its words
is no matter, and two texts of unlike words do not meet by chance (64 bits).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.corpus import Corpus
from bot.matching.ragged import Integers, Numbers, starts_of

Mixed = NDArray[np.uint64]


@dataclass(frozen=True)
class Written:
    """`texts`: the number of each, in rising order; `entries`: whose it is."""

    texts: Mixed
    entries: Numbers

    def of(self, words: Sequence[int]) -> frozenset[int]:
        """The entries that have a text of these words, given by their places in the corpus."""
        text = _mixed(np.array(words, dtype=np.int64)).sum()
        first, last = (np.searchsorted(self.texts, text, side) for side in ("left", "right"))
        return frozenset(self.entries[first:last].tolist())


def written(texts: Corpus) -> Written:
    """Of all texts that tell something."""
    telling = np.flatnonzero(texts.lengths)
    mixed = _mixed(np.arange(len(texts.words)))[texts.tokens]
    each = np.add.reduceat(mixed, starts_of(texts.lengths)[telling])
    order = np.argsort(each, kind="stable")
    return Written(each[order], texts.entries[telling[order]])


def _mixed(numbers: Integers) -> Mixed:
    """Numbers far apart for numbers that are near (Steele et al., SplitMix, OOPSLA 2014)."""
    mixed = (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
