"""One process at a time holds a task, in terms whose fence only grows; who sends is counted."""

from datetime import timedelta

import pytest

from bot.faults import NotLeadingError
from bot.store.database import Database
from bot.store.lease import POLLER, Lease
from bot.store.outbox import SqlOutbox
from tests.alerts.world import NOON

SECOND = timedelta(seconds=1)
LENGTH = timedelta(seconds=15)


async def test_a_term_that_is_renewed_keeps_its_fence(database: Database) -> None:
    """However long it lasts, and even where it was renewed late: nobody took it meanwhile."""
    lease = Lease(database, POLLER, "one")
    moments = (NOON, NOON + SECOND, NOON + timedelta(hours=1))
    assert [await lease.acquire(at) for at in moments] == [1, 1, 1]


async def test_it_is_another_s_until_it_runs_out(database: Database) -> None:
    """From that very moment on; by its last renewal."""
    one, two = Lease(database, POLLER, "one"), Lease(database, POLLER, "two")
    for at in (NOON, NOON + SECOND):
        await one.acquire(at)
    assert await two.acquire(NOON + LENGTH) is None
    assert await two.acquire(NOON + SECOND + LENGTH) == 2


async def test_a_lease_of_another_length_lasts_as_long(database: Database) -> None:
    """And no longer."""
    one, two = Lease(database, POLLER, "one", SECOND), Lease(database, POLLER, "two")
    await one.acquire(NOON)
    assert await two.acquire(NOON + SECOND) == 2


async def test_a_lost_term_is_over(database: Database) -> None:
    """Even where nobody holds it by now: what was begun in it ends before the next one."""
    one, two = Lease(database, POLLER, "one"), Lease(database, POLLER, "two")
    await one.acquire(NOON)
    await two.acquire(NOON + LENGTH)
    await two.release(NOON + LENGTH)
    assert [await one.acquire(NOON + LENGTH) for _ in range(2)] == [None, 3]


async def test_the_same_holder_begins_a_new_term_at_once(database: Database) -> None:
    """It knows that what it began before is over; the old term is lost."""
    before, again = Lease(database, POLLER, "one"), Lease(database, POLLER, "one")
    await before.acquire(NOON)
    assert await again.acquire(NOON + SECOND) == 2
    assert await before.acquire(NOON + SECOND) is None


async def test_who_releases_gives_it_away_at_once(database: Database) -> None:
    """Only what is its own; then it is free for all, itself included."""
    one, two = Lease(database, POLLER, "one"), Lease(database, POLLER, "two")
    await one.acquire(NOON)
    await two.release(NOON)
    assert await two.acquire(NOON + SECOND) is None
    await one.release(NOON + SECOND)
    assert await two.acquire(NOON + SECOND) == 2
    await two.release(NOON + SECOND)
    assert await two.acquire(NOON + SECOND) == 3


async def test_each_task_has_a_lease_of_its_own(database: Database) -> None:
    """The end of one leaves the other."""
    one, other = Lease(database, POLLER, "one"), Lease(database, "other", "one")
    assert [await one.acquire(NOON), await other.acquire(NOON)] == [1, 1]
    await one.release(NOON)
    two = Lease(database, "other", "two")
    assert await two.acquire(NOON + SECOND) is None
    assert await other.acquire(NOON + SECOND) == 1


async def test_what_is_written_is_checked(database: Database) -> None:
    """Whoever holds it no more writes nothing; that it is late alone ends no term."""
    one, two = Lease(database, POLLER, "one"), Lease(database, POLLER, "two")
    await one.acquire(NOON)
    async with database.write() as connection:
        await one.check(connection)
    await two.acquire(NOON + LENGTH)
    async with database.write() as connection:
        await two.check(connection)
        with pytest.raises(NotLeadingError, match=r"^another process has become the poller$"):
            await one.check(connection)


async def test_those_that_send_are_counted(database: Database) -> None:
    """For half a minute each; who leads is no sender, and alone on SQLite one is all."""
    await Lease(database, POLLER, "one").acquire(NOON)
    one, two = SqlOutbox(database), SqlOutbox(database)
    half = timedelta(seconds=30)
    counts = [
        await one.senders(NOON),
        await two.senders(NOON + SECOND),
        await two.senders(NOON + half - SECOND),
        await two.senders(NOON + half),
        await one.senders(NOON + half),
    ]
    assert counts == ([1, 2, 2, 1, 2] if database.shared else [1] * 5)
    assert await Lease(database, POLLER, "two").acquire(NOON + SECOND) is None
