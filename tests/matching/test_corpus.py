"""Many texts at once become the same words as one question alone."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.corpus import Corpus, corpus
from bot.matching.reading import read
from bot.matching.text import words
from bot.matching.vocabulary import Speller

JOINS = {
    ("a", "b"): "ab",
    ("a", "b", "c"): "abc",
    ("b", "a"): "ba",
    ("c",): "cc",
    ("d", "c"): "dc",
}
SPELLER = Speller(MappingProxyType(JOINS), frozenset({"b", "z", "ba"}))
TEXTS = st.lists(st.text("abcdz -\n", max_size=20), max_size=8)


def texts_in(found: Corpus) -> list[list[str]]:
    """The words of each text."""
    said = iter(found.words[token] for token in found.tokens)
    return [[next(said) for _ in range(length)] for length in found.lengths]


@given(st.lists(st.text(max_size=60), max_size=20))
def test_texts_read_together_give_the_words_of_each(texts: list[str]) -> None:
    """Whatever signs they hold."""
    found = read(texts)
    told = Corpus(found.words, found.tokens, found.lengths, found.lengths)
    assert texts_in(told) == [list(words(text)) for text in texts]


@pytest.mark.parametrize("text", ["un " * 300, "e-attest " * 100, "x" * 3_000, "a b " * 1_000])
def test_a_long_text_is_cut_where_a_question_is_cut(text: str) -> None:
    """And those around it are not."""
    found = read(["avant", text, "apres"])
    assert found.lengths.tolist() == [1, len(words(text)), 1]


@given(TEXTS)
def test_joins_and_fillers_are_read_as_in_a_question(texts: list[str]) -> None:
    """Also where joins overlap, where one is a filler, and where nothing else is left."""
    found = corpus(texts, range(len(texts)), SPELLER)
    assert texts_in(found) == [SPELLER.words(text) for text in texts]


def test_words_do_not_join_across_texts() -> None:
    """The end of one and the start of the next are no spelling."""
    assert texts_in(corpus(["d a", "b c"], [0, 0], SPELLER)) == [["d", "a"], ["cc"]]


def test_a_word_that_no_text_keeps_is_not_known() -> None:
    """A filler beside words that tell more is nothing to mend a slip to."""
    assert corpus(["a z", "d z"], [0, 1], SPELLER).counts() == {"a": 1, "d": 1}
