"""Stories by the hundred: whatever breaks, no ping is lost and none is a nuisance."""

import os

import pytest

from bot.alerts.limiter import Limiter
from bot.store.chats import SqlChats
from bot.store.outbox import SqlOutbox
from tests.simulation.brief import Brief, kills
from tests.simulation.faults import Fault
from tests.simulation.making import Makers
from tests.simulation.mutants import (
    LastFirst,
    LosesChanges,
    MarksBeforeSending,
    NeverBelieves,
    NeverCounts,
    NeverEnds,
    NeverFences,
    NeverRecovers,
    NeverReplaces,
    NeverStops,
    NeverWaits,
    StopsHalf,
)
from tests.simulation.rules import broken
from tests.simulation.runner import (
    BRIEF,
    Make,
    disk_in_memory,
    one_by_one,
    play,
    play_many,
    points,
    tell,
)
from tests.simulation.scenes import Afternoon, Queue, Scene, Standstill

Part = SqlOutbox | Limiter | SqlChats
SEEDS = int(os.environ.get("SIMULATION_SEEDS", "200"))
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


KILLED, ANY, FEW = range(0, BRIEF * 200, BRIEF), range(1, 200), range(20)
BROKEN: dict[type[Part], tuple[str, range, Make | None]] = {
    MarksBeforeSending: ("was never seen", KILLED, None),
    NeverBelieves: ("times", KILLED, None),
    NeverRecovers: ("is still sending", KILLED, None),
    LosesChanges: ("was lost", ANY, None),
    NeverEnds: ("not that it is over", ANY, None),
    NeverWaits: ("told to wait", ANY, None),
    NeverCounts: ("requests in the second", ANY, None),
    NeverStops: ("after leaving", ANY, None),
    StopsHalf: ("after its /stop", ANY, None),
    NeverFences: ("was changed to", FEW, Standstill),
    NeverReplaces: ("was never seen", FEW, Afternoon),
    LastFirst: ("order of urgency", FEW, Queue),
}
"""What is broken on purpose, what the rule that finds it says, and in which stories."""


@pytest.mark.parametrize("part", BROKEN)
def test_a_part_that_is_broken_on_purpose_breaks_a_rule(part: type[Part]) -> None:
    """Each rule is a real one: it finds the fault that it is there to find."""
    rule, seeds, make = BROKEN[part]
    played = one_by_one(seeds, _made_of(part), make)
    assert any(rule in " ".join(words) for one in played for words in one.broken.values())


@pytest.mark.parametrize("scene", [Standstill, Afternoon, Queue])
def test_what_a_scene_is_made_for_keeps_the_rules_where_nothing_is_broken(
    scene: type[Scene],
) -> None:
    """It is the broken part that breaks the rule, and not the scene."""
    assert [one.broken for one in one_by_one(FEW, make=scene) if one.broken] == []


def _made_of(part: type[Part]) -> Makers:
    if issubclass(part, Limiter):
        return Makers(limiter=part)
    if issubclass(part, SqlChats):
        return Makers(chats=part)
    return Makers(lambda database, group: part(database, group=group))


@pytest.mark.parametrize("seed", [110])
def test_the_same_seed_is_the_same_story(seed: int) -> None:
    """A seed that broke a rule can be played again the same, also alone."""
    among_others = [one.totals for one in one_by_one(range(seed - 2, seed + 1))]
    assert play([seed]).totals == among_others[-1]
