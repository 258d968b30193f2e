"""Typing slips: a word that the base does not know -> the known word that was likely meant.

Candidates share a form with one letter left out (as in SymSpell), so no scan of the vocabulary is
needed; the verdict is rapidfuzz's optimal string alignment, which counts a swap as one edit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

SHORTEST = 4
LONGEST_EDITS = 3


@dataclass(frozen=True)
class Forms:
    """The known words behind each shortened form: sorted hashes of the forms, and each's word."""

    words: tuple[str, ...]
    hashes: NDArray[np.int64]
    places: NDArray[np.int32]

    def behind(self, word: str) -> set[str]:
        """The known words that share a form with the word."""
        asked = np.array([hash(form) for form in shortened(word)])
        firsts = np.searchsorted(self.hashes, asked, side="left").tolist()
        lasts = np.searchsorted(self.hashes, asked, side="right").tolist()
        return {
            self.words[place]
            for first, last in zip(firsts, lasts, strict=True)
            if first < last
            for place in self.places[first:last].tolist()
        }


@dataclass(frozen=True)
class Spelling:
    """Known words with how often they occur."""

    counts: Mapping[str, int]

    @cached_property
    def forms(self) -> Forms:
        """Made anew in each process: the hash of a text differs from one to the next."""
        return _forms(word for word in self.counts if len(word) >= SHORTEST)

    def mended(self, word: str) -> str:
        """The known word nearest to it, the commonest of equals; the word itself where none is."""
        if word in self.counts or len(word) < SHORTEST or word.isdigit():
            return word
        allowed = allowed_edits(word)
        best = min(
            (
                (OSA.distance(word, known, score_cutoff=allowed), -self.counts[known], known)
                for known in self.forms.behind(word)
            ),
            default=(LONGEST_EDITS + 1, 0, word),
        )
        return best[2] if best[0] <= allowed else word


def allowed_edits(word: str) -> int:
    """1 under six letters, 2 under ten, else 3."""
    return 1 if len(word) < 6 else 2 if len(word) < 10 else LONGEST_EDITS  # noqa: PLR2004 - the rule itself


def shortened(word: str) -> set[str]:
    """The word, and the word without each one of its letters."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def _forms(known: Iterable[str]) -> Forms:
    words = tuple(known)
    found = [[hash(form) for form in shortened(word)] for word in words]
    hashes = np.array([one for forms in found for one in forms], dtype=np.int64)
    places = np.repeat(np.arange(len(words), dtype=np.int32), [len(forms) for forms in found])
    order = np.argsort(hashes)
    return Forms(words, hashes[order], places[order])
