"""Typing slips: a word that the base does not know -> the known word that was likely meant.

Candidates share a form with one letter left out (as in SymSpell), so no scan of the vocabulary is
needed; the verdict is rapidfuzz's optimal string alignment, which counts a swap as one edit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

SHORTEST = 4
LONGEST_EDITS = 3


@dataclass(frozen=True)
class Spelling:
    """Known words with how often they occur, and the words behind each shortened form."""

    counts: Mapping[str, int]
    behind: Mapping[str, tuple[str, ...]]

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
    counts: dict[str, int] = {}
    for word in found:
        counts[word] = counts.get(word, 0) + 1
    behind: dict[str, list[str]] = {}
    for word in counts:
        if len(word) >= SHORTEST:
            for form in shortened(word):
                behind.setdefault(form, []).append(word)
    return Spelling(counts, {form: tuple(known) for form, known in behind.items()})


def shortened(word: str) -> set[str]:
    """The word, and the word without each one of its letters."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
