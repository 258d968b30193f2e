"""Several processes on one database: one at a time writes to a chat."""

from datetime import timedelta
from functools import partial

import pytest

from bot.alerts.model import DeliveryState
from bot.alerts.parcels import judge
from bot.alerts.ports import Claimed
from bot.status.model import ChangeKind
from bot.store.claiming import Take
from bot.store.outbox import SqlOutbox
from bot.store.statements import HEADS
from tests.alerts.stage import Stage
from tests.alerts.world import GRAPH, NOON, change, onset
from tests.store.looking import rows

JUDGE = partial(judge, graph=GRAPH)
NOBODY: frozenset[int] = frozenset()
GROUP = timedelta(seconds=30)


async def told(play: Stage) -> SqlOutbox:
    """Chat 1 was told of one outage, and is about to be told of the next. Returns another's door.

    SQLite is left out: there the one process keeps the chats that it is writing to in memory.
    """
    if not play.database.shared:
        pytest.skip("one process only")
    await play.follow(1, "eid", "vitalink", "platform")
    await play.happens(onset("eid", NOON))
    await play.settle()
    await play.happens(onset("vitalink", NOON))
    return SqlOutbox(play.database)


async def claim(outbox: SqlOutbox) -> Claimed:
    """As its sender claims, which is writing to nobody."""
    return await outbox.claim(8, NOON, JUDGE, NOBODY)


async def test_a_message_is_changed_by_one_process_at_a_time(play: Stage) -> None:
    """The other waits until that is done, and then says all: else the later erased the earlier."""
    other = await told(play)
    (first,) = (await claim(play.outbox)).parcels
    await play.happens(onset("platform", NOON))
    assert await claim(other) == Claimed()
    await play.outbox.mark_sent(first, 1, NOON)
    (second,) = (await claim(other)).parcels
    assert first.edit == second.edit == 1
    assert {one.service for one in second.also} == {"eid", "vitalink"}


async def test_what_another_is_taking_up_is_left_to_it(play: Stage) -> None:
    """Also what it does not take with it: a detail of the message which its news will join."""
    other = await told(play)
    await play.happens(change(ChangeKind.UPDATE, "eid", NOON))
    async with play.database.write() as connection:
        taking = await connection.run_sync(
            lambda sync: Take(sync, NOON, JUDGE, GROUP, GROUP).parcels(
                DeliveryState.PENDING, 1, NOBODY
            )
        )
        await play.happens(onset("platform", NOON))
        assert (await claim(other)).parcels == ()
    assert len(taking.parcels) == 1
    assert (await claim(other)).parcels == ()
    await play.outbox.mark_sent(taking.parcels[0], 1, NOON)
    assert len((await claim(other)).parcels) == 1


async def test_what_was_taken_up_since_the_first_look_is_left_to_it(
    play: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another's claim may be committed between the look at who is first and that at the rows."""
    other = await told(play)
    await claim(play.outbox)
    await play.happens(onset("platform", NOON))
    heads = HEADS[False][DeliveryState.PENDING]
    monkeypatch.setitem(HEADS[True], DeliveryState.PENDING, heads)
    assert (await claim(other)).parcels == ()
    assert await rows(play.database, "state") == ["sent", "sending", "pending"]


async def test_a_chat_that_a_dead_process_was_writing_to_waits_for_its_lease(play: Stage) -> None:
    """And no longer: others are told meanwhile."""
    other = await told(play)
    await claim(play.outbox)
    await play.follow(2, "platform")
    await play.happens(onset("platform", NOON))
    assert [made.recipient.chat_id for made in (await claim(other)).parcels] == [2]
    await other.recover(NOON + timedelta(seconds=121), started=False)
    late = NOON + timedelta(seconds=122)
    await other.due(late)
    assert (await other.claim(8, late, JUDGE, NOBODY)).parcels != ()
