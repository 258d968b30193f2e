"""What is owed to people's real questions, on those of writers who had not seen the base."""

import pytest

from bot.matching.evaluation import MEASURES, Measure, Result, calibration_error, evaluate
from bot.matching.matcher import KnowledgeMatcher
from tests.matching.asking import ask
from tests.matching.measured import is_reached, keeps_up
from tests.questions import MORE, OWN, held_out


@pytest.fixture(
    name="results",
    scope="module",
    params=[
        pytest.param(OWN, id="ours"),
        pytest.param(
            MORE,
            id="others",
            marks=pytest.mark.skipif(not MORE, reason="QUESTIONS names no file of questions"),
        ),
    ],
)
def _results(request: pytest.FixtureRequest, matcher: KnowledgeMatcher) -> list[Result]:
    cases = held_out(request.param)
    return evaluate(cases, lambda q: ask(matcher, q.text, q.language, q.profession))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.short)
def test_a_measure_reaches_what_is_owed(results: list[Result], measure: Measure) -> None:
    """At least, or at most, what the table of `evaluate` names."""
    assert is_reached(measure, results)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_no_language_lags_behind(results: list[Result], language: str) -> None:
    """First candidate right: at most 8 points below all."""
    assert keeps_up(language, results)


def test_a_score_is_the_probability_to_be_right(results: list[Result]) -> None:
    """Expected calibration error at most 0.05."""
    assert calibration_error(results) <= 0.05
