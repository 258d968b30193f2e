"""The measures themselves, on values that can be checked by hand."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.evaluation import (
    MEASURES,
    Case,
    Measure,
    Result,
    Share,
    calibration_error,
    confusions,
    evaluate,
    reliability,
    with_slips,
    worst,
)
from bot.matching.model import AnswerKind, Candidate, Match, Question

TEXT = "Bonjour, la facturation électronique ne fonctionne plus depuis ce matin à 8h"


def result(
    score: float, given_: str = "right", kind: str = "in", answered: AnswerKind = AnswerKind.CHOICE
) -> Result:
    """A question that `right` answers, and what came of it."""
    case = Case.model_validate({"q": "?", "lang": "fr", "kind": kind, "expect": ("right",)})
    match = Match(answered, "fr", None, (Candidate(given_, score),))
    return Result(case, match, match, "fr")


def named(name: str) -> Measure:
    """The measure of that short name."""
    return next(measure for measure in MEASURES if measure.short == name)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    """81 of 263 is the example of Newcombe (1998); 0 and all of 10 stay within 0 and 1."""
    assert Share(hits, total).interval == pytest.approx((low, high), abs=1e-4)


def test_the_calibration_error_weighs_each_bin_by_its_questions() -> None:
    """Three claimed 0.95 with two right (0.283 off), one claimed 0.25 and wrong (0.25 off)."""
    results = [result(0.95), result(0.95), result(0.95, "wrong"), result(0.25, "wrong")]
    expected = 0.75 * (0.95 - 2 / 3) + 0.25 * 0.25
    assert calibration_error(results) == pytest.approx(expected)


def test_sure_and_right_is_calibrated() -> None:
    """A probability of exactly 1 has its place in the last bin."""
    assert calibration_error([result(1.0)] * 5) == 0
    assert [one.count for one in reliability([result(1.0)] * 5)] == [5]


def test_vague_questions_are_not_judged_by_their_score() -> None:
    """They have no one right answer."""
    assert reliability([result(0.9, kind="vague")]) == []


@pytest.mark.parametrize(
    ("measure", "given_", "answered", "hit"),
    [
        ("first", "right", AnswerKind.CHOICE, True),
        ("first", "wrong", AnswerKind.CHOICE, False),
        ("one tap", "right", AnswerKind.ANSWER, True),
        ("one tap", "wrong", AnswerKind.ANSWER, False),
        ("one tap", "right", AnswerKind.UNKNOWN, False),
        ("wrong", "wrong", AnswerKind.ANSWER, True),
        ("wrong", "wrong", AnswerKind.CHOICE, False),
    ],
)
def test_a_question_in_scope_is_counted(
    measure: str, given_: str, answered: AnswerKind, hit: bool
) -> None:
    """Only an answer harms; only what is shown helps."""
    assert named(measure).over([result(0.9, given_, answered=answered)]).hits == hit


def test_slips_are_the_same_for_the_same_seed() -> None:
    """So that two runs of `evaluate` can be compared."""
    first, second = (with_slips(TEXT, random.Random(3)) for _ in range(2))
    assert first == second != TEXT


@given(st.integers(0, 10_000))
def test_slips_touch_words_of_four_letters_alone(seed: int) -> None:
    """Short words, digits and signs stay; no word is added or lost."""
    before, after = TEXT.split(), with_slips(TEXT, random.Random(seed)).split()
    assert len(before) == len(after)
    same = [(b, a) for b, a in zip(before, after, strict=True) if len(b.strip(",")) < 4]
    assert all(b == a for b, a in same)


def test_confusions_are_counted_most_often_first() -> None:
    """What was expected, what was given instead, how often."""
    results = [result(0.5, "b"), result(0.5, "a"), result(0.5, "a"), result(0.5)]
    assert confusions(results) == [("right", "a", 2), ("right", "b", 1)]


def test_the_worst_are_the_wrong_ones_claimed_with_most_confidence() -> None:
    """Right ones are not among them, nor out-of-scope ones that were not answered."""
    results = [result(0.4, "a"), result(0.9, "b"), result(0.99), result(0.95, "c", "oos")]
    assert [one.score for one in worst(results)] == [0.9, 0.4]


def test_each_case_is_asked_plain_with_slips_and_with_nothing_set() -> None:
    """The third is for the reply language alone, so the case's own language is not told."""
    asked: list[Question] = []

    def match(question: Question) -> Match:
        asked.append(question)
        return Match(AnswerKind.UNKNOWN, "fr", None)

    evaluate([Case(q=TEXT, lang="nl", profession="nurse", kind="in")], match)
    assert [(q.language, q.profession) for q in asked] == [
        ("nl", "nurse"),
        ("nl", "nurse"),
        (None, "nurse"),
    ]
    assert [q.text == TEXT for q in asked] == [True, False, True]
