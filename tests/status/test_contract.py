"""When a reading is not trusted beside the last good ones of its source; and when it is retried."""

import contextlib
from collections import deque
from dataclasses import replace
from datetime import datetime

import pytest

from bot.status import schedule
from bot.status.contract import check, size
from bot.status.counting import Counts, StrangeNumberError
from bot.status.model import Component, Incident, Phase, Reading, State
from bot.status.switch import EmergencySwitch
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.status.samples import NOON, after


def broken(found: Reading) -> bool:
    """Whether the contract is broken."""
    try:
        check(found)
    except UnreadableError as error:
        return error.reason is UnreadableReason.CONTRACT
    return False


def strange(found: int, counts: Counts, at: datetime = NOON) -> bool:
    """Whether a number of components is refused."""
    try:
        counts.take(found, at)
    except StrangeNumberError as error:
        return error.reason is UnreadableReason.CONTRACT
    return False


def used_to(*numbers: int) -> Counts:
    """The memory of a source that showed so many components, read by read."""
    return Counts(deque(numbers, maxlen=20))


@pytest.mark.parametrize(
    ("found", "counts", "expected"),
    [
        (10, [], False),
        (7, [10], False),
        (6, [10], True),
        (13, [10, 10, 10], False),
        (14, [10, 10, 10], True),
        (0, [10] * 20, True),
        (1, [2], False),
        (0, [1], False),
        (0, [3], True),
        (10, [2, 10, 10], False),
    ],
)
def test_the_number_of_components_stays_near_its_median(
    found: int, counts: list[int], expected: bool
) -> None:
    """Within 30 %, or one more or less."""
    assert strange(found, used_to(*counts)) is expected


def test_what_is_counted_are_components_or_routes() -> None:
    """A list of routes has no components."""
    switch = EmergencySwitch("A", "a", active=False)
    assert size(Reading("pages", NOON, (Component("a", ("A",), State.UNKNOWN),))) == 1
    assert size(Reading("routes", NOON, emergency=(switch, switch))) == 2


@pytest.mark.parametrize(
    ("reads", "minutes_apart", "adopted"),
    [(20, 4, True), (19, 4, False), (20, 3, False), (21, 3, True), (60, 1, False), (61, 1, True)],
)
def test_another_number_is_taken_once_it_has_stayed(
    reads: int, minutes_apart: float, adopted: bool
) -> None:
    """Twenty reads in a row and an hour: fewer, or sooner, may be a glitch."""
    counts = used_to(10, 10, 10)
    refused = [strange(20, counts, after(minutes=n * minutes_apart)) for n in range(reads)]
    assert all(refused[:-1])
    assert refused[-1] is not adopted
    assert (counts.good[-1] == 20) is adopted


def test_the_taking_of_another_number_is_told_and_makes_it_the_usual_one() -> None:
    """The operator reads both numbers; the old one is strange from then on."""
    counts = used_to(10)
    told = None
    for minute in range(61):
        with contextlib.suppress(StrangeNumberError):
            told = counts.take(20, after(minutes=minute))
    assert told == "20 components are usual from now on, not 10: 61 reads said so"
    assert not strange(21, counts)
    assert strange(10, counts)


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(10, id="the usual number is back"),
        pytest.param(40, id="yet another number"),
        pytest.param(None, id="a page that is not sound"),
    ],
)
def test_what_comes_between_starts_the_hour_again(between: int | None) -> None:
    """A page that shows now this, now that, is not believed."""
    counts = used_to(10, 10)
    for minute in range(60):
        assert strange(20, counts, after(minutes=minute))
    if between is None:
        counts.start_over()
    else:
        strange(between, counts, after(minutes=60))
    assert all(strange(20, counts, after(minutes=61 + minute)) for minute in range(60))
    assert not strange(20, counts, after(minutes=121))


def test_an_empty_page_never_becomes_the_usual_one() -> None:
    """However long it stays empty."""
    counts = used_to(10)
    assert all(strange(0, counts, after(minutes=minute)) for minute in range(600))


def test_one_id_has_one_state() -> None:
    """A component that stands twice in a page may do so; with two states it may not."""
    one = Component("a", ("A",), State.OPERATIONAL)
    assert not broken(Reading("pages", NOON, (one, one)))
    assert broken(Reading("pages", NOON, (one, replace(one, state=State.MAJOR_OUTAGE))))


def test_ids_of_incidents_are_their_own() -> None:
    """They are the keys of what is told."""
    one = Incident("i", "pages", "A", Phase.INVESTIGATING)
    assert not broken(Reading("pages", NOON, incidents=(one,), maintenances=(one,)))
    assert broken(Reading("pages", NOON, incidents=(one, one)))


@pytest.mark.parametrize(
    ("moment", "expected"), [(after(hours=25), False), (after(hours=27), True)]
)
def test_what_has_happened_bears_no_date_to_come(moment: datetime, expected: bool) -> None:
    """Beyond what clocks and time zones differ by; announced windows do lie ahead."""
    component = Component("a", ("A",), State.OPERATIONAL, updated_at=moment)
    begun = Incident("i", "pages", "A", Phase.INVESTIGATING, started_at=moment)
    planned = Incident("m", "pages", "A", Phase.SCHEDULED, starts_at=after(days=30))
    assert broken(Reading("pages", NOON, (component,))) is expected
    assert broken(Reading("pages", NOON, incidents=(begun,))) is expected
    assert broken(Reading("pages", NOON, issued_at=moment)) is expected
    assert not broken(Reading("pages", NOON, maintenances=(planned,)))


@pytest.mark.parametrize(
    ("failures", "least", "most"),
    [(1, 30, 60), (2, 60, 120), (3, 120, 240), (4, 240, 480), (5, 450, 900), (99, 450, 900)],
)
def test_retries_come_ever_later_up_to_fifteen_minutes(
    failures: int, least: float, most: float
) -> None:
    """With half of the wait left to chance."""
    assert schedule.back_off(failures, 60, 0.0) == least
    assert schedule.back_off(failures, 60, 1.0) == most


def test_reads_come_each_interval_give_or_take_a_tenth() -> None:
    """And never before a busy source asked us to."""
    assert [schedule.after_success(60, chance) for chance in (0, 0.5, 1)] == [54, 60, 66]
    assert schedule.after_busy(300, 60, 0) == 300
    assert schedule.after_busy(5, 60, 1) == 66
