"""News that leaves with other news of its chat, or joins the message that it got a moment ago."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.alerts.parcels import judge
from bot.status.model import Change
from bot.store.database import Database
from bot.store.outbox import SqlOutbox
from tests.alerts.stage import Stage
from tests.alerts.world import GRAPH, NOON, onset, resolved, window
from tests.store.looking import put, rows

JUDGE = partial(judge, graph=GRAPH)
NOBODY: frozenset[int] = frozenset()


async def down(play: Stage, *chat_ids: int) -> None:
    """These chats follow EID and Vitalink, which fail one after another."""
    for chat_id in chat_ids:
        await play.follow(chat_id, "eid", "vitalink")
    for name in ("eid", "vitalink"):
        await play.happens(onset(name, NOON))


async def test_what_leaves_together_takes_one_place(play: Stage) -> None:
    """Though all of it is due before the next chat's row."""
    await down(play, 1)
    await play.follow(2, "platform")
    await play.happens(onset("platform", NOON))
    await put(play.database, [1, 2], priority=0)
    claimed = await play.outbox.claim(2, NOON, JUDGE, NOBODY)
    assert {made.recipient.chat_id: len(made.items) for made in claimed.parcels} == {1: 2, 2: 1}


BRIEFLY = partial(SqlOutbox, group=timedelta(seconds=7))
NEVER = partial(SqlOutbox, group=timedelta(0))


@pytest.mark.parametrize(
    ("seconds", "made", "join"),
    [
        (0, SqlOutbox, 1),
        (29, SqlOutbox, 1),
        (30, SqlOutbox, None),
        (6, BRIEFLY, 1),
        (7, BRIEFLY, None),
        (0, NEVER, None),
    ],
)
async def test_news_joins_a_message_just_sent(
    play: Stage, seconds: int, made: Callable[[Database], SqlOutbox], join: int | None
) -> None:
    """Within half a minute or the time that is set, and says with what it tells already."""
    await down(play, 1, 2)
    await put(play.database, [3, 4], state="retry")
    (first, _) = (await play.outbox.claim(8, NOON, JUDGE, NOBODY)).parcels
    await play.outbox.mark_sent(first, 1, NOON)
    await put(play.database, [3, 4], state="pending")
    play.outbox = made(play.database)
    now = NOON + timedelta(seconds=seconds)
    chat_id = first.recipient.chat_id
    claimed = await play.outbox.claim(1, now, JUDGE, frozenset({1, 2}) - {chat_id})
    (parcel,) = claimed.parcels
    assert (parcel.edit, [told.code for told in parcel.also]) == (
        join,
        ["EID-0001-1"] if join else [],
    )
    columns = ("chat_id", "state", "message_id")
    assert (chat_id, "sending", join) in await rows(play.database, *columns)


@pytest.mark.parametrize(("minutes", "join"), [(0, 1), (59, None)])
async def test_a_clock_that_is_set_back_makes_no_message_new(
    play: Stage, minutes: int, join: int | None
) -> None:
    """The news would be changed into one that was told an hour ago; nobody would hear of it."""
    await down(play, 1)
    await put(play.database, [1], state="sent", message_id=1, closed_at=NOON, sounded=True)
    await play.outbox.due(NOON + timedelta(minutes=minutes))
    now = NOON + timedelta(seconds=5)
    (parcel,) = (await play.outbox.claim(1, now, JUDGE, NOBODY)).parcels
    assert parcel.edit == join


async def test_what_may_have_arrived_joins_nothing(play: Stage) -> None:
    """It would be told twice in another place."""
    await down(play, 1)
    await put(play.database, [1], state="sent", message_id=1, closed_at=NOON, sounded=True)
    await put(play.database, [2], state="uncertain", uncertain=1)
    (parcel,) = (await play.outbox.claim_uncertain(1, NOON, JUDGE, NOBODY)).parcels
    assert (parcel.edit, parcel.items[0].incident.service) == (None, "vitalink")


async def test_ends_leave_together_whatever_told_their_beginnings(play: Stage) -> None:
    """Two messages told of these; the end is one message of its own, and changes neither."""
    await play.follow(1, "eid", "vitalink", "platform")
    for name in ("eid", "vitalink"):
        await play.happens(onset(name, NOON))
    for row, message in ((1, 5), (2, 6)):
        sent = {"state": "sent", "message_id": message, "closed_at": NOON, "sounded": True}
        await put(play.database, [row], **sent)
    await play.happens(resolved("eid", NOON), resolved("vitalink", NOON))
    await play.happens(onset("platform", NOON))
    await put(play.database, [5], **sent | {"message_id": 7})
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, NOBODY)).parcels
    services = {item.incident.service for item in parcel.items}
    assert (parcel.edit, services) == (None, {"eid", "vitalink"})


def works(count: int) -> list[Change]:
    """So many works on Vitalink that begin within the day."""
    return [
        replace(window(NOON, NOON + timedelta(hours=5 + number)), key=f"m{number}")
        for number in range(count)
    ]


async def test_a_message_tells_of_eight_at_most(play: Stage) -> None:
    """Of more, some would not fit and nobody would hear of them; these leave in the next."""
    await play.follow(1, "vitalink")
    await play.happens(*works(9))
    told = []
    for _ in range(2):
        (parcel,) = (await play.outbox.claim(8, NOON, JUDGE, NOBODY)).parcels
        told.append([item.incident.id for item in parcel.items])
        await play.outbox.mark_sent(parcel, 1, NOON)
    assert [len(one) for one in told] == [8, 1]
    assert {*told[0], *told[1]} == set(range(1, 10))


@pytest.mark.parametrize(("before", "join"), [(7, 1), (8, None)])
async def test_news_joins_no_message_that_is_full(
    play: Stage, before: int, join: int | None
) -> None:
    """It has one of its own then, with a sound."""
    await play.follow(1, "vitalink", "eid")
    await play.happens(*works(before))
    ids = await rows(play.database, "id")
    await put(play.database, ids, state="sent", closed_at=NOON)
    first = {"kind": "onset", "message_id": 1, "sounded": True}
    await put(play.database, ids[::2], **first)  # of each, the announcement
    await play.happens(onset("eid", NOON))
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, NOBODY)).parcels
    assert (parcel.edit, len(parcel.also)) == (join, before if join else 0)
    assert parcel.silent is (join is not None)
