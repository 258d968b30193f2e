"""What becomes of a row of the outbox that was taken up, column by column."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.alerts.model import DeliveryState
from bot.alerts.parcels import Parcel, judge
from bot.preferences import Preferences
from bot.store.outbox import SqlOutbox
from bot.store.tables import chats
from tests.alerts.stage import Stage
from tests.alerts.world import GRAPH, NOON, onset
from tests.store.looking import kept, put, rows

JUDGE = partial(judge, graph=GRAPH)
LATER = NOON + timedelta(minutes=10)
Late = Callable[[SqlOutbox, Parcel], Awaitable[object]]


async def taken(play: Stage, *chat_ids: int) -> dict[int, Parcel]:
    """EID is down, and its pings to these chats are taken up at noon."""
    for chat_id in chat_ids:
        await play.follow(chat_id, "eid")
    await play.happens(onset("eid", NOON))
    claimed = await play.outbox.claim(len(chat_ids), NOON, JUDGE, frozenset())
    return {made.recipient.chat_id: made for made in claimed.parcels}


@pytest.mark.parametrize(
    ("how", "attempts", "refusals"),
    [({}, 1, 0), ({"tried": False}, 0, 0), ({"refused": True}, 1, 1)],
)
async def test_what_surely_did_not_leave_waits(
    play: Stage, how: dict[str, bool], attempts: int, refusals: int
) -> None:
    """Until it is due again; the try counts, unless that was no fault of the message."""
    parcel = (await taken(play, 1))[1]
    await play.outbox.postpone(parcel, LATER, **how)
    columns = ("state", "not_before", "attempt", "refusals")
    assert await rows(play.database, *columns) == [("retry", LATER, attempts, refusals)]


async def test_what_may_have_arrived_before_stays_in_the_serial_lane(play: Stage) -> None:
    """However often it surely did not leave since."""
    parcel = (await taken(play, 1))[1]
    await put(play.database, [1], uncertain=1)
    await play.outbox.postpone(parcel, LATER)
    assert await rows(play.database, "state", "uncertain") == [("uncertain", 1)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("day_full", "digest"), ("digest", "digest"), ("quiet", None)],
    ids=["the day", "its digest", "the night"],
)
async def test_what_waited_for_the_digest_goes_on_as_such(
    play: Stage, before: str, after: str | None
) -> None:
    """It would fall under the day's limit once more; what waited for the morning might."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", NOON))
    await put(play.database, [1], reason=before)
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, frozenset())).parcels
    await play.outbox.postpone(parcel, LATER)
    assert await rows(play.database, "reason") == [after]


@pytest.mark.parametrize(
    "wait",
    [
        lambda outbox, parcel: outbox.postpone(parcel, LATER),
        lambda outbox, parcel: outbox.mark_uncertain(parcel, LATER),
    ],
)
async def test_what_was_to_join_a_message_is_free_of_it_when_it_waits(
    play: Stage, wait: Late
) -> None:
    """Half a minute later it is a message of its own."""
    parcel = await joining(play)
    assert (await rows(play.database, "message_id"))[1] == parcel.edit == 1
    await wait(play.outbox, parcel)
    assert (await rows(play.database, "message_id"))[1] is None


