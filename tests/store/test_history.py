"""What was: changes between dates, incidents of the month, availability; and the lease."""

from datetime import timedelta

import pytest

from bot.alerts.ports import Hand
from bot.status.kept import Kept, Planned
from bot.status.model import ChangeKind, Confirmed, Emergency, State
from bot.store.database import Database
from bot.store.history import (
    Availability,
    SqlHistory,
    Transition,
    measure,
)
from bot.store.lease import POLLER, Lease, Presence
from tests.alerts.stage import Stage
from tests.alerts.world import NOON, called_off, change, new_end, onset, resolved, window

HOUR = timedelta(hours=1)


@pytest.fixture
def history(play: Stage) -> SqlHistory:
    """The past of the stage."""
    return SqlHistory(play.database)


async def states(play: Stage, *pairs: tuple[State, float]) -> None:
    """The service `eid` is confirmed in these states, so many hours after noon."""
    for state, hours in pairs:
        at = NOON + hours * HOUR
        kept = Confirmed("eid", state, at, "ehealth", "k", emergency=Emergency(at, "host"))
        await play.fanout.record((), (kept,), at)


async def test_a_restart_goes_on_from_what_was_confirmed(play: Stage, history: SqlHistory) -> None:
    """All that the tracker must know comes back as it was."""
    await states(play, (State.OPERATIONAL, 0), (State.MAJOR_OUTAGE, 1))
    at = NOON + HOUR
    emergency = Emergency(at, "host")
    assert await history.confirmed() == (
        Confirmed("eid", State.MAJOR_OUTAGE, at, "ehealth", "k", emergency=emergency),
    )


async def test_a_restart_goes_on_from_what_was_announced(play: Stage, history: SqlHistory) -> None:
    """As it was announced last, until it is called off."""
    starts = NOON + 48 * HOUR
    moved = window(NOON, starts + HOUR)
    await play.happens(window(NOON, starts), onset("eid", NOON))
    await play.happens(moved)
    assert moved.incident is not None
    assert (await history.kept()).planned == (Planned("vitalink", moved.incident),)
    await play.happens(called_off(NOON + HOUR, starts + HOUR))
    assert await history.kept() == Kept(await history.confirmed())


async def test_only_changes_are_history(play: Stage, history: SqlHistory) -> None:
    """The same state again is no change; the end of a period does not belong to it."""
    await states(play, (State.UNKNOWN, 0), (State.UNKNOWN, 1), (State.DEGRADED, 2))
    first = Transition("eid", None, State.UNKNOWN, NOON, NOON, "ehealth", "k")
    assert await history.transitions(NOON, NOON + 2 * HOUR) == (first,)
    both = await history.transitions(NOON, NOON + 3 * HOUR, "eid")
    assert [one.current for one in both] == [State.UNKNOWN, State.DEGRADED]
    assert await history.transitions(NOON, NOON + 3 * HOUR, "sts") == ()


async def test_incidents_of_a_month(play: Stage, history: SqlHistory) -> None:
    """Open ones and those that ended in the last 30 days, newest first, with their words."""
    await play.happens(onset("eid", play.now, State.DEGRADED))
    await play.happens(change(ChangeKind.WORSENED, "eid", play.now))
    await play.happens(resolved("eid", play.now + HOUR))
    await play.happens(window(play.now, play.now + 2 * HOUR))
    found = await history.incidents(play.now + timedelta(days=30))
    assert [one.code for one in found] == ["VIT-0001-2", "EID-0001-4"]
    assert (found[1].worst, found[1].state) == (State.MAJOR_OUTAGE, State.OPERATIONAL)
    assert found[1].ended_at == play.now + HOUR
    assert found[0].words is not None
    assert found[0].words.starts_at == play.now + 2 * HOUR
    assert await history.incidents(play.now + timedelta(days=31, hours=1)) == ()


async def test_announced_work_is_over_when_its_window_is(play: Stage, history: SqlHistory) -> None:
    """No change tells that; an outage whose source named an end goes on until it is over."""
    await play.happens(window(play.now, play.now + 2 * HOUR))
    await play.happens(onset("eid", play.now))
    await play.happens(new_end("eid", play.now, play.now + HOUR))
    ends = {one.service: one.ended_at for one in await history.incidents(play.now + 3 * HOUR)}
    assert ends == {"eid": None, "vitalink": None}
    for purged in (False, True):
        if purged:
            await play.outbox.purge(play.now + 5 * HOUR)
        ends = {one.service: one.ended_at for one in await history.incidents(play.now + 5 * HOUR)}
        assert ends == {"eid": None, "vitalink": play.now + 4 * HOUR}


