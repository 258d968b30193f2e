"""Which rows are taken up, how they are marked as taken, and what becomes of those that are not."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import delete

from bot.alerts.model import DeliveryState
from bot.alerts.parcels import judge
from bot.alerts.ports import Claimed, Due
from bot.status.model import ChangeKind
from bot.store.outbox import SqlOutbox
from bot.store.tables import chats
from tests.alerts.stage import Stage
from tests.alerts.world import GRAPH, NOON, change, onset, resolved, worsened
from tests.store.looking import put, rows

JUDGE = partial(judge, graph=GRAPH)
NOBODY: frozenset[int] = frozenset()
AT_NIGHT = NOON + timedelta(hours=10)
"""Eleven o'clock in the evening, in Belgium."""
MORNING = NOON + timedelta(hours=19)
SECOND = timedelta(seconds=1)


async def claim(play: Stage, limit: int = 8, now: datetime = NOON) -> Claimed:
    """As the sender claims."""
    return await play.outbox.claim(limit, now, JUDGE, NOBODY)


async def down(play: Stage, *names: str, chat_ids: tuple[int, ...] = (1,)) -> None:
    """These chats follow these services, which fail one after another."""
    for chat_id in chat_ids:
        await play.follow(chat_id, *names)
    for name in names:
        await play.happens(onset(name, play.now))


async def test_what_is_taken_up_is_leased_and_fenced(play: Stage) -> None:
    """From now on; and each time under a fence of its own."""
    await down(play, "eid")
    await put(play.database, [1], reason="quiet")
    play.outbox = SqlOutbox(play.database, lease=timedelta(seconds=7))
    columns = ("state", "fence", "started_at", "lease_until", "message_id", "reason")
    for fence, now in ((1, NOON), (2, NOON + SECOND)):
        (parcel,) = (await claim(play, now=now)).parcels
        assert parcel.items[0].fence == fence
        lease = now + timedelta(seconds=7)
        assert await rows(play.database, *columns) == [("sending", fence, now, lease, None, None)]
        await play.outbox.postpone(parcel, now)
        await play.outbox.due(now)


async def test_no_more_chats_are_taken_up_than_are_asked_for(play: Stage) -> None:
    """Each with all its rows that can leave together."""
    await down(play, "eid", "vitalink", chat_ids=(1, 2, 3))
    claimed = await claim(play, limit=2)
    assert [len(parcel.items) for parcel in claimed.parcels] == [2, 2]
    assert claimed.taken_up == 4
    assert sorted(await rows(play.database, "state")) == ["pending"] * 2 + ["sending"] * 4


async def test_no_row_no_parcel(play: Stage) -> None:
    """Nothing was looked at, and nothing closed."""
    assert await claim(play) == Claimed()


async def test_rows_of_another_kind_wait_for_their_turn(play: Stage) -> None:
    """One message says one kind of thing; the most urgent leaves first."""
    await down(play, "eid", "vitalink")
    await play.settle()
    await play.happens(worsened("eid", NOON), resolved("vitalink", NOON))
    leaving = []
    for _ in range(3):
        (parcel,) = (await claim(play)).parcels
        leaving.append((parcel.kind, parcel.items[0].edits, len(parcel.items)))
        await play.outbox.mark_sent(parcel, 9, NOON)
    assert leaving == [
        (ChangeKind.WORSENED, False, 1),
        (ChangeKind.RESOLVED, False, 1),
        (ChangeKind.UPDATE, True, 1),
    ]


async def test_details_of_two_messages_are_two_parcels(play: Stage) -> None:
    """One that was told later has a message of its own to change; each says what its tells."""
    await down(play, "eid")
    await play.settle()
    await play.passes(minutes=1, step=60)
    await down(play, "eid", "vitalink")
    await play.settle()
    await play.happens(change(ChangeKind.UPDATE, "eid", play.now))
    await play.happens(change(ChangeKind.UPDATE, "vitalink", play.now))
    found = []
    for _ in range(2):
        (parcel,) = (await claim(play, now=play.now)).parcels
        services = [item.incident.service for item in parcel.items]
        assert parcel.recipient.chat_id == 1
        found.append((parcel.edit, services, [told.service for told in parcel.also]))
        await play.outbox.mark_sent(parcel, parcel.edit or 0, play.now)
    assert sorted(found) == [(1, ["eid"], ["eid"]), (2, ["vitalink"], ["vitalink"])]


CLOSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "over its time": ({"expires_at": NOON}, "expired", "expired"),
    "an end of what was never told": ({"kind": "resolved"}, "superseded", "never_told"),
}


@pytest.mark.parametrize(("values", "state", "reason"), CLOSED.values(), ids=CLOSED)
async def test_what_is_no_longer_worth_sending_is_closed(
    play: Stage, values: dict[str, Any], state: str, reason: str
) -> None:
    """With the reason and the moment, and counted; the others of the chat leave."""
    await down(play, "eid", "vitalink")
    await put(play.database, [1, 2], **values)
    await put(play.database, [2], kind="onset", expires_at=NOON + SECOND)
    counted: list[tuple[DeliveryState, int]] = []
    for _ in range(2):
        claimed = await claim(play)
        counted += claimed.closed.items()
        for parcel in claimed.parcels:
            await play.outbox.mark_sent(parcel, 9, NOON)
    assert counted == [(DeliveryState(state), 1)]
    columns = ("state", "reason", "closed_at")
    first, second = await rows(play.database, *columns)
    assert (first, second) == ((state, reason, NOON), ("sent", None, NOON))


async def test_what_was_muted_is_closed(play: Stage) -> None:
    """By this chat, of this incident."""
    await down(play, "eid", "vitalink", chat_ids=(1, 2))
    await play.chats.mute(1, "EID-0001-1")
    parcels = (await claim(play)).parcels
    leaving = {
        made.recipient.chat_id: {item.incident.service for item in made.items} for made in parcels
    }
    assert leaving == {1: {"vitalink"}, 2: {"eid", "vitalink"}}
    closed = [row for row in await rows(play.database, "state", "reason") if row[1]]
    assert closed == [("superseded", "muted")]


async def test_all_that_is_closed_at_once_is_counted(play: Stage) -> None:
    """By how it ended."""
    await down(play, "eid", "vitalink")
    await put(play.database, [1, 2], expires_at=NOON)
    assert (await claim(play)).closed == {DeliveryState.EXPIRED: 2}


async def test_a_chat_that_is_not_known_is_left_alone(play: Stage) -> None:
    """Its rows are closed; another chat's leave."""
    await down(play, "eid", chat_ids=(1, 2))
    async with play.database.write() as connection:
        await connection.execute(delete(chats).where(chats.c.chat_id == 1))
    claimed = await claim(play)
    assert [parcel.recipient.chat_id for parcel in claimed.parcels] == [2]
    assert claimed.closed == {DeliveryState.SUPERSEDED: 1}
    found = await rows(play.database, "chat_id", "state", "reason")
    assert min(found) == (1, "superseded", "unsubscribed")


@pytest.mark.parametrize("kind", ["onset", "planned"])
@pytest.mark.parametrize(("uncertain", "state"), [(0, "retry"), (1, "uncertain")])
async def test_who_sleeps_is_told_in_the_morning(
    play: Stage, uncertain: int, state: str, kind: str
) -> None:
    """Two hours long, as by day; what may have arrived stays in the serial lane."""
    play.now = AT_NIGHT
    await play.follow(1, "eid", quiet="22-7")
    await play.happens(onset("eid", AT_NIGHT))
    await put(play.database, [1], uncertain=uncertain, kind=kind)
    assert (await claim(play, now=AT_NIGHT)).parcels == ()
    columns = ("state", "reason", "not_before", "expires_at", "closed_at")
    morning = (state, "quiet", MORNING, MORNING + timedelta(hours=2), None)
    assert await rows(play.database, *columns) == [morning]


