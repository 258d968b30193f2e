"""What one read leads to: whole changes, what is to be kept, and whether to read again soon."""

from dataclasses import replace

import pytest

from bot.status.model import Change, ChangeKind, Confirmed, Emergency, Incident, Phase, State
from bot.status.observations import Observation
from tests.status.samples import NOON, after, knowledge, service, source
from tests.status.story import DOWN, SLOW, UP, Story, incident, routes, two_services


def test_only_what_is_new_is_to_be_kept() -> None:
    """The store writes nothing at a read that changes nothing."""
    story = Story(two_services())

    def kept(states: dict[str, State]) -> set[str]:
        at = after(minutes=story.minute)
        seen = [Observation(name, "pages", at, state) for name, state in states.items()]
        story.minute += 1
        return {each.service for each in story.tracker.observe("pages", seen, (), at).confirmed}

    assert kept({"sts": UP, "recip-e": UP}) == {"sts", "recip-e"}
    assert kept({"sts": UP, "recip-e": DOWN}) == set()
    assert kept({"sts": UP, "recip-e": DOWN}) == set()
    assert kept({"sts": UP, "recip-e": DOWN}) == {"recip-e"}


def test_only_what_is_published_is_read_again_soon() -> None:
    """A component that turns bad waits for its next reads; words are confirmed at once."""
    story = Story(two_services())

    def confirm(*seen: Observation) -> bool:
        return story.tracker.observe("pages", seen, (), NOON).confirm

    up, down = Observation("sts", "pages", NOON, UP), Observation("sts", "pages", NOON, DOWN)
    published = replace(down, incident=incident(Phase.INVESTIGATING))
    bad = Observation("recip-e", "pages", NOON, DOWN)
    fine = Observation("recip-e", "pages", NOON, UP)
    assert not confirm(up, fine)
    assert not confirm(down, bad)
    assert confirm(published, bad)
    assert not confirm(replace(published, at=after(minutes=1)))


def test_a_change_says_all_that_is_known() -> None:
    """From what to what, since when and by whom, under which key, under which parents and route."""
    story = Story(two_services())
    story.read({"sts": UP, "recip-e": UP})
    story.read({"sts": DOWN, "recip-e": DOWN}, times=3)
    assert story.told[1] == Change(
        kind=ChangeKind.ONSET,
        service="recip-e",
        previous=UP,
        current=DOWN,
        at=after(minutes=3),
        since=after(minutes=1),
        source="pages",
        key="recip-e:2026-03-02T12:01Z",
        affected_by=("sts",),
    )


@pytest.mark.parametrize(
    ("state", "affected_by"),
    [(SLOW, ()), (State.PARTIAL_OUTAGE, ("sts",)), (DOWN, ("sts",))],
)
def test_a_parent_that_is_slow_is_not_down(state: State, affected_by: tuple[str, ...]) -> None:
    """One that is out in part is."""
    story = Story(two_services())
    story.read({"sts": UP, "recip-e": UP})
    story.read({"sts": state, "recip-e": DOWN}, times=3)
    assert story.told[1].affected_by == affected_by


def test_a_change_on_the_detour_says_so() -> None:
    """Whoever is told that it is slow is told of the route too."""
    detour = Emergency(after(hours=-1), "detour.example")
    kept = Confirmed("sts", UP, NOON, "pages", emergency=detour)
    story = Story(two_services(), (kept,))
    story.read({"sts": SLOW}, times=3)
    assert [change.emergency for change in story.told] == [detour]


def test_the_switch_says_all_that_is_known() -> None:
    """The state beside it, since when, by which list, and what is down above."""
    base = knowledge(
        service("sts"),
        service("recip-e", depends_on=("sts",)),
        source(),
        source("routes", "ehealth-bcp"),
    )
    story = Story(base)
    story.read({"sts": DOWN, "recip-e": UP})
    for active in (False, True, True):
        story.take("routes", [replace(routes(active, story.minute), service="recip-e")])
        story.minute += 1
    assert story.told == [
        Change(
            kind=ChangeKind.EMERGENCY_ON,
            service="recip-e",
            previous=UP,
            current=UP,
            at=after(minutes=3),
            since=after(minutes=-1),
            source="routes",
            key="routes:recip-e:2026-03-02T11:59Z",
            affected_by=("sts",),
            emergency=Emergency(after(minutes=-1), "detour.example"),
        )
    ]