async def test_announced_work_without_an_end_has_none(play: Stage, history: SqlHistory) -> None:
    """Its beginning is no end, before and after it is closed a day later."""
    await play.happens(window(play.now, play.now + 2 * HOUR, None))
    for hours, purged, endless in ((1, False, False), (3, False, True), (50, True, True)):
        if purged:
            await play.outbox.purge(play.now + hours * HOUR)
        (found,) = await history.incidents(play.now + hours * HOUR)
        assert (found.ended_at, found.endless) == (None, endless)
    await play.happens(called_off(play.now + 51 * HOUR, play.now + 2 * HOUR))
    (found,) = await history.incidents(play.now + 60 * HOUR)
    assert found.endless


ROWS = {
    "nothing known": (State.UNKNOWN, (), Availability("eid", None, 0.0)),
    "up all the time": (State.OPERATIONAL, (), Availability("eid", 1.0, 1.0)),
    "down for one of four hours": (
        State.OPERATIONAL,
        ((State.MAJOR_OUTAGE, 1), (State.OPERATIONAL, 2)),
        Availability("eid", 0.75, 1.0),
    ),
    "what is not known does not count": (
        State.OPERATIONAL,
        ((State.DEGRADED, 1), (State.UNKNOWN, 2)),
        Availability("eid", 0.5, 0.5),
    ),
    "planned work is no outage": (
        State.OPERATIONAL,
        ((State.MAINTENANCE, 1),),
        Availability("eid", 1.0, 1.0),
    ),
}


@pytest.mark.parametrize(("first", "changes", "wanted"), ROWS.values(), ids=ROWS)
def test_measure(
    first: State, changes: tuple[tuple[State, float], ...], wanted: Availability
) -> None:
    """The share of the known time without outage, over four hours."""
    made = [
        Transition("eid", None, state, NOON + hours * HOUR, NOON, "ehealth")
        for state, hours in changes
    ]
    assert measure("eid", first, made, NOON, NOON + 4 * HOUR) == wanted


async def test_availability_knows_what_was_before(play: Stage, history: SqlHistory) -> None:
    """The state at the beginning of the period is that of the last change before it."""
    await states(play, (State.MAJOR_OUTAGE, -5), (State.OPERATIONAL, 1))
    found = await history.availability("eid", NOON, NOON + 4 * HOUR)
    assert found == Availability("eid", 0.75, 1.0)


async def test_one_process_reads_the_sources(database: Database) -> None:
    """Until the lease of one ends or is given up, no other gets it; each holder has a new fence."""
    one, two = Lease(database, POLLER, "one"), Lease(database, POLLER, "two")
    assert await one.acquire(NOON) == 1
    assert await two.acquire(NOON + timedelta(seconds=14)) is None
    assert await one.acquire(NOON + timedelta(seconds=10)) == 1
    assert await two.acquire(NOON + timedelta(seconds=24)) is None
    assert await two.acquire(NOON + timedelta(seconds=25)) == 2
    assert await one.acquire(NOON + timedelta(seconds=26)) is None
    await one.release(NOON + timedelta(seconds=27))
    assert await one.acquire(NOON + timedelta(seconds=27)) is None
    await two.release(NOON + timedelta(seconds=28))
    assert await one.acquire(NOON + timedelta(seconds=28)) == 3


async def test_a_lost_term_is_over(database: Database) -> None:
    """Who stood still while another led ends its work first: only then a new term begins."""
    one, two = Lease(database, POLLER, "one"), Lease(database, POLLER, "two")
    assert await one.acquire(NOON) == 1
    assert await two.acquire(NOON + timedelta(seconds=90)) == 2
    assert await one.acquire(NOON + timedelta(seconds=180)) is None
    assert await one.acquire(NOON + timedelta(seconds=181)) == 3


async def test_senders_know_of_each_other(database: Database) -> None:
    """On a shared server each counts the others that were there within 30 s; alone it is one."""
    one, two = Presence(database), Presence(database)
    assert await one.count(NOON) == 1
    assert await two.count(NOON) == (2 if database.shared else 1)
    assert await one.count(NOON + timedelta(seconds=31)) == 1


async def test_acts_by_hand_are_kept(history: SqlHistory, play: Stage) -> None:
    """Who of the team did what, and how many were to be told, in the transaction of the deed."""
    await play.follow(1, "eid")
    await play.fanout.announce(onset("eid", play.now), play.now, Hand(42, "announce", 300))
    assert [one.service for one in await history.announced()] == ["eid"]
    sql = "SELECT admin_id, act, told FROM admin_acts"
    async with play.database.read() as connection:
        rows = (await connection.exec_driver_sql(sql)).all()
    assert [tuple(row) for row in rows] == [(42, "announce", 300)]
