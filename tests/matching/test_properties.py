"""What must not change an answer, over the base's own questions."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import LANGUAGES, Knowledge
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.text import words
from tests.matching.asking import ask


@pytest.fixture(name="fillers", scope="module")
def _fillers(knowledge: Knowledge, matcher: KnowledgeMatcher) -> list[str]:
    """Fillers that are no part of a spelling that is joined, and no cue to a profession."""
    joined = {word for run in matcher.speller.joins for word in run}
    named = {word for name in matcher.professions.known for word in name}
    return sorted(
        filler
        for filler in knowledge.lexicon.fillers
        if not (set(words(filler)) & (joined | named)) and words(filler)
    )


def _drawn(data: st.DataObject, matcher: KnowledgeMatcher) -> str:
    procedure = data.draw(st.sampled_from(matcher.procedures))
    return data.draw(st.sampled_from(procedure.questions[data.draw(st.sampled_from(LANGUAGES))]))


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_fillers_do_not_change_the_first_candidate(
    matcher: KnowledgeMatcher, fillers: list[str], data: st.DataObject
) -> None:
    """Politeness before and after a question does not lead elsewhere."""
    question = _drawn(data, matcher)
    before, after = (data.draw(st.lists(st.sampled_from(fillers), max_size=4)) for _ in "ba")
    longer = " ".join((*before, question, *after))
    assert _first(matcher, longer) == _first(matcher, question)


@settings(max_examples=80, deadline=None)
@given(data=st.data(), blanks=st.text(" \t\n\u00a0", max_size=5))
def test_case_accents_and_outer_blanks_change_nothing(
    matcher: KnowledgeMatcher, data: st.DataObject, blanks: str
) -> None:
    """Shouted, without accents, decomposed as some phones write: the same decision in all."""
    question = _drawn(data, matcher)
    plain = ask(matcher, question, "fr")
    for typed in (
        question.lower(),
        _without_accents(question),
        unicodedata.normalize("NFD", question),
        f"{blanks}{question}{blanks}",
    ):
        assert ask(matcher, typed, "fr") == plain


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_same_question_gets_the_same_answer(
    matcher: KnowledgeMatcher, data: st.DataObject
) -> None:
    """Nothing of another question asked in between stays."""
    one, other = _drawn(data, matcher), _drawn(data, matcher)
    first = ask(matcher, one)
    ask(matcher, other)
    assert ask(matcher, one) == first


def _first(matcher: KnowledgeMatcher, text: str) -> str:
    return matcher.evidence(text, None, frozenset()).candidates[0].procedure
