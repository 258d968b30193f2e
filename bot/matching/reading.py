"""Many texts at once -> words as numbers. What is typed between two blanks is folded once."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.ragged import Integers, Numbers, places, starts_of
from bot.matching.text import MAX_CHARACTERS, MAX_WORDS, numbering, words_of_each

BLOCK = 1 << 17
"""Words that are looked up together."""


@dataclass(frozen=True)
class Read:
    """`tokens`: all texts' words one after the other, as places in `words`; `lengths`: of each."""

    words: tuple[str, ...]
    tokens: Numbers
    lengths: Numbers


def read(texts: Iterable[str]) -> Read:
    """As `words` of each text."""
    typed = numbering()
    found, counts = array("i"), array("i")
    for text in texts:
        parts = text[:MAX_CHARACTERS].split()
        found.extend(map(typed.__getitem__, parts))
        counts.append(len(parts))
    return _folded(tuple(typed), as_numbers(found), as_numbers(counts))


def as_numbers(found: "array[int]") -> Numbers:
    """The same as an array that can be reckoned with, without a copy."""
    return np.asarray(found, dtype=np.int32)


def _folded(typed: Sequence[str], found: Numbers, counts: Numbers) -> Read:
    """From what is typed between blanks, which is none, one or several words."""
    numbers = numbering()
    words, sizes = array("i"), array("i")
    for parts in words_of_each(typed):
        words.extend(map(numbers.__getitem__, parts))
        sizes.append(len(parts))
    starts, folded = starts_of(as_numbers(sizes)), as_numbers(words)
    blocks = (found[first : first + BLOCK] for first in range(0, len(found), BLOCK))
    tokens = [folded[places(starts, block)[0]] for block in blocks]
    ends = starts_of(np.diff(starts)[found])[starts_of(counts)]
    return _cut(Read(tuple(numbers), np.concatenate([folded[:0], *tokens]), np.diff(ends)))


def _cut(whole: Read) -> Read:
    if not len(whole.lengths) or whole.lengths.max() <= MAX_WORDS:
        return whole
    kept = np.flatnonzero(_position(whole.lengths) < MAX_WORDS)
    return Read(whole.words, whole.tokens[kept], np.minimum(whole.lengths, MAX_WORDS))


def _position(lengths: Integers) -> Integers:
    """Of each word its place in its text."""
    starts = starts_of(lengths)
    return np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
