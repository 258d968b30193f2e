"""Runs of characters as numbers: what stands for which letters, and what is found again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.runs import known_of, runs_of_words

WORDS = st.lists(st.text("abcyz019+", min_size=1, max_size=12), max_size=6)


def spelled(word: str, size: int) -> list[str]:
    """The runs of one size as letters."""
    marked = f"<{word}>"
    return [marked[n : n + size] for n in range(len(marked) - size + 1)]


def numbers(word: str) -> set[int]:
    """The runs of one word."""
    return set(runs_of_words([word])[0].tolist())


def test_a_word_of_three_letters_has_six_runs() -> None:
    """<ei, eid, id>, <eid, eid> and <eid>."""
    assert len(numbers("eid")) == 6


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [("eid", "eid", 6), ("eid", "reid", 3), ("eid", "eids", 3), ("eid", "die", 0), ("a", "b", 0)],
)
def test_runs_mark_the_ends_of_a_word(one: str, other: str, shared: int) -> None:
    """So that <eid> at the start of a word differs from the same letters inside another."""
    assert len(numbers(one) & numbers(other)) == shared


@given(WORDS)
def test_different_letters_are_different_numbers(words: list[str]) -> None:
    """As many runs as the letters give, each with the place of its word."""
    found, owners = runs_of_words(words)
    told = [
        (run, place)
        for size in (3, 4, 5)
        for place, word in enumerate(words)
        for run in spelled(word, size)
    ]
    letters = [run for run, _ in told]
    assert owners.tolist() == [place for _, place in told]
    assert len(set(zip(found.tolist(), letters, strict=True))) == len(set(letters))
    assert len(set(found.tolist())) == len(set(letters))


@given(st.sets(st.integers(0, 50)), st.lists(st.integers(0, 50)))
def test_known_runs_are_found_and_others_left_out(known: set[int], asked: list[int]) -> None:
    """Each as often as it is asked for."""
    kept = np.array(sorted(known), dtype=np.int32)
    found = known_of(kept, np.array(asked, dtype=np.int32))
    assert kept[found].tolist() == [run for run in asked if run in known]
