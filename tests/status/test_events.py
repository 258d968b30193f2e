"""What an incident or announced work is at a moment: open, closed by a later entry, under way."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.knowledge.model import FEED
from bot.status.events import (
    forgotten,
    in_window,
    is_ahead,
    is_open,
    is_overdue,
    over_from,
    superseded,
)
from bot.status.model import Incident, Phase
from tests.status.samples import NOON, after

UNTOLD = Incident("i", "feed", "Down", None)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


OPEN = {
    "a day less a second after its last word": (
        replace(UNTOLD, started_at=after(days=-9), updated_at=NOON - DAY + SECOND),
        True,
    ),
    "a day after it": (replace(UNTOLD, updated_at=NOON - DAY), False),
    "by its beginning, where it has no other": (replace(UNTOLD, started_at=NOON), True),
    "of no time": (UNTOLD, False),
    "said to be over": (replace(UNTOLD, updated_at=NOON, resolved_at=NOON), False),
    "by its phase, however old": (
        replace(UNTOLD, phase=Phase.MONITORING, updated_at=after(days=-99)),
        True,
    ),
    "closed, however lately": (replace(UNTOLD, phase=Phase.RESOLVED, updated_at=NOON), False),
}


@pytest.mark.parametrize(("one", "wanted"), OPEN.values(), ids=OPEN)
def test_whether_it_counts(one: Incident, wanted: bool) -> None:
    """By its phase; where nobody told that, for a day."""
    assert is_open(one, NOON) is wanted


def entry(minutes: float | None, phase: Phase = Phase.INVESTIGATING) -> Incident:
    """An entry of a feed about one matter, so many minutes after noon or of no time."""
    at = None if minutes is None else after(minutes=minutes)
    return replace(UNTOLD, id=f"{minutes}", phase=phase, updated_at=at)


def over(minutes: float | None) -> Incident:
    """One that closes it."""
    return entry(minutes, Phase.RESOLVED)


CLOSED_BY = {
    "an earlier one": ([entry(0), over(1)], False),
    "under nearly the same title": (
        [entry(0), replace(over(1), title="[Resolved] Down")],
        False,
    ),
    "not another matter": ([entry(0), replace(over(1), title="Slow")], True),
    "also where another closing one is older": ([entry(1), over(2), over(0)], False),
    "in any order": ([over(0), over(2), entry(1)], False),
    "not one of the same moment": ([entry(0), over(0)], True),
    "nor a later one": ([over(0), entry(1)], True),
    "nor one of no time by one of no time": ([entry(None), over(None)], True),
    "nor one that nothing closes": ([entry(None)], True),
    "but by any that has a time": ([entry(None), over(0)], False),
}


@pytest.mark.parametrize(("entries", "left"), CLOSED_BY.values(), ids=CLOSED_BY)
def test_a_later_entry_closes_a_matter(entries: list[Incident], left: bool) -> None:
    """Of a feed, which gives each update an entry of its own; the closing ones stay."""
    found = superseded(entries, FEED)
    assert any(one.phase is Phase.INVESTIGATING for one in found) is left
    assert [one for one in found if one.phase is Phase.RESOLVED] == [
        one for one in entries if one.phase is Phase.RESOLVED
    ]
    assert superseded(entries, "statuspage") == tuple(entries)


@pytest.mark.parametrize(("ago", "wanted"), [(3 * DAY, False), (3 * DAY + SECOND, True)])
def test_an_open_entry_is_believed_for_three_days(ago: timedelta, wanted: bool) -> None:
    """One of no time always."""
    assert forgotten(replace(UNTOLD, updated_at=NOON - ago), NOON) is wanted
    assert not forgotten(UNTOLD, NOON)


WORK = replace(UNTOLD, phase=Phase.SCHEDULED, starts_at=NOON, ends_at=after(hours=1))
OVERRUN = after(hours=1, minutes=15)
ENDLESS = replace(WORK, ends_at=None)
WINDOW = {
    "before it": (WORK, NOON - SECOND, False),
    "from its first moment": (WORK, NOON, True),
    "a quarter of an hour past its end, less a second": (WORK, OVERRUN - SECOND, True),
    "then no more": (WORK, OVERRUN, False),
    "before its time, where it is said to go on": (
        replace(WORK, phase=Phase.IN_PROGRESS),
        NOON - SECOND,
        True,
    ),
    "said to go on, of no time at all": (
        replace(UNTOLD, phase=Phase.IN_PROGRESS),
        NOON,
        True,
    ),
    "completed before its end": (
        replace(WORK, phase=Phase.COMPLETED, resolved_at=NOON),
        after(minutes=15),
        False,
    ),
    "an end that was told of what is not completed": (
        replace(WORK, resolved_at=NOON),
        after(minutes=15),
        True,
    ),
    "without an end, for a day less a second": (ENDLESS, NOON + DAY - SECOND, True),
    "not for a day": (ENDLESS, NOON + DAY, False),
    "a day from its last word": (replace(ENDLESS, updated_at=NOON + DAY), NOON + DAY, True),
}


@pytest.mark.parametrize(("work", "now", "wanted"), WINDOW.values(), ids=WINDOW)
def test_whether_work_is_under_way(work: Incident, now: datetime, wanted: bool) -> None:
    """In its hours, and a little longer."""
    assert in_window(work, now) is wanted


OVERDUE = {
    "left as planned, and still shown": (Phase.SCHEDULED, True, OVERRUN, True),
    "a second before": (Phase.SCHEDULED, True, OVERRUN - SECOND, False),
    "left as planned, and shown no more": (Phase.SCHEDULED, False, OVERRUN, False),
    "said to go on": (Phase.IN_PROGRESS, False, OVERRUN, True),
    "completed": (Phase.COMPLETED, True, OVERRUN, False),
}


@pytest.mark.parametrize(("phase", "shown", "now", "wanted"), OVERDUE.values(), ids=OVERDUE)
def test_whether_work_is_overdue(phase: Phase, shown: bool, now: datetime, wanted: bool) -> None:
    """A quarter of an hour past its end, where it goes on."""
    assert is_overdue(replace(WORK, phase=phase), now, still_shown=shown) is wanted
    assert not is_overdue(replace(ENDLESS, phase=phase), now, still_shown=shown)


@pytest.mark.parametrize(("ahead", "wanted"), [(7 * DAY, True), (7 * DAY + SECOND, False)])
def test_work_is_told_seven_days_ahead(ahead: timedelta, wanted: bool) -> None:
    """Until it begins."""
    assert is_ahead(WORK, NOON - ahead) is wanted
    assert not is_ahead(WORK, NOON)


def test_when_work_is_over() -> None:
    """At its end; a day after its begin where it has none; else nobody can say."""
    moments = [(NOON, OVERRUN), (None, OVERRUN), (NOON, None), (None, None)]
    assert [over_from(*each) for each in moments] == [OVERRUN, OVERRUN, NOON + DAY, None]
