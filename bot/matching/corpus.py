"""The texts that an index is built from, as numbers: each word is kept once."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.text import numbering

Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Corpus:
    """Texts in the order of their entries.

    `words`: each distinct word, in order of first use. `tokens`: all texts' words one after the
    other, as places in `words`; `lengths`: words of each text; `entries`: the entry it speaks for.
    """

    words: tuple[str, ...]
    tokens: Numbers
    lengths: Numbers
    entries: Numbers

    def counts(self) -> dict[str, int]:
        """How often each word occurs."""
        found = np.bincount(self.tokens, minlength=len(self.words))
        return dict(zip(self.words, found.tolist(), strict=True))


def corpus(texts: Iterable[tuple[int, Sequence[str]]]) -> Corpus:
    """From (entry, words of a text), entries in rising order."""
    numbers = numbering()
    tokens, lengths, entries = array("i"), array("i"), array("i")
    for entry, found in texts:
        tokens.extend(map(numbers.__getitem__, found))
        lengths.append(len(found))
        entries.append(entry)
    return Corpus(tuple(numbers), _numbers(tokens), _numbers(lengths), _numbers(entries))


def _numbers(found: "array[int]") -> Numbers:
    return np.array(found, dtype=np.int32)
