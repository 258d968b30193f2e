"""Stories by the hundred: whatever breaks, no ping is lost and none is a nuisance."""

import os

import pytest

from bot.alerts.limiter import Limiter
from bot.store.outbox import SqlOutbox
from tests.simulation.brief import Brief, kills
from tests.simulation.faults import Fault
from tests.simulation.mutants import (
    LosesChanges,
    MarksBeforeSending,
    NeverBelieves,
    NeverCounts,
    NeverRecovers,
    NeverWaits,
)
from tests.simulation.process import Makers
from tests.simulation.rules import broken
from tests.simulation.runner import BRIEF, disk_in_memory, one_by_one, play, play_many, points, tell

SEEDS = int(os.environ.get("SIMULATION_SEEDS", "100"))
SECONDS = float(os.environ.get("SIMULATION_SECONDS", "inf"))
"""After so many no more seeds are begun, so that a slow machine plays fewer."""


def test_every_story_keeps_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    """Crashes, faults, people who come and go: every rule holds, and every fault did strike."""
    played = play_many(range(SEEDS), SECONDS)
    with capsys.disabled():
        print(f"\n{played.seeds} seeds: {dict(sorted(played.totals.items()))}")  # noqa: T201 - figures
    assert played.broken == {}
    assert [fault.value for fault in Fault if not played.totals[fault.value]] == []


def test_a_kill_at_any_point_of_a_story_keeps_the_rules() -> None:
    """Before each statement, after each commit, on each leg of each request."""
    with disk_in_memory() as disk:
        for point in range(points()):
            story = tell(Brief(disk, kills(point, points())))
            assert broken(story) == [], f"killed at point {point + 1}"
            assert sum(story.world.weather.struck[kill] for kill in CRASHES) == 1


CRASHES = (Fault.CRASH, Fault.CRASH_LOOP)


KILLED, ANY = range(0, BRIEF * 200, BRIEF), range(1, 200)
BROKEN = {
    MarksBeforeSending: ("was never seen", KILLED),
    NeverBelieves: ("times", KILLED),
    NeverRecovers: ("is still sending", KILLED),
    LosesChanges: ("was lost", ANY),
    NeverWaits: ("told to wait", ANY),
    NeverCounts: ("requests in the second", ANY),
}
"""What is broken on purpose, what the rule that finds it says, and in which stories."""


@pytest.mark.parametrize("part", BROKEN)
def test_a_part_that_is_broken_on_purpose_breaks_a_rule(part: type[SqlOutbox | Limiter]) -> None:
    """Each rule is a real one: it finds the fault that it is there to find."""
    rule, stories = BROKEN[part]
    found = (words for one in one_by_one(stories, _made_of(part)) for words in one.broken.values())
    assert any(rule in " ".join(words) for words in found)


def _made_of(part: type[SqlOutbox | Limiter]) -> Makers:
    if issubclass(part, Limiter):
        return Makers(limiter=part)
    return Makers(lambda database, group: part(database, group=group))


@pytest.mark.parametrize("seed", [110])
def test_the_same_seed_is_the_same_story(seed: int) -> None:
    """A seed that broke a rule can be played again the same, also alone."""
    among_others = [one.totals for one in one_by_one(range(seed - 2, seed + 1))]
    assert play([seed]).totals == among_others[-1]