def test_a_switch_without_a_date_began_when_it_was_first_read() -> None:
    """Not when it was believed."""
    story = Story(knowledge(service("sts"), source("routes", "ehealth-bcp")))
    for active in (False, True, True):
        story.take("routes", [replace(routes(active, story.minute), issued_at=None)])
        story.minute += 1
    assert [change.since for change in story.told] == [after(minutes=1)]


def test_of_a_service_that_only_the_list_of_routes_names_the_state_is_unknown() -> None:
    """Kept with its route, from the first read on."""
    story = Story(knowledge(service("sts"), source("routes", "ehealth-bcp")))
    story.take("routes", [routes(active=True, minute=0)])
    detour = Emergency(after(minutes=-1), "detour.example")
    wanted = Confirmed("sts", State.UNKNOWN, NOON, "routes", emergency=detour)
    assert story.tracker.confirmed == {"sts": wanted}


def test_unstable_is_told_of_the_outage_that_made_it_so() -> None:
    """Its beginning and its key, though it is over."""
    story = Story(two_services())
    story.read({"sts": UP})
    for _ in range(3):
        story.read({"sts": DOWN}, times=3)
        story.read({"sts": UP}, times=3)
    onset, unstable = story.told[-2:]
    assert (unstable.kind, unstable.current) == (ChangeKind.UNSTABLE, UP)
    assert (unstable.since, unstable.key) == (onset.since, onset.key)


def test_steady_again_has_a_key_of_its_own() -> None:
    """No outage is open then whose key it could bear."""
    kept = Confirmed("sts", UP, NOON, "pages", unstable=True)
    story = Story(two_services(), (kept,), minute=30)
    assert story.read({"sts": UP}) == ["steady sts"]
    assert story.told[0].key == "sts:2026-03-02T12:00Z"


def test_work_that_stands_at_the_first_read_of_a_source_is_not_told() -> None:
    """Each source has a first read of its own."""
    story = Story(two_services())
    work = Incident("w", "other", "Work", Phase.SCHEDULED, ("sts",), DOWN, starts_at=after(hours=5))
    assert story.take("pages", []) == []
    assert story.take("other", [], [work]) == []
    assert story.take("other", [], [work, replace(work, id="v")]) == ["planned sts"]


def unlisted(story: Story, **fields: object) -> list[list[str]]:
    """The incident is told, then the page lists it no more: three reads, two minutes apart."""
    told = []
    for found in (incident(Phase.INVESTIGATING),) * 2 + (None,) * 3:
        seen = Observation(
            "sts", "pages", after(minutes=story.minute), DOWN if found else UP, incident=found
        )
        told.append(story.take("pages", [replace(seen, **fields)]))  # type: ignore[arg-type]
        story.minute += 2
    return told


def test_an_incident_that_falls_off_a_list_is_over_after_three_reads() -> None:
    """Where only its list tells of the service; a component that is fine is believed sooner."""
    onset, over = ["onset sts"], ["resolved sts"]
    story = Story(two_services())
    story.take("pages", [Observation("sts", "pages", NOON, UP, by_component=False)])
    assert unlisted(story, by_component=False) == [[], onset, [], [], over]
    story = Story(two_services())
    story.read({"sts": UP})
    assert unlisted(story) == [[], onset, [], over, []]


def test_an_incident_that_goes_on_without_effect_is_over_after_two_reads() -> None:
    """It still is listed, and says so."""
    story = Story(two_services())
    story.take("pages", [Observation("sts", "pages", NOON, UP, by_component=False)])
    told = []
    for state in (DOWN, DOWN, UP, UP):
        found = replace(incident(Phase.INVESTIGATING), impact=state)
        seen = Observation("sts", "pages", after(minutes=story.minute), state)
        told.append(story.take("pages", [replace(seen, by_component=False, incident=found)]))
        story.minute += 2
    assert told == [[], ["onset sts"], [], ["resolved sts"]]
