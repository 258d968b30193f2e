"""Typing slips: what is mended, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.spelling import allowed_edits, shortened, spelling

KNOWN = spelling(
    {"pharmacie": 5, "attestation": 9, "carte": 7, "carton": 1, "eid": 4, "lezer": 3, "lezen": 8}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("carte", "carte"),
        ("catre", "carte"),
        ("crte", "carte"),
        ("carrte", "carte"),
        ("carfe", "carte"),
        ("pharmcie", "pharmacie"),
        ("attestatoin", "attestation"),
        ("leze", "lezen"),
        ("eif", "eif"),
        ("boulangerie", "boulangerie"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_a_slip_is_read_as_the_nearest_known_word(typed: str, meant: str) -> None:
    """Of equally near ones the commonest; short words, numbers and strange words stay."""
    assert KNOWN.mended(typed) == meant


@pytest.mark.parametrize(
    ("word", "edits"), [("carte", 1), ("lezers", 2), ("pharmacie", 2), ("attestation", 3)]
)
def test_longer_words_may_have_more_slips(word: str, edits: int) -> None:
    """One under six letters, two under ten, else three."""
    assert allowed_edits(word) == edits


def test_forms_lack_one_letter_each() -> None:
    """The word and each of its shortened forms, so that two slips still meet."""
    assert shortened("abc") == {"abc", "bc", "ac", "ab"}


def test_without_known_words_nothing_is_mended() -> None:
    """An empty base leaves every word as typed."""
    assert spelling({}).mended("attestation") == "attestation"


@given(st.sampled_from(sorted(KNOWN.counts)))
def test_a_known_word_is_never_changed(word: str) -> None:
    """However near a commoner one stands."""
    assert KNOWN.mended(word) == word


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=40))
def test_what_is_mended_is_known_or_as_typed(word: str) -> None:
    """No word is made up."""
    assert KNOWN.mended(word) in {word, *KNOWN.counts}
