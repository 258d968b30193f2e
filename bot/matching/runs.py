"""Runs of characters, as numbers: six bits a character, so that no two runs share a number.

A word's ends are marked, so that <eid> at the start of a word differs from the same letters inside
another: `eid` gives `<ei`, `eid`, `id>`, `<eid`, `eid>` and `<eid>`.
"""

from collections.abc import Sequence
from string import ascii_lowercase, digits

import numpy as np
from numpy.typing import NDArray

from bot.matching.ragged import Numbers

SIZES = (3, 4, 5)
_BITS = 6
_START, _END = "<", ">"
_SIGNS = f"{_START}{_END}{ascii_lowercase}{digits}+"
_CODES = bytes.maketrans(_SIGNS.encode(), bytes(range(1, len(_SIGNS) + 1)))


def runs_of_words(
    words: Sequence[str], sizes: tuple[int, ...] = SIZES
) -> tuple[Numbers, NDArray[np.intp]]:
    """The runs of folded words, and of each run the place of its word; by size, then by place."""
    marked = f"{_START}{f'{_END}{_START}'.join(words)}{_END}".encode().translate(_CODES)
    signs = np.frombuffer(marked, dtype=np.uint8).astype(np.int32)
    owners = np.cumsum(signs == 1) - 1
    found, whose = [], []
    runs = signs
    for size in range(2, max(sizes) + 1):
        runs = runs[:-1] << _BITS | signs[size - 1 :]
        if size in sizes:
            inside = owners[: len(runs)] == owners[size - 1 :]
            found.append(runs[inside])
            whose.append(owners[: len(runs)][inside])
    return np.concatenate(found), np.concatenate(whose)


def known_of(known: Numbers, runs: Numbers) -> NDArray[np.intp]:
    """The places in `known`, which is sorted, of those runs that stand there."""
    place = np.minimum(np.searchsorted(known, runs), max(0, len(known) - 1))
    return place[known[place] == runs] if len(known) else place[:0]
