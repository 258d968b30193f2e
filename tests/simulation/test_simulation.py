"""Stories by the hundred: whatever breaks, no ping is lost and none is a nuisance."""

import os

import pytest

from tests.simulation.runner import play, play_many

SEEDS = int(os.environ.get("SIMULATION_SEEDS", "60"))


def test_every_story_keeps_the_rules() -> None:
    """Crashes, faults, people who come and go: every rule holds in every story."""
    broken, totals = play_many(range(SEEDS))
    assert broken == {}
    assert totals["crashes"] > 0
    assert totals["superseded"] > 0
    assert totals["sent"] > SEEDS


@pytest.mark.parametrize("seed", [110])
def test_the_same_seed_is_the_same_story(seed: int) -> None:
    """A seed that broke a rule can be played again, and again, the same."""
    assert play([seed]) == play([seed])
