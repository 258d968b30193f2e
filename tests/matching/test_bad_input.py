"""Whatever is typed is decided on, and costs no more than a long question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind
from bot.matching.text import MAX_CHARACTERS, MAX_WORDS, words
from tests.matching.asking import ask

STRANGE = {
    "a megabyte": "recip-e " * 131_072,
    "stop words alone": "le la les de het een und the of a",
    "punctuation alone": "?!… .,;:-_()[]{}«»" * 200,
    "NUL": "\x00" * 500,
    "bidirectional signs": "\u202e\u2066\u2069\u200f" * 100,
    "ten thousand words": " ".join(f"w{n}x" for n in range(10_000)),
    "nested groups": "(" * 5_000 + "a" * 5_000 + ")+" * 5_000,
    "repeats that backtrack": "a" * 50_000 + "!",
    "repeats that grow": "((a+)+)+$" * 5_000,
    "marks without letters": "\u0301" * 20_000,
    "a letter under marks": "e" + "\u0301" * 20_000,
    "lone surrogates": "\ud800\udfff" * 50,
    "one endless word": "x" * 100_000,
    "digits": "0123456789" * 1_000,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_input_is_decided_on(matcher: KnowledgeMatcher, text: str) -> None:
    """None of it raises, and none of it is taken for a sure question but a real word repeated."""
    match = ask(matcher, text)
    assert match.kind is not AnswerKind.ANSWER or "recip-e" in text


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_only_the_start_of_a_text_is_read(matcher: KnowledgeMatcher, text: str) -> None:
    """So that its cost is bounded: what follows the first 2,000 characters changes nothing."""
    assert len(words(text)) <= MAX_WORDS
    assert ask(matcher, text) == ask(matcher, text[:MAX_CHARACTERS])


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_no_sign_raises(matcher: KnowledgeMatcher, text: str) -> None:
    """Also signs that no keyboard has: controls, private ones, lone surrogates."""
    assert all(0 <= candidate.score <= 1 for candidate in ask(matcher, text).candidates)
