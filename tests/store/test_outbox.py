"""The outbox on both engines: written once, claimed by one, marked by its holder, kept a month."""

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.alerts.errors import RetryError
from bot.alerts.fanout import Fanout
from bot.alerts.parcels import judge
from bot.alerts.policy import plan
from bot.alerts.ports import Due, Recorded
from bot.alerts.rulings import OpenIncident, Ruling
from bot.faults import NotLeadingError, StoreUnavailableError
from bot.store.lease import POLLER, Lease
from bot.store.outbox import SqlOutbox
from bot.store.tables import incidents, mutes
from tests.alerts.stage import Stage
from tests.alerts.world import GRAPH, confirmed, onset, resolved
from tests.store.looking import kept

JUDGE = partial(judge, graph=GRAPH)
NOBODY: frozenset[int] = frozenset()


async def count(play: Stage, condition: str = "1 = 1") -> int:
    """How many rows of the outbox are so."""
    sql = f"SELECT count(*) FROM deliveries WHERE {condition}"  # noqa: S608 - our own words
    async with play.database.read() as connection:
        return int((await connection.execute(text(sql))).scalar_one())


def empty_logs(folder: Path) -> list[bool]:
    """Whether SQLite's log is, if there is one."""
    return [log.stat().st_size == 0 for log in folder.glob("*-wal")]


async def test_a_whole_life(play: Stage) -> None:
    """Down at once, worse, over, a restart in between: the same on both engines."""
    await play.follow(1, "eid", "recip-e", profession="pharmacist")
    await play.follow(2, "*", profession="nurse")
    await play.happens(onset("eid", play.now), onset("sts", play.now))
    await play.settle()
    play.begin()
    await play.passes(minutes=10, step=300)
    await play.happens(resolved("sts", play.now), resolved("eid", play.now))
    await play.settle()
    assert play.telegram.texts(1) == [
        "onset eid=major_outage sts=major_outage[recip-e]",
        "resolved eid=over sts=over[recip-e]",
    ]
    assert play.telegram.texts(2) == [
        "onset eid=major_outage sts=major_outage[mycarenet]",
        "resolved eid=over sts=over[mycarenet]",
    ]


async def test_all_or_nothing(play: Stage) -> None:
    """A record that fails halfway leaves no state, no incident and no ping behind."""
    await play.follow(1, "eid")
    made = onset("eid", play.now)

    def broken(_: tuple[OpenIncident, ...]) -> tuple[Ruling, ...]:
        (ruling,) = plan((made,), (), GRAPH)
        return (
            ruling,
            Ruling(made, ruling.reason, opens=True, prefix="EID", notices=ruling.notices),
        )

    with pytest.raises(ValueError, match=r"^a notice to followers needs an audience$"):
        await play.outbox.record(broken, (confirmed(made),), play.now)
    assert await count(play) == 0
    recorded = await play.outbox.record(
        lambda found: plan((made,), found, GRAPH), (confirmed(made),), play.now
    )
    assert recorded == Recorded(1, ("EID-0001-1",))


async def test_two_senders_share_the_work(play: Stage) -> None:
    """What one process has claimed no other gets, until it is marked or its lease ends."""
    for chat_id in range(1, 7):
        await play.follow(chat_id, "eid")
    await play.happens(onset("eid", play.now))
    other = SqlOutbox(play.database)
    first = await play.outbox.claim(4, play.now, JUDGE, NOBODY)
    second = await other.claim(4, play.now, JUDGE, NOBODY)
    taken = [p.recipient.chat_id for p in (*first.parcels, *second.parcels)]
    assert (len(first.parcels), len(second.parcels), len(set(taken))) == (4, 2, 6)


async def test_a_lease_that_runs_out(play: Stage) -> None:
    """Where several share the work, a dead process's rows are taken over after its lease."""
    if not play.database.shared:
        pytest.skip("on SQLite one process works alone, and takes over at its start")
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    await play.outbox.claim(4, play.now, JUDGE, NOBODY)
    other = SqlOutbox(play.database)
    soon, late = play.now + timedelta(seconds=119), play.now + timedelta(seconds=120)
    assert (await other.recover(soon, started=True)).uncertain == 0
    assert (await other.recover(late, started=False)).uncertain == 1


async def test_what_a_past_leader_saw_is_not_told(play: Stage) -> None:
    """Stopped between a look and its record while another led, it records nothing of it.

    Told, it would be an outage that the new leader knows to be over: nobody would ever end it.
    """
    past, present = (Lease(play.database, POLLER, name) for name in ("past", "present"))
    late = SqlOutbox(play.database, leading=past)
    await play.follow(1, "eid")
    await past.acquire(play.now)
    seen = onset("eid", play.now)

    async def record(outbox: SqlOutbox) -> Recorded:
        return await outbox.record(
            lambda found: plan((seen,), found, GRAPH), (confirmed(seen),), play.now
        )

    await present.acquire(play.now + timedelta(seconds=180))
    with pytest.raises(NotLeadingError):
        await record(late)
    assert await count(play) == 0
    assert (await record(SqlOutbox(play.database, leading=present))).rows == 1


async def test_who_leads_records(play: Stage) -> None:
    """Renewed or not, a term that nobody else has taken is still one's own."""
    lease = Lease(play.database, POLLER, "one")
    await lease.acquire(play.now)
    play.outbox = SqlOutbox(play.database, leading=lease)
    await play.follow(1, "eid")
    play.now += timedelta(seconds=200)
    fanout = Fanout(play.outbox, GRAPH, lambda: None)
    made = onset("eid", play.now)
    await fanout.record((made,), (confirmed(made),), play.now)
    assert await count(play) == 1