async def joining(play: Stage) -> Parcel:
    """Vitalink is down a moment after EID, and joins its message."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", NOON))
    await play.settle()
    await play.happens(onset("vitalink", NOON))
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, frozenset())).parcels
    return parcel


async def test_what_may_not_join_a_message_is_one_of_its_own(play: Stage) -> None:
    """Known before it leaves, under a lease for that second request; unless another has it."""
    parcel = await joining(play)
    assert await play.outbox.part(parcel, LATER)
    (_, row) = await rows(play.database, "state", "message_id", "lease_until")
    assert row == ("sending", None, LATER + timedelta(seconds=120))
    for another in ({"state": "uncertain"}, {"state": "sending", "fence": 9}):
        await put(play.database, [2], **another)
        assert not await play.outbox.part(parcel, LATER)


async def test_a_group_that_moved_while_its_old_number_was_refused_is_told_at_the_new_one(
    play: Stage,
) -> None:
    """The end of the old number blocks nobody: the ping waits for the next claim."""
    parcel = (await taken(play, 1))[1]
    await play.outbox.migrate(1, 2)
    await play.outbox.block(parcel, "forbidden: the group chat was deleted", LATER)
    assert await rows(play.database, "chat_id", "state", "not_before") == [(2, "retry", LATER)]
    assert (await play.outbox.due(LATER)).pending


async def test_what_was_not_answered_is_repeated_ever_later_and_then_given_up(play: Stage) -> None:
    """After half a minute, two minutes and eight; the fourth silence is the last."""
    parcel = (await taken(play, 1))[1]
    waits, at = [], NOON
    for _ in range(3):
        assert await play.outbox.mark_uncertain(parcel, at) == 0
        ((state, until),) = await rows(play.database, "state", "not_before")
        assert state == "uncertain"
        waits.append((until - at).total_seconds())
        at = until
        (parcel,) = (await play.outbox.claim_uncertain(1, at, JUDGE, frozenset())).parcels
    assert waits == [30, 120, 480]
    assert await play.outbox.mark_uncertain(parcel, at) == 1
    columns = ("state", "reason", "closed_at", "uncertain")
    assert await rows(play.database, *columns) == [("dead", "never_answered", at, 3)]


@pytest.mark.parametrize(("before", "state", "given_up"), [(0, "uncertain", 0), (3, "dead", 1)])
async def test_one_silence_counts_once_however_often_it_is_told(
    play: Stage, before: int, state: str, given_up: int
) -> None:
    """Whoever was not told that it is kept tells it again, and must hear the same."""
    parcel = (await taken(play, 1))[1]
    await put(play.database, [1], uncertain=before)
    for at in (NOON, LATER):
        assert await play.outbox.mark_uncertain(parcel, at) == given_up
    until = NOON + timedelta(seconds=30)
    ((kept, doubts, not_before),) = await rows(play.database, "state", "uncertain", "not_before")
    assert (kept, doubts) == (state, max(before, 1))
    assert given_up or not_before == until


async def test_one_silence_gives_up_no_other_row(play: Stage) -> None:
    """Not even one that has been silent as often."""
    parcels = await taken(play, 1, 2)
    await put(play.database, [1, 2], uncertain=3)
    assert await play.outbox.mark_uncertain(parcels[1], NOON) == 1
    states = dict(await rows(play.database, "chat_id", "state"))
    assert states == {1: "dead", 2: "sending"}
    assert await play.outbox.mark_uncertain(parcels[2], NOON) == 1


async def test_what_is_closed_says_why_and_when(play: Stage) -> None:
    """And nothing more of it is sent."""
    parcels = await taken(play, 1, 2)
    await play.outbox.close(parcels[1], DeliveryState.SUPERSEDED, "message_gone", LATER)
    columns = ("chat_id", "state", "reason", "closed_at")
    assert sorted(await rows(play.database, *columns)) == [
        (1, "superseded", "message_gone", LATER),
        (2, "sending", None, None),
    ]


OPEN = {"pending": True, "sending": True, "retry": True, "uncertain": True, "sent": False}


@pytest.mark.parametrize(("state", "ends"), OPEN.items(), ids=OPEN)
async def test_who_left_gets_nothing_that_is_open(play: Stage, state: str, ends: bool) -> None:
    """In whatever state it waits; what was sent stays so, and other chats wait on."""
    parcels = await taken(play, 1, 2)
    await put(play.database, [1, 2], state=state)
    await play.outbox.block(parcels[1], "forbidden: " * 4, LATER)
    closed = ("blocked", "forbidden: forbidden: forbidde", LATER)
    columns = ("chat_id", "state", "reason", "closed_at")
    assert sorted(await rows(play.database, *columns)) == [
        (1, *(closed if ends else (state, None, None))),
        (2, state, None, None),
    ]
    left = ("chat_id", "state", "blocked_at")
    assert await kept(play.database, chats, *left) == [(1, "blocked", LATER), (2, "active", None)]


async def test_who_was_blocked_by_mistake_gets_what_was_closed_with_it(play: Stage) -> None:
    """Once more, and counted as a refusal; not what was closed before, nor another chat's rows."""
    parcels = await taken(play, 1, 2, 3)
    for chat_id, parcel in parcels.items():
        await play.outbox.block(parcel, "gone", LATER if chat_id == 2 else NOON)
    columns = ("chat_id", "state", "closed_at", "not_before", "refusals")
    before = {row[0]: row for row in await rows(play.database, *columns)}
    until = LATER + timedelta(minutes=10)
    await put(play.database, [parcels[2].items[0].id], closed_at=NOON)
    await play.outbox.unblock(frozenset({1, 2}), until)
    assert {row[0]: row for row in await rows(play.database, *columns)} == {
        1: (1, "retry", None, until, 1),
        2: (2, "blocked", NOON, NOON, 0),
        3: before[3],
    }
    left = ("chat_id", "state", "blocked_at")
    assert await kept(play.database, chats, *left) == [
        (1, "active", None),
        (2, "active", None),
        (3, "blocked", NOON),
    ]


async def test_what_may_have_arrived_is_in_doubt_after_a_mistake_too(play: Stage) -> None:
    """Its end is still owed to whoever got it."""
    parcels = await taken(play, 1)
    await put(play.database, [1], uncertain=1)
    await play.outbox.block(parcels[1], "gone", NOON)
    await play.outbox.unblock(frozenset({1}), LATER)
    assert await rows(play.database, "state", "not_before") == [("uncertain", LATER)]


