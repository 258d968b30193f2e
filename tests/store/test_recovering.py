"""What a process that died was sending, and how long news holds after a time away."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.alerts.parcels import judge
from bot.alerts.ports import Recovered
from bot.store.outbox import SqlOutbox
from bot.store.recovering import take_over
from tests.alerts.stage import Stage
from tests.alerts.world import GRAPH, NOON, onset, resolved
from tests.store.looking import put, rows

JUDGE = partial(judge, graph=GRAPH)
LATER = NOON + timedelta(minutes=10)
SOON = timedelta(minutes=1)

LEFT: dict[str, tuple[dict[str, Any], tuple[object, ...], Recovered]] = {
    "a message that was never in doubt is due at once": (
        {"state": "sending"},
        ("uncertain", 1, LATER, None, None),
        Recovered(uncertain=1),
    ),
    "one that was is due after a while": (
        {"uncertain": 1},
        ("uncertain", 2, LATER + SOON, None, None),
        Recovered(uncertain=1),
    ),
    "the third doubt is not the last": (
        {"uncertain": 2},
        ("uncertain", 3, LATER + SOON, None, None),
        Recovered(uncertain=1),
    ),
    "the fourth is": (
        {"uncertain": 3},
        ("dead", 3, NOON, "never_answered", LATER),
        Recovered(dead=1),
    ),
    "news that was to join a message may have, as any": (
        {"message_id": 5},
        ("uncertain", 1, LATER, None, None),
        Recovered(uncertain=1),
    ),
    "a change of a message is made again": (
        {"message_id": 5, "edits": True},
        ("retry", 0, LATER, None, None),
        Recovered(),
    ),
    "one that has no message to change is a message": (
        {"edits": True},
        ("uncertain", 1, LATER, None, None),
        Recovered(uncertain=1),
    ),
    "what waits is left": (
        {"state": "pending"},
        ("pending", 0, NOON, None, None),
        Recovered(),
    ),
    "what was sent is left": (
        {"state": "sent", "message_id": 5, "uncertain": 3},
        ("sent", 3, NOON, None, None),
        Recovered(),
    ),
}


@pytest.mark.parametrize(("values", "after", "recovered"), LEFT.values(), ids=LEFT)
async def test_what_a_dead_process_was_sending(
    play: Stage, values: dict[str, Any], after: tuple[object, ...], recovered: Recovered
) -> None:
    """May have arrived, and is repeated so often and no more."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", NOON))
    await play.outbox.claim(1, NOON, JUDGE, frozenset())
    await put(play.database, [1], **values)
    again = SqlOutbox(play.database, uncertain_wait=SOON)
    assert await again.recover(LATER, started=True) == recovered
    columns = ("state", "uncertain", "not_before", "reason", "closed_at")
    assert await rows(play.database, *columns) == [after]


async def test_news_that_was_to_join_a_message_is_one_of_its_own(play: Stage) -> None:
    """Changed into what was told forty minutes ago, nobody would hear of it."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", NOON))
    await play.settle()
    await play.happens(onset("vitalink", NOON))
    (parcel,) = (await play.outbox.claim(1, NOON, JUDGE, frozenset())).parcels
    assert parcel.edit == 1
    play.begin()
    later = NOON + timedelta(minutes=40)
    await play.outbox.recover(later, started=True)
    (parcel,) = (await play.outbox.claim_uncertain(1, later, JUDGE, frozenset())).parcels
    assert (parcel.edit, parcel.silent) == (None, False)
    assert (await rows(play.database, "message_id"))[1] is None


async def test_who_works_alone_recovers_at_its_start_alone(play: Stage) -> None:
    """What is on its way afterwards is its own."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", NOON))
    await play.outbox.claim(1, NOON, JUDGE, frozenset())
    assert await play.outbox.recover(NOON, started=False) == Recovered()
    assert await rows(play.database, "state") == ["sending"]


@pytest.mark.parametrize(
    ("seconds", "recovered"), [(119, Recovered()), (120, Recovered(uncertain=1))]
)
async def test_where_several_share_the_work_a_lease_must_have_ended(
    play: Stage, seconds: int, recovered: Recovered
) -> None:
    """To the second; and only what was on its way is taken over."""
    for chat_id in (1, 2):
        await play.follow(chat_id, "eid")
    await play.happens(onset("eid", NOON))
    await play.outbox.claim(2, NOON, JUDGE, frozenset())
    await put(play.database, [2], state="sent")
    async with play.database.write() as connection:
        now = NOON + timedelta(seconds=seconds)
        assert await take_over(connection, now, SOON, leased=True) == recovered
    state = "uncertain" if recovered.uncertain else "sending"
    assert await rows(play.database, "state") == [state, "sent"]


FULL = LATER + timedelta(hours=2)
HOLDS: dict[str, tuple[dict[str, Any], bool]] = {
    "an onset that waits": ({"state": "pending"}, True),
    "one that waits to be tried again": ({"state": "retry"}, True),
    "one that may have arrived": ({"state": "uncertain"}, True),
    "one that was on its way": ({"state": "sending", "lease_until": NOON}, True),
    "one that flaps": ({"kind": "unstable"}, True),
    "the emergency route": ({"kind": "emergency_on"}, True),
    "planned work": ({"kind": "planned"}, False),
    "an end": ({"kind": "resolved"}, False),
    "one that was sent": ({"state": "sent"}, False),
    "one that is worth sending for longer": ({"expires_at": FULL + SOON}, False),
}


@pytest.mark.parametrize(("values", "renewed"), HOLDS.values(), ids=HOLDS)
async def test_after_a_time_away_news_has_its_full_time(
    play: Stage, values: dict[str, Any], renewed: bool
) -> None:
    """News alone, and only what still waits."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", NOON))
    await put(play.database, [1], **values)
    (before,) = await rows(play.database, "expires_at")
    await play.outbox.recover(LATER, started=True)
    assert await rows(play.database, "expires_at") == [FULL if renewed else before]


async def test_what_is_over_is_no_news_after_a_time_away(play: Stage) -> None:
    """Though another incident of the chat still holds."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", NOON), onset("vitalink", NOON))
    await play.happens(resolved("eid", NOON))
    await put(play.database, [1, 2], state="pending")
    await play.outbox.recover(LATER, started=True)
    first, second = await rows(play.database, "expires_at")
    assert (first, second) == (NOON + timedelta(hours=2), FULL)


async def test_news_has_its_full_time_again_at_a_start_alone(play: Stage) -> None:
    """Else it would be worth sending for ever."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", NOON))
    await play.outbox.recover(LATER, started=False)
    assert await rows(play.database, "expires_at") == [NOON + timedelta(hours=2)]
