"""Folding and splitting a text: bounded, and the same for base and question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.text import (
    MAX_WORD,
    MAX_WORDS,
    by_first_word,
    fold,
    joined,
    words,
    words_of_each,
)


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


def test_the_longest_spelling_is_joined() -> None:
    """`my care net` is one word, `my` alone is not."""
    joins = by_first_word({("care", "net"): "carenet", ("my", "care", "net"): "mycarenet"})
    assert joined(["my", "care", "net", "my"], joins) == ["mycarenet", "my"]


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


@given(st.lists(st.text(max_size=60), max_size=20))
def test_many_texts_at_once_give_the_words_of_each(texts: list[str]) -> None:
    """The index is built from the same words that a question is asked with."""
    assert list(words_of_each(texts)) == [words(text) for text in texts]


@pytest.mark.parametrize("sign", ["a", "é", "ß", "\ufdfa", "\u0345"])
def test_a_folded_text_has_at_most_two_thousand_characters(sign: str) -> None:
    """Also where a sign unfolds into several."""
    assert len(fold(sign * 5_000)) <= 2_000
