"""Folding and splitting a text: bounded, and the same for base and question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.text import MAX_WORD, MAX_WORDS, fold, grams, joined, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’assurabilité", ("l", "assurabilite")),
        ("E-Attest / eFact", ("e", "attest", "efact")),
        ("Straße, œuvre", ("strasse", "oeuvre")),
        ("heeeeelp!!!", ("heelp",)),
        ("carte ISI+ kapot", ("carte", "isi+", "kapot")),
        ("😀 ??? …", ()),
        ("704N", ("704n",)),
    ],
)
def test_words_are_folded(text: str, expected: tuple[str, ...]) -> None:
    """Case, accents, ligatures, quotes, emoji and emphasis make no difference."""
    assert words(text) == expected


def test_runs_mark_the_ends_of_a_word() -> None:
    """So that <eid> at the start of a word differs from the same letters inside another."""
    assert set(grams("eid")) == {"<ei", "eid", "id>", "<eid", "eid>", "<eid>"}


def test_the_longest_spelling_is_joined() -> None:
    """`my care net` is one word, `my` alone is not."""
    joins = {("my", "care", "net"): "mycarenet", ("care", "net"): "carenet"}
    assert joined(["my", "care", "net", "my"], joins, 3) == ["mycarenet", "my"]


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    """Any text gives at most 120 words of at most 40 plain characters."""
    found = words(text)
    assert len(found) <= MAX_WORDS
    assert all(len(word) <= MAX_WORD and word.isascii() for word in found)


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded text does not change any more."""
    assert fold(fold(text)) == fold(text)