async def test_who_was_blocked_by_mistake_does_not_get_twice_what_was_sent(play: Stage) -> None:
    """Only what the mistake closed is sent again."""
    parcels = await taken(play, 1)
    await play.outbox.mark_sent(parcels[1], 5, NOON)
    await play.outbox.block(parcels[1], "gone", NOON)
    await play.outbox.unblock(frozenset({1}), LATER)
    assert await rows(play.database, "state", "closed_at") == [("sent", NOON)]


ANSWERS: dict[str, Late] = {
    "was delivered": lambda outbox, old: outbox.mark_sent(old, 5, LATER),
    "was not delivered": lambda outbox, old: outbox.postpone(old, LATER),
    "may have been delivered": lambda outbox, old: outbox.mark_uncertain(old, LATER),
    "may not join a message": lambda outbox, old: outbox.part(old, LATER),
    "will not be": lambda outbox, old: outbox.close(old, DeliveryState.DEAD, "bad", LATER),
}


@pytest.mark.parametrize("late", ANSWERS.values(), ids=ANSWERS)
async def test_who_was_thought_dead_marks_nothing(play: Stage, late: Late) -> None:
    """Another process has taken the row up since, under a later fence."""
    old = (await taken(play, 1))[1]
    await put(play.database, [1], fence=2, uncertain=3)
    before = await rows(play.database)
    await late(play.outbox, old)
    assert await rows(play.database) == before


@pytest.mark.parametrize("state", ["sent", "superseded", "expired", "blocked", "dead"])
@pytest.mark.parametrize("late", ANSWERS.values(), ids=ANSWERS)
async def test_what_is_over_stays_so(play: Stage, late: Late, state: str) -> None:
    """Whatever is heard of it afterwards, also by whom it was last taken up."""
    parcel = (await taken(play, 1))[1]
    await put(play.database, [1], state=state, closed_at=NOON)
    before = await rows(play.database)
    await late(play.outbox, parcel)
    assert await rows(play.database) == before


async def test_who_was_thought_dead_is_not_told_that_another_gave_up(play: Stage) -> None:
    """It is counted once: by whom it was given up."""
    old = (await taken(play, 1))[1]
    await put(play.database, [1], fence=2, state="dead")
    assert await play.outbox.mark_uncertain(old, LATER) == 0


async def test_a_group_that_moved_is_told_under_its_new_id(play: Stage) -> None:
    """What waits moves along with what it chose."""
    parcel = (await taken(play, -5))[-5]
    await play.outbox.postpone(parcel, LATER)
    await play.outbox.migrate(-5, -1005)
    assert await rows(play.database, "chat_id", "state") == [(-1005, "retry")]
    assert await kept(play.database, chats, "chat_id") == [-1005]


async def test_a_message_to_the_group_that_was_is_none_of_its_new_id(play: Stage) -> None:
    """It moved while the answer was on its way: that number is another message's by now."""
    parcel = (await taken(play, -5))[-5]
    await play.outbox.migrate(-5, -1005)
    await play.outbox.mark_sent(parcel, 7, LATER)
    columns = ("chat_id", "state", "message_id")
    assert await rows(play.database, *columns) == [(-1005, "sent", None)]


@pytest.mark.parametrize(("chosen", "left"), [(7, None), (8, 8)])
async def test_a_topic_that_is_gone_is_left(play: Stage, chosen: int, left: int | None) -> None:
    """By this chat alone, and not where it chose another one since."""
    for chat_id in (1, 2):
        saved = Preferences(chat_id, services=frozenset({"eid"}), thread_id=7)
        await play.chats.save(saved)
    await play.happens(onset("eid", NOON))
    claimed = await play.outbox.claim(2, NOON, JUDGE, frozenset())
    parcel = next(made for made in claimed.parcels if made.recipient.chat_id == 1)
    await play.chats.save(Preferences(1, services=frozenset({"eid"}), thread_id=chosen))
    await play.outbox.leave_thread(parcel)
    assert await kept(play.database, chats, "chat_id", "thread_id") == [(1, left), (2, 7)]


@pytest.mark.parametrize(("silent", "sounded"), [(False, True), (True, False)])
async def test_what_was_sent_is_kept_as_its_message(
    play: Stage, silent: bool, sounded: bool
) -> None:
    """When, as which, and whether it was heard; another process's row is not touched."""
    parcels = await taken(play, 1, 2)
    await play.outbox.mark_sent(replace(parcels[1], silent=silent), 5, LATER)
    columns = ("chat_id", "state", "message_id", "closed_at", "sounded", "attempt")
    assert sorted(await rows(play.database, *columns)) == [
        (1, "sent", 5, LATER, sounded, 1),
        (2, "sending", None, None, False, 0),
    ]
