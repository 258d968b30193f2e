"""What is told of announced work: once, again where it changes, and that it is called off."""

from dataclasses import replace

import pytest

from bot.status.kept import Planned
from bot.status.model import Change, ChangeKind, Confirmed, Incident, Phase, State
from tests.status.samples import NOON, after, knowledge, service, source
from tests.status.story import DOWN, SLOW, UP, Story, two_services


def work(key: str = "w", hours: float = 5, **more: object) -> Incident:
    """Work on STS that pages announces."""
    fields: dict[str, object] = {"phase": Phase.SCHEDULED, "services": ("sts",), "impact": DOWN}
    fields |= {"starts_at": after(hours=hours)} | more
    return Incident(key, "pages", "Work", **fields)  # type: ignore[arg-type]


def test_planned_work_is_told_once_and_again_when_it_changes() -> None:
    """What stood there at the first read is known already; policy weighs what is not felt."""
    story = Story(two_services())
    assert story.take("pages", [], [work("a", 5)]) == []
    assert story.take("pages", [], [work("a", 5), work("b", 6)]) == ["planned sts"]
    assert story.take("pages", [], [work("a", 5), work("b", 6)]) == []
    assert story.take("pages", [], [work("a", 5), work("b", 7)]) == ["planned sts"]
    harmless = work("b", 7, impact=UP)
    assert story.take("pages", [], [work("a", 5), harmless]) == ["planned sts"]
    assert [one.key for one in story.told] == ["pages:b"] * 3
    more = [work("a", 5), harmless, work("d", 24 * 9), work("e", -1)]
    assert story.take("pages", [], more) == []
    assert story.take("pages", [], [*more, work("c", 8, impact=UP)]) == ["planned sts"]


def test_what_stood_at_another_source_at_its_first_read_is_known_already() -> None:
    """That this one has been read says nothing of the other."""
    story = Story(two_services())
    assert story.take("pages", [], [work()]) == []
    there = replace(work(hours=6), source="other")
    assert story.take("other", [], [there]) == []


def test_an_end_that_moves_is_told() -> None:
    """Somebody counts on it."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    for hours in (6, 6, 8):
        story.take("pages", [], [work(ends_at=after(hours=hours))])
    assert [one.incident and one.incident.ends_at for one in story.told] == [
        after(hours=6),
        after(hours=8),
    ]
    assert {one.since for one in story.told} == {after(hours=5)}


WEEK = 24 * 7


@pytest.mark.parametrize("listed", [[1 + WEEK, 1], [1, 1 + WEEK]], ids=["last first", "in order"])
def test_of_several_windows_under_one_id_the_next_is_told(listed: list[float]) -> None:
    """However its page lists weekly work."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    assert story.take("pages", [], [work(hours=hours) for hours in listed]) == ["planned sts"]
    assert story.told[0].since == after(hours=1)


def test_the_window_after_it_is_told_once_that_has_begun() -> None:
    """And is less than a week ahead."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    listed = [work(hours=1 + WEEK), work(hours=1)]
    assert story.take("pages", [], listed) == ["planned sts"]
    story.minute = 30
    assert story.take("pages", [], listed) == []
    story.minute = 60
    assert story.take("pages", [], listed[1:]) == []
    assert story.take("pages", [], [work(hours=2 + WEEK)]) == []
    story.minute = 121
    assert story.take("pages", [], [work(hours=2 + WEEK)]) == ["planned sts"]


@pytest.mark.parametrize(
    ("kept", "state"),
    [((Confirmed("sts", SLOW, NOON, "other"),), SLOW), ((), State.UNKNOWN)],
    ids=["as confirmed", "never confirmed"],
)
def test_work_to_come_leaves_its_service_as_it_is(
    kept: tuple[Confirmed, ...], state: State
) -> None:
    """It says whose work it is and since when it counts; what state there is stays."""
    story = Story(two_services(), kept)
    reads: list[list[Incident]] = [[], [work()], [work(phase=Phase.COMPLETED)]]
    for story.minute, read in enumerate(reads):
        story.take("pages", [], read)
    told = {"service": "sts", "previous": state, "current": state, "source": "pages"}
    more = {"since": after(hours=5), "key": "pages:w", "incident": work()}
    assert story.told == [
        Change(kind=kind, at=after(minutes=minute), **told, **more)  # type: ignore[arg-type]
        for kind, minute in ((ChangeKind.PLANNED, 1), (ChangeKind.CALLED_OFF, 2))
    ]


def test_work_without_hours_holds_up_no_other() -> None:
    """A page may list some that it has yet to date: there is nothing to tell of it."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    undated = work("later", starts_at=None)
    assert story.take("pages", [], [undated, work(), undated]) == ["planned sts"]
    assert [story.take("pages", [], [undated, work()]) for _ in range(3)] == [[]] * 3