@pytest.mark.parametrize(
    ("before", "after"), [("day_full", "digest"), ("digest", "digest"), (None, "quiet")]
)
async def test_what_waited_for_its_digest_waits_for_the_morning_as_such(
    play: Stage, before: str | None, after: str
) -> None:
    """It would fall under the next day's limit once more."""
    play.now = AT_NIGHT
    await play.follow(1, "eid", quiet="22-7")
    await play.happens(onset("eid", AT_NIGHT))
    await put(play.database, [1], reason=before)
    assert (await claim(play, now=AT_NIGHT)).parcels == ()
    assert await rows(play.database, "state", "reason") == [("retry", after)]


async def test_waiting_for_the_morning_shortens_nothing(play: Stage) -> None:
    """What is worth sending for longer than that stays so."""
    play.now = AT_NIGHT
    await play.follow(1, "eid", quiet="22-7")
    await play.happens(onset("eid", AT_NIGHT))
    late = MORNING + timedelta(hours=3)
    await put(play.database, [1], expires_at=late)
    await claim(play, now=AT_NIGHT)
    assert await rows(play.database, "expires_at") == [late]


async def test_an_end_waits_a_moment_for_its_beginning(play: Stage) -> None:
    """Two seconds, out of its own time."""
    await down(play, "eid")
    (opening,) = (await claim(play)).parcels
    await play.outbox.mark_uncertain(opening, NOON)
    await play.happens(resolved("eid", NOON))
    assert (await claim(play)).parcels == ()
    columns = ("state", "reason", "not_before", "expires_at")
    end = (await rows(play.database, *columns))[1]
    wait = timedelta(seconds=2)
    assert end == ("retry", "opening_on_its_way", NOON + wait, NOON + timedelta(hours=6))


async def test_what_has_waited_longest_is_repeated_first(play: Stage) -> None:
    """And nothing before its time, nor to a chat that is being written to."""
    await down(play, "eid", chat_ids=(1, 2, 3, 4))
    ids = dict(await rows(play.database, "chat_id", "id"))
    for chat_id, seconds in ((1, 2), (2, 1), (3, 3), (4, 0)):
        due = NOON + timedelta(seconds=seconds)
        await put(play.database, [ids[chat_id]], state="uncertain", not_before=due)
    order = []
    for _ in range(3):
        now, busy = NOON + timedelta(seconds=2), frozenset({4})
        claimed = await play.outbox.claim_uncertain(1, now, JUDGE, busy)
        order += [parcel.recipient.chat_id for parcel in claimed.parcels]
    assert order == [2, 1]


async def test_sounds_are_counted_from_midnight_by_message(play: Stage) -> None:
    """In Belgium; one message of two incidents is one sound, and a silent one is none."""
    await down(play, "eid", "vitalink")
    await play.settle()
    await play.happens(worsened("eid", NOON), worsened("vitalink", NOON))
    midnight = NOON - timedelta(hours=12)
    for row, message, at in ((1, 5, midnight), (2, 5, midnight), (3, 6, midnight - SECOND)):
        sent = {"state": "sent", "sounded": True, "message_id": message, "closed_at": at}
        await put(play.database, [row], **sent)
    await put(play.database, [4], state="sent", message_id=7, closed_at=NOON)
    await play.follow(2, "platform")
    await play.happens(onset("platform", NOON))
    parcels = (await claim(play)).parcels
    counted = {made.recipient.chat_id: made.recipient.sounded_today for made in parcels}
    assert counted == {1: 1, 2: 0}


DUE = {
    "pending": (Due(pending=True), "pending"),
    "retry": (Due(pending=True), "pending"),
    "uncertain": (Due(uncertain=True), "uncertain"),
    "sending": (Due(), "sending"),
    "sent": (Due(), "sent"),
}


@pytest.mark.parametrize(("state", "wanted"), DUE.items(), ids=DUE)
async def test_what_is_due(play: Stage, state: str, wanted: tuple[Due, str]) -> None:
    """What waits becomes pending at its time, and not a second before."""
    due, after = wanted
    await down(play, "eid")
    await put(play.database, [1], state=state)
    early = Due(pending=True) if state == "pending" else Due()
    assert await play.outbox.due(NOON - SECOND) == early
    assert await rows(play.database, "state") == [state]
    assert await play.outbox.due(NOON) == due
    assert await rows(play.database, "state") == [after]
