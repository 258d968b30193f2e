"""From scores to a probability, and from a probability to answer, choice or unknown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.decision import (
    ANSWER_FROM,
    CHOICE_FROM,
    RIVAL_FROM,
    Evidence,
    decide,
    probabilities,
)
from bot.matching.model import AnswerKind, Candidate

ORDER = np.array([0, 1, 2])
TOLD = 5
SCORES = st.lists(st.floats(0, 3, width=32), min_size=3, max_size=3).map(
    lambda found: np.array(sorted(found, reverse=True), dtype=np.float32)
)


@pytest.mark.parametrize(
    ("probability", "near", "kind"),
    [
        (1.0, 1.0, AnswerKind.ANSWER),
        (ANSWER_FROM, 1.0, AnswerKind.ANSWER),
        (ANSWER_FROM - 1e-9, 1.0, AnswerKind.CHOICE),
        (0.0, CHOICE_FROM, AnswerKind.CHOICE),
        (0.0, CHOICE_FROM - 1e-9, AnswerKind.UNKNOWN),
    ],
)
def test_two_thresholds_decide(probability: float, near: float, kind: AnswerKind) -> None:
    """At a threshold the bolder kind is given; who told little is asked for more."""
    assert decide(Evidence((Candidate("one", probability),), near)) is kind


@pytest.mark.parametrize(
    ("probability", "second", "kind"),
    [
        (ANSWER_FROM - 1e-9, 0.0, AnswerKind.ANSWER),
        (ANSWER_FROM - 1e-9, RIVAL_FROM, AnswerKind.CHOICE),
    ],
)
def test_what_an_editor_wrote_is_sure_unless_a_second_is_likely(
    probability: float, second: float, kind: AnswerKind
) -> None:
    """It was written for the first of them."""
    found = (Candidate("one", probability), Candidate("two", second))
    assert decide(Evidence(found, 1.0), written={"one"}) is kind


@pytest.mark.parametrize(
    ("second", "kind"),
    [(RIVAL_FROM, AnswerKind.CHOICE), (RIVAL_FROM - 1e-9, AnswerKind.ANSWER)],
)
def test_a_likely_second_makes_the_answer_a_choice(second: float, kind: AnswerKind) -> None:
    """Two procedures that both may be meant are asked back, however sure the first looks."""
    assert decide(Evidence((Candidate("one", 0.99), Candidate("two", second)), 1.0)) is kind


def test_without_candidates_nothing_is_known() -> None:
    """An honest "I do not know"."""
    assert decide(Evidence((), 0.0)) is AnswerKind.UNKNOWN


@given(SCORES, st.floats(0, 3))
def test_probabilities_fall_with_the_order(scores: np.ndarray, none: float) -> None:
    """They lie between 0 and 1, and no later candidate is likelier than an earlier one."""
    found = probabilities(scores, ORDER, none, TOLD)
    assert 1 >= found[0] >= found[1] >= found[2] >= 0


@given(SCORES, st.floats(0, 2), st.floats(0.01, 1))
def test_the_nearer_to_none_of_them_the_less_likely(
    scores: np.ndarray, none: float, more: float
) -> None:
    """A question that is like the decoys is likely one of them."""
    assert (
        probabilities(scores, ORDER, none + more, TOLD)[0]
        <= probabilities(scores, ORDER, none, TOLD)[0]
    )


@given(SCORES, st.floats(0.01, 1))
def test_a_rival_makes_the_first_less_likely(scores: np.ndarray, nearer: float) -> None:
    """A small lead is a doubt."""
    rival = scores.copy()
    rival[1] = min(rival[0], rival[1] + nearer)
    assert probabilities(rival, ORDER, 0.5, TOLD)[0] <= probabilities(scores, ORDER, 0.5, TOLD)[0]


@given(SCORES, st.floats(0, 3), st.integers(1, 50))
def test_the_more_is_told_the_likelier(scores: np.ndarray, none: float, told: int) -> None:
    """One word reaches a high score by chance, a sentence does not."""
    shorter, longer = (probabilities(scores, ORDER, none, n)[0] for n in (told, told + 1))
    assert shorter <= longer
