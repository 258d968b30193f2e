"""Typing slips: a word that the base does not know -> the known word that was likely meant.

Candidates share a form with one letter left out (as in SymSpell), so no scan of the vocabulary is
needed; the verdict is rapidfuzz's optimal string alignment, which counts a swap as one edit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

SHORTEST = 4
LONGEST_EDITS = 3


@dataclass(frozen=True)
class Spelling:
    """Known words with how often they occur."""

    counts: Mapping[str, int]

    @cached_property
    def behind(self) -> Mapping[str, tuple[str, ...]]:
        """The known words behind each shortened form; made when the first unknown word comes."""
        behind: dict[str, list[str]] = {}
        for word in self.counts:
            if len(word) >= SHORTEST:
                for form in shortened(word):
                    behind.setdefault(form, []).append(word)
        return {form: tuple(known) for form, known in behind.items()}

    def mended(self, word: str) -> str:
        """The known word nearest to it, the commonest of equals; the word itself where none is."""
        if word in self.counts or len(word) < SHORTEST or word.isdigit():
            return word
        allowed = allowed_edits(word)
        found = {known for form in shortened(word) for known in self.behind.get(form, ())}
        best = min(
            (
                (OSA.distance(word, known, score_cutoff=allowed), -self.counts[known], known)
                for known in found
            ),
            default=(LONGEST_EDITS + 1, 0, word),
        )
        return best[2] if best[0] <= allowed else word


def allowed_edits(word: str) -> int:
    """1 under six letters, 2 under ten, else 3."""
    return 1 if len(word) < 6 else 2 if len(word) < 10 else LONGEST_EDITS  # noqa: PLR2004 - the rule itself


def spelling(found: Iterable[str]) -> Spelling:
    """Learns the words of the base (each occurrence counts)."""
    return Spelling(dict(Counter(found)))


def shortened(word: str) -> set[str]:
    """The word, and the word without each one of its letters."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
