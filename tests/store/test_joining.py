"""News that leaves with other news of its chat, or joins the message that it got a moment ago."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.alerts.parcels import judge
from bot.status.model import Change, ChangeKind
from bot.store.database import Database
from bot.store.outbox import SqlOutbox
from tests.alerts.stage import Stage
from tests.alerts.world import GRAPH, NOON, change, onset, resolved, window
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


async def test_news_joins_no_message_of_another_chat(play: Stage) -> None:
    """However lately that one was told."""
    await play.follow(1, "eid")
    await play.follow(2, "vitalink")
    await play.happens(onset("eid", NOON))
    await play.settle()
    await play.happens(onset("vitalink", NOON))
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, NOBODY)).parcels
    assert (parcel.recipient.chat_id, parcel.edit) == (2, None)


async def test_news_joins_no_message_of_what_is_over(play: Stage) -> None:
    """It would stand under an outage that has ended, and nobody would hear of it."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", NOON))
    await play.settle()
    await play.happens(resolved("eid", NOON), onset("vitalink", NOON))
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, NOBODY)).parcels
    assert ([item.incident.service for item in parcel.items], parcel.edit) == (["vitalink"], None)


async def test_news_joins_no_message_of_another_kind(play: Stage) -> None:
    """What comes and goes is worded otherwise than what is down."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(change(ChangeKind.UNSTABLE, "eid", NOON))
    await play.settle()
    await play.happens(onset("vitalink", NOON))
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, NOBODY)).parcels
    assert parcel.edit is None


async def test_news_that_joined_draws_no_more_in(play: Stage) -> None:
    """Half a minute after the sound the next one is heard."""
    await play.follow(1, "eid", "vitalink", "platform")
    edits = []
    for name, seconds in (("eid", 0), ("vitalink", 20), ("platform", 20)):
        play.now += timedelta(seconds=seconds)
        await play.happens(onset(name, play.now))
        (parcel,) = (await play.outbox.claim(1, play.now, JUDGE, NOBODY)).parcels
        edits.append(parcel.edit)
        await play.outbox.mark_sent(parcel, 1, play.now)
    assert edits == [None, 1, None]


@pytest.mark.parametrize(
    ("first", "second", "join"), [(-20, -10, 2), (-10, -20, 1), (-10, 1, 1), (1, 2, None)]
)
async def test_news_joins_the_last_message_that_was_sent_by_now(
    play: Stage, first: int, second: int, join: int | None
) -> None:
    """One of the future was sent before the clock was set back, and is older than it looks."""
    await down(play, 1)
    for row, seconds in ((1, first), (2, second)):
        at = NOON + timedelta(seconds=seconds)
        await put(play.database, [row], state="sent", message_id=row, closed_at=at, sounded=True)
    await play.follow(1, "platform")
    await play.happens(onset("platform", NOON))
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, NOBODY)).parcels
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


async def test_the_most_urgent_of_them_leave_first(play: Stage) -> None:
    """However they came."""
    await play.follow(1, "vitalink")
    await play.happens(*works(9))
    (first, *_) = ids = await rows(play.database, "id")
    await put(play.database, ids[2:], priority=1)
    await put(play.database, [first], priority=2)
    (parcel,) = (await play.outbox.claim(8, NOON, JUDGE, NOBODY)).parcels
    assert (len(parcel.items), first in [item.id for item in parcel.items]) == (8, False)


async def test_a_message_is_known_by_its_chat_too(play: Stage) -> None:
    """Telegram numbers the messages of each chat anew: another's may have the same number."""
    for chat_id, name in ((1, "eid"), (2, "vitalink")):
        await play.follow(chat_id, name)
        await play.happens(onset(name, NOON))
    await put(play.database, [1, 2], state="sent", message_id=5, closed_at=NOON, sounded=True)
    await play.happens(change(ChangeKind.UPDATE, "eid", NOON))
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, NOBODY)).parcels
    assert (parcel.edit, [told.service for told in parcel.also]) == (5, ["eid"])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"state": "sent"}, ["eid", "vitalink"]),
        ({"state": "sent", "kind": "update"}, ["eid"]),
        ({"state": "dead"}, ["eid"]),
    ],
    ids=["news", "a detail", "never sent"],
)
async def test_what_a_message_tells_is_the_news_that_was_sent_in_it(
    play: Stage, values: dict[str, str], told: list[str]
) -> None:
    """Each incident once, whatever was changed since; not what was to join it in vain."""
    await down(play, 1)
    await put(play.database, [1, 2], state="sent", message_id=5, closed_at=NOON, sounded=True)
    await put(play.database, [2], **values)
    await play.happens(change(ChangeKind.UPDATE, "eid", NOON))
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, NOBODY)).parcels
    assert [one.service for one in parcel.also] == told


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
    assert (parcel.silent, parcel.recipient.chat_id) == (join is not None, 1)
