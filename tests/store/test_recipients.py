"""For whom an event is written, and in which order they are told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.model import DeliveryState
from bot.alerts.rulings import To
from bot.alerts.scene import notice_of
from bot.status.model import ChangeKind
from tests.alerts.stage import Stage
from tests.alerts.world import NOON, called_off, change, onset, resolved, window
from tests.store.looking import put, rows

FOLLOWERS = {
    "by name": ({"recip-e"}, "nurse", "recip-e", True),
    "by the name of what rests on it": ({"recip-e"}, "nurse", "sts", True),
    "by another name": ({"eid"}, "pharmacist", "recip-e", False),
    "all of its profession": ({"*"}, "pharmacist", "recip-e", True),
    "all of another profession": ({"*"}, "nurse", "recip-e", False),
    "all of any profession": ({"*"}, "nurse", "eid", True),
    "all of no profession": ({"*"}, None, "recip-e", True),
    "none": (set[str](), "pharmacist", "recip-e", False),
}


@pytest.mark.parametrize(
    ("services", "profession", "down", "told"), FOLLOWERS.values(), ids=FOLLOWERS
)
async def test_who_follows_it(
    play: Stage, services: set[str], profession: str | None, down: str, told: bool
) -> None:
    """What another chat follows says nothing of this one."""
    await play.follow(1, *services, profession=profession)
    await play.follow(2, "sts", "eid", "recip-e")
    await play.happens(onset(down, NOON))
    assert sorted(await rows(play.database, "chat_id")) == ([1, 2] if told else [2])


async def test_for_who_blocked_us_nothing_is_written(play: Stage) -> None:
    """Until the chat comes back."""
    written = []
    for chat_id, reachable in ((1, False), (2, True)):
        await play.follow(chat_id, "eid", "vitalink")
        await play.chats.set_reachable(chat_id, reachable=reachable)
    await play.happens(onset("eid", NOON))
    written.append(sorted(await rows(play.database, "chat_id")))
    await play.chats.set_reachable(1, reachable=True)
    await play.happens(onset("vitalink", NOON))
    written.append(sorted(await rows(play.database, "chat_id")))
    assert written == [[2], [1, 2, 2]]


async def test_who_muted_it_is_told_no_more_of_it(play: Stage) -> None:
    """Others are; and so is this chat of what else begins."""
    for chat_id in (1, 2):
        await play.follow(chat_id, "eid", "vitalink")
    await play.happens(onset("eid", NOON))
    await play.settle()
    await play.chats.mute(1, "EID-0001")
    await play.happens(change(ChangeKind.UNSTABLE, "eid", NOON), onset("vitalink", NOON))
    found = await rows(play.database, "chat_id", "kind", "incident_id")
    assert sorted(found[2:]) == [(1, "onset", 2), (2, "onset", 2), (2, "unstable", 1)]


GROUP, PERSON = -1001234567890, 7
PLACES = {
    "asked just now, and stopped by it": (timedelta(minutes=30), "pharmacist", 0),
    "asked just now": (timedelta(minutes=30), "nurse", 1),
    "stopped by it": (timedelta(minutes=30, seconds=1), "pharmacist", 2),
    "neither": (timedelta(minutes=30, seconds=1), "nurse", 3),
    "never asked, and stopped by it": (None, "general-practitioner", 2),
    "never asked, of no profession": (None, None, 3),
}


@pytest.mark.parametrize(("ago", "profession", "place"), PLACES.values(), ids=PLACES)
async def test_in_which_order_they_are_told(
    play: Stage, ago: timedelta | None, profession: str | None, place: int
) -> None:
    """All of what is more urgent first; then who asked within half an hour, then who cannot work.

    A thousand places by chance in each of these, for people as for groups.
    """
    for chat_id in (GROUP, PERSON):
        await play.follow(chat_id, "recip-e", profession=profession)
        chat = await play.chats.load(chat_id)
        await play.chats.save(replace(chat, last_asked_at=NOON - ago if ago else None))
    made = onset("recip-e", NOON)
    await play.happens(made)
    order = notice_of(made, ChangeKind.ONSET, To.FOLLOWERS).order
    found = await rows(play.database, "priority")
    assert [divmod(priority // 1000, 4) for priority in found] == [(order, place)] * 2


async def test_the_same_chats_are_not_always_the_last(play: Stage) -> None:
    """Each outage has an order of its own."""
    for chat_id in range(1, 11):
        await play.follow(chat_id, "eid", "vitalink")
    await play.happens(onset("eid", NOON), onset("vitalink", NOON))
    found = await rows(play.database, "incident_id", "priority", "chat_id")
    first, second = (
        [chat_id for incident, _, chat_id in sorted(found) if incident == which] for which in (1, 2)
    )
    assert first != second


REACHED = {DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNCERTAIN}


@pytest.mark.parametrize("state", DeliveryState)
async def test_who_may_have_been_told_of_it_hears_of_its_end(
    play: Stage, state: DeliveryState
) -> None:
    """Also where no answer came; whoever surely was not told hears nothing of it."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", NOON))
    await put(play.database, [1], state=state.value)
    await play.happens(resolved("eid", NOON))
    told = ["onset", "resolved"] if state in REACHED else ["onset"]
    assert await rows(play.database, "kind") == told


async def test_what_follows_answers_the_last_message_that_told_of_it(play: Stage) -> None:
    """Work is announced, and told once more an hour ahead: that is the nearer one to find."""
    await play.follow(1, "vitalink")
    starts = NOON + timedelta(hours=5)
    await play.happens(window(NOON, starts))
    await put(play.database, [1, 2], state="sent")
    await play.happens(called_off(NOON, starts))
    assert await rows(play.database, "kind", "follows") == [
        ("planned", None),
        ("planned", None),
        ("called_off", 2),
    ]