async def test_busy_chats_wait(play: Stage) -> None:
    """A chat that is being written to is not taken up a second time."""
    await play.follow(1, "eid")
    await play.follow(2, "eid")
    await play.happens(onset("eid", play.now))
    claimed = await play.outbox.claim(4, play.now, JUDGE, frozenset({1}))
    assert [p.recipient.chat_id for p in claimed.parcels] == [2]


async def test_who_is_blocked_by_it_goes_first(play: Stage) -> None:
    """Who asked just now comes first, then those whom the outage stops, then the rest."""
    for chat_id in range(1, 31):
        profession = "pharmacist" if chat_id % 3 == 0 else "nurse"
        await play.follow(chat_id, "recip-e", profession=profession)
    asked = await play.chats.load(7)
    await play.chats.save(type(asked)(**(vars(asked) | {"last_asked_at": play.now})))
    await play.happens(onset("recip-e", play.now))
    order: list[int] = []
    while len(order) < 30:
        for made in (await play.outbox.claim(1, play.now, JUDGE, NOBODY)).parcels:
            order.append(made.recipient.chat_id)
            await play.outbox.mark_sent(made, 1, play.now)
    assert order[0] == 7
    assert sorted(order[1:11]) == list(range(3, 31, 3))
    assert order[11:] != sorted(order[11:])


async def test_superseded_in_one_statement(play: Stage) -> None:
    """Over in mid-broadcast: what waits is closed, and only who was told hears the end."""
    for chat_id in range(1, 21):
        await play.follow(chat_id, "eid")
    await play.happens(onset("eid", play.now))
    for made in (await play.outbox.claim(8, play.now, JUDGE, NOBODY)).parcels:
        await play.outbox.mark_sent(made, 1, play.now)
    play.telegram.fault = lambda _: RetryError()
    await play.happens(resolved("eid", play.now))
    assert await count(play, "state = 'superseded'") == 12
    assert await count(play, "kind = 'resolved'") == 8


async def test_a_month_later_only_counts_are_left(play: Stage) -> None:
    """Sent rows go after 30 days, as do chats that blocked us; what is left says no one's name."""
    for chat_id in range(1, 4):
        await play.follow(chat_id, "eid")
    await play.happens(onset("eid", play.now))
    await play.settle()
    await play.chats.set_reachable(3, reachable=False)
    async with play.database.write() as connection:
        await connection.execute(update(incidents).values(ended_at=play.now))
    await play.outbox.purge(play.now + timedelta(days=29))
    assert await count(play) == 3
    await play.outbox.purge(play.now + timedelta(days=31))
    await play.outbox.purge(play.now + timedelta(days=32))
    assert await count(play) == 0
    assert await play.chats.counts() == (2, 2)
    async with play.database.read() as connection:
        rows = (await connection.execute(text("SELECT kind, state, count FROM tallies"))).all()
    assert [tuple(row) for row in rows] == [("onset", "sent", 3)]


async def test_what_was_muted_is_forgotten_a_month_after_its_end(play: Stage) -> None:
    """Not before: as long as it goes on, however long, it stays silent."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", play.now), onset("vitalink", play.now))
    for code in ("EID-0001", "VIT-0001"):
        await play.chats.mute(1, code)
    await play.happens(resolved("eid", play.now))
    left = []
    for day in (30, 31):
        await play.outbox.purge(play.now + timedelta(days=day))
        left.append(await kept(play.database, mutes, "incident_id"))
    assert left == [[1, 2], [2]]


async def test_the_end_of_an_outage_of_months_is_told(play: Stage) -> None:
    """What told of its beginning is kept as long as it goes on."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    await play.settle()
    for day in range(1, 70):
        await play.outbox.purge(play.now + timedelta(days=day))
    await play.happens(resolved("eid", play.now))
    await play.settle()
    assert [told.split()[0] for told in play.telegram.texts(1)] == ["onset", "resolved"]


@pytest.mark.parametrize(("many", "worked_in"), [(2, True), (3, False)])
async def test_a_great_many_new_rows_are_worked_into_the_file(
    play: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int, worked_in: bool
) -> None:
    """SQLite's log is empty then; a server sees to its own."""
    monkeypatch.setattr("bot.store.outbox.MANY_ROWS", many)
    for chat_id in (1, 2):
        await play.follow(chat_id, "eid")
    await play.happens(onset("eid", play.now))
    assert empty_logs(tmp_path) == ([] if play.database.shared else [worked_in])


async def test_a_look_for_what_is_due_waits_for_nobody(play: Stage) -> None:
    """Where nothing has become due it writes nothing, and so needs no turn."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    async with play.database.write(), asyncio.timeout(5):
        assert await play.outbox.due(play.now) == Due(pending=True)


async def test_a_lost_database_is_one_error(play: Stage) -> None:
    """Whatever the driver says when the database is gone, callers see one error."""
    async with play.database.write() as connection:
        await connection.execute(text("ALTER TABLE incidents RENAME TO gone"))
    if play.database.shared:
        pytest.skip("a missing table is a fault of ours there, not of the server")
    with pytest.raises(StoreUnavailableError):
        await play.happens(onset("eid", play.now))
