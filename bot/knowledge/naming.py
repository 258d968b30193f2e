"""The nearest of the known ids to what was typed, for "did you mean"."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def nearest(typed: str, known: Iterable[str]) -> str:
    """The most similar one; of nothing known, an empty text."""
    best = process.extractOne(typed, list(known), scorer=fuzz.WRatio)
    return str(best[0]) if best else ""
