"""When a reading is not trusted beside the last good ones of its source; and when it is retried."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from bot.status import schedule
from bot.status.contract import check
from bot.status.model import Component, Incident, Phase, Reading, State
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.status.samples import NOON, after


def broken(found: Reading, counts: Sequence[int] = ()) -> bool:
    """Whether the contract is broken."""
    try:
        check(found, counts)
    except UnreadableError as error:
        return error.reason is UnreadableReason.CONTRACT
    return False


def of(number: int) -> Reading:
    """A reading of so many components."""
    rows = (Component(str(n), (str(n),), State.OPERATIONAL) for n in range(number))
    return Reading("pages", NOON, tuple(rows))


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
    assert broken(of(found), counts) is expected


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
