"""The first read of a source after a start, beside what the store kept."""

from dataclasses import dataclass, replace

import pytest

from bot.status.model import ChangeKind, Confirmed, Phase, State
from bot.status.observations import Observation
from tests.status.samples import NOON, after, knowledge, service, source
from tests.status.story import DOWN, SLOW, UP, Story, incident, routes, two_services

DARK, PART = State.UNKNOWN, State.PARTIAL_OUTAGE


@dataclass(frozen=True)
class Row:
    """What was kept and by which source, what a source shows at three reads, and what is told."""

    kept: State
    by: str
    shown: State
    told: list[str]
    believed: State
    by_component: bool = True


ROWS = {
    "trouble that another source knows and we did not is told": Row(
        UP, "other", DOWN, ["onset sts"], DOWN
    ),
    "also where it is less than the worst": Row(UP, "other", SLOW, ["onset sts"], SLOW),
    "worse than what was believed is told": Row(SLOW, "other", DOWN, ["worsened sts"], DOWN),
    "the same trouble from another source is not": Row(PART, "other", PART, [], PART),
    "nor is less than that": Row(DOWN, "other", SLOW, [], DOWN),
    "nor is work, which is no trouble": Row(UP, "other", State.MAINTENANCE, [], State.MAINTENANCE),
    "what one page of incidents left unknown is no trouble: an incident is news": Row(
        DARK, "pages", DOWN, ["onset sts"], DOWN, by_component=False
    ),
    "a component that shows up in that page is a baseline": Row(DARK, "pages", DOWN, [], DOWN),
    "so is what another source says of what is unknown": Row(
        DARK, "other", DOWN, [], DOWN, by_component=False
    ),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_the_first_reads_after_a_start_tell(row: Row) -> None:
    """By the source "pages", three times."""
    key = "sts:1" if row.kept.is_outage else None
    kept = Confirmed("sts", row.kept, after(hours=-5), row.by, key)
    story, told = Story(two_services(), (kept,)), []
    for _ in range(3):
        seen = Observation("sts", "pages", after(minutes=story.minute), row.shown)
        told += story.take("pages", [replace(seen, by_component=row.by_component)])
        story.minute += 1
    assert (told, story.tracker.confirmed["sts"].state) == (row.told, row.believed)


def test_a_source_that_says_less_ends_nothing_and_stays_when_the_other_is_back() -> None:
    """Its first read is its baseline: slow is what remains of down."""
    kept = Confirmed("sts", DOWN, after(hours=-5), "pages", key="sts:1")
    story = Story(two_services(), (kept,))
    assert story.read({"sts": SLOW}, "other") == []
    assert story.read({"sts": UP}, "pages", times=3) == ["update sts"]
    assert story.tracker.confirmed["sts"].state is SLOW


def test_the_same_trouble_from_another_source_goes_on_when_the_first_one_ends() -> None:
    """It was a baseline: believed at its first read."""
    kept = Confirmed("sts", DOWN, after(hours=-5), "pages", key="sts:1")
    story = Story(two_services(), (kept,))
    assert story.read({"sts": DOWN}, "other") == []
    assert story.read({"sts": UP}, "pages", times=3) == []
    assert story.tracker.confirmed["sts"].state is DOWN


def test_what_another_source_shows_at_its_first_read_of_all_is_not_told() -> None:
    """On an empty store the baseline is each source's own, and is believed at once."""
    story = Story(two_services())
    story.read({"sts": UP})
    assert story.read({"sts": DOWN}, "other") == []
    assert story.tracker.confirmed["sts"].state is DOWN
    assert story.read({"sts": DOWN}, "other", times=3) == []


def test_what_is_unchanged_keeps_its_beginning() -> None:
    """Known or unknown, seen by components or by incidents alone."""
    for state, by_component in ((UP, True), (DARK, False)):
        kept = Confirmed("sts", state, after(hours=-5), "pages")
        story = Story(two_services(), (kept,))
        seen = Observation("sts", "pages", NOON, UP, by_component=by_component)
        outcome = story.tracker.observe("pages", [seen], (), NOON)
        assert (outcome.changes, outcome.confirmed) == ((), ())
        assert story.tracker.confirmed["sts"] == kept


@pytest.mark.parametrize("phase", [Phase.INVESTIGATING, Phase.IDENTIFIED])
def test_an_incident_that_was_told_is_not_told_again(phase: Phase) -> None:
    """A restart forgets its phase, and takes the first one that is read for the last one told."""
    kept = Confirmed("sts", DOWN, after(hours=-5), "pages", key="pages:i")
    story = Story(two_services(), (kept,))
    seen = Observation("sts", "pages", NOON, DOWN, incident=incident(phase))
    assert story.take("pages", [seen]) == []
    moved = replace(seen, incident=incident(Phase.MONITORING))
    assert story.take("pages", [moved]) == ["update sts"]


@pytest.mark.parametrize("was_on", [True, False])
def test_a_switch_that_changed_meanwhile_is_told_after_its_confirming_read(was_on: bool) -> None:
    """On or off; and what did not change is not told."""
    story = Story(knowledge(service("sts"), source(), source("routes", "ehealth-bcp")))
    story.read({"sts": UP})
    story.take("routes", [routes(was_on, story.minute)])
    same = story.restarted()
    other = story.restarted()
    told = []
    for again, active in ((same, was_on), (other, not was_on)):
        for minute in (10, 11, 12):
            again.minute = minute
            told.append(again.take("routes", [routes(active, minute)]))
    kind = ChangeKind.EMERGENCY_OFF if was_on else ChangeKind.EMERGENCY_ON
    assert told == [[], [], [], [], [f"{kind.value} sts"], []]
