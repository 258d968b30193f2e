"""Typing slips: a word that the base does not know -> the known word that was likely meant.

Candidates share a form with one letter left out (as in SymSpell), so no scan of the vocabulary is
needed; the verdict is rapidfuzz's optimal string alignment, which counts a swap as one edit.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from bot.matching.ragged import Integers

SHORTEST = 4
LONGEST_EDITS = 3


@dataclass(frozen=True)
class Spelling:
    """Known words with how often they occur, and the known words behind each shortened form.

    `forms`: sorted checksums of the forms; `places`: of each, its word's place in `counts`. Two
    forms of one checksum do no harm: the verdict is on the words.
    """

    counts: Mapping[str, int]
    forms: NDArray[np.uint32]
    places: Integers

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The known words, by place."""
        return tuple(self.counts)

    def behind(self, word: str) -> set[str]:
        """The known words that share a form with the word."""
        asked = np.array([_checksum(form) for form in shortened(word)], dtype=np.uint32)
        firsts = np.searchsorted(self.forms, asked, side="left").tolist()
        lasts = np.searchsorted(self.forms, asked, side="right").tolist()
        return {
            self.words[place]
            for first, last in zip(firsts, lasts, strict=True)
            if first < last
            for place in self.places[first:last].tolist()
        }

    def mended(self, word: str) -> str:
        """The known word nearest to it, the commonest of equals; the word itself where none is."""
        if word in self.counts or len(word) < SHORTEST or word.isdigit():
            return word
        allowed = allowed_edits(word)
        best = min(
            (
                (OSA.distance(word, known, score_cutoff=allowed), -self.counts[known], known)
                for known in self.behind(word)
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


def _checksum(form: str) -> int:
    return crc32(form.encode())


def spelling(counts: Mapping[str, int]) -> Spelling:
    """Finds the forms of known words, long enough to be mended to."""
    sums, owners = array("I"), array("i")
    for place, word in enumerate(counts):
        if len(word) >= SHORTEST:
            mine = {_checksum(form) for form in shortened(word)}
            sums.extend(mine)
            owners.extend([place] * len(mine))
    forms = np.array(sums, dtype=np.uint32)
    places = np.array(owners, dtype=np.min_scalar_type(len(counts)))
    order = np.argsort(forms, kind="stable")
    return Spelling(counts, forms[order], places[order])