def test_work_that_is_moved_far_ahead_is_told_to_be() -> None:
    """Beyond the seven days too: somebody counts on its old hours."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    assert story.take("pages", [], [work()]) == ["planned sts"]
    assert story.take("pages", [], [work(hours=24 * 20)]) == ["planned sts"]
    assert story.take("pages", [], [work(hours=24 * 20)]) == []


WITHDRAWN: dict[str, tuple[list[list[Incident]], list[str]]] = {
    "three reads without it": ([[], [], []], ["called_off sts"]),
    "two reads without it": ([[], [], [work()]], []),
    "not three in a row": ([[], [], [work()], [], []], []),
    "cancelled by name": ([[work(phase=Phase.COMPLETED)]], ["called_off sts"]),
    "once alone": ([[], [], [], [], [], []], ["called_off sts"]),
    "begun before its hour": ([[work(phase=Phase.IN_PROGRESS)]] * 4, []),
    "completed before its hour": (
        [[work(hours=-1, phase=Phase.COMPLETED)]],
        ["called_off sts"],
    ),
    "its hours left out": ([[work(starts_at=None)]] * 4, []),
    "for another service from now on": (
        [[work(services=("recip-e",))]] * 3,
        ["planned recip-e", "called_off sts"],
    ),
}


@pytest.mark.parametrize(("reads", "told"), WITHDRAWN.values(), ids=WITHDRAWN)
def test_work_that_is_announced_no_longer_is_called_off(
    reads: list[list[Incident]], told: list[str]
) -> None:
    """At once where the source says so; where it only leaves it out, after three reads."""
    kept = tuple(Confirmed(name, UP, NOON, "pages") for name in ("sts", "recip-e"))
    story = Story(two_services(), kept)
    assert story.take("pages", [], [work()]) == ["planned sts"]
    assert [one for read in reads for one in story.take("pages", [], read)] == told


def test_work_whose_hour_has_come_is_not_called_off() -> None:
    """Many pages list it among what is planned only until it begins."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    assert story.take("pages", [], [work()]) == ["planned sts"]
    story.minute = 60 * 5
    assert [story.take("pages", []) for _ in range(4)] == [[]] * 4


def test_a_feed_that_lists_work_no_more_has_not_called_it_off() -> None:
    """Its older entries fall off the end; that it is cancelled, a feed has to say."""
    base = knowledge(service("sts"), source("pages", form="feed"))
    story = Story(base, (Confirmed("sts", UP, NOON, "pages"),))
    assert story.take("pages", [], [work()]) == ["planned sts"]
    assert [story.take("pages", []) for _ in range(4)] == [[]] * 4
    assert story.take("pages", [], [work(phase=Phase.COMPLETED)]) == ["called_off sts"]


def test_work_that_was_announced_during_a_restart_is_told() -> None:
    """With all that is ahead and not known yet."""
    story = Story(two_services())
    story.read({"sts": UP})
    again = story.restarted()
    assert again.take("pages", [], [work()]) == ["planned sts"]
    assert again.take("pages", [], [work()]) == []


def test_work_that_changed_during_a_restart_is_told() -> None:
    """It is compared with what the store kept: moved, called off, or as it was."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    story.take("pages", [], [work("a"), work("b"), work("c")])
    again = story.restarted()
    read = [work("a"), work("b", 7)]
    assert again.take("pages", [], read) == ["planned sts"]
    assert again.told[0].key == "pages:b"
    assert [again.take("pages", [], read) for _ in range(2)] == [[], ["called_off sts"]]
    assert again.told[1].key == "pages:c"


def test_all_that_was_announced_survives_a_restart() -> None:
    """By each source, for each of its services."""
    story = Story(two_services())
    here, there = work(services=("sts", "recip-e")), replace(work(), source="other")
    story.take("pages", [], [here])
    story.take("other", [], [there])
    kept = {Planned("sts", here), Planned("recip-e", here), Planned("sts", there)}
    assert set(story.restarted().planned) == kept


def test_a_source_that_tells_of_a_service_no_more_calls_nothing_off() -> None:
    """It is the knowledge base that changed."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    story.take("pages", [], [work()])
    story.base = knowledge(service("sts"), source("pages", services={"x": "recip-e"}))
    again = story.restarted()
    assert [again.take("pages", []) for _ in range(4)] == [[]] * 4


def test_work_that_is_under_way_before_its_hours_is_told_as_it_is() -> None:
    """Once three reads in a row say so; of its old hours nothing is known any more."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    assert story.take("pages", [], [work(hours=5)]) == ["planned sts"]
    begun = work(hours=-1, phase=Phase.IN_PROGRESS)
    reads = [story.take("pages", [], [begun]) for _ in range(4)]
    assert reads == [[], [], ["planned sts"], []]
    assert story.told[-1].since == after(hours=-1)
    assert [story.take("pages", [], []) for _ in range(4)] == [[]] * 4


def test_work_that_begins_this_very_moment_is_under_way() -> None:
    """Brought forward to now, it is news no later than what began an hour ago."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    assert story.take("pages", [], [work(hours=5)]) == ["planned sts"]
    reads = []
    for story.minute in range(1, 4):
        reads.append(story.take("pages", [], [work(starts_at=after(minutes=1))]))
    assert reads == [[], [], ["planned sts"]]


def test_work_under_way_does_not_stand_for_the_next_under_its_id() -> None:
    """Weekly work goes on while the next one is listed."""
    story = Story(two_services(), (Confirmed("sts", UP, NOON, "pages"),))
    both = [work(hours=-1, phase=Phase.IN_PROGRESS), work(hours=5)]
    reads = [story.take("pages", [], both) for _ in range(5)]
    assert reads == [["planned sts"], [], [], [], []]
    assert story.told[-1].since == after(hours=5)
