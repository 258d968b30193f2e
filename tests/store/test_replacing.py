"""What of an incident still waits, and is closed because something newer tells it."""

from datetime import timedelta

import pytest

from bot.alerts.rulings import OPENING, Reason, Ruling
from bot.status.model import Change
from tests.alerts.stage import Stage
from tests.alerts.world import NOON, onset, resolved, worsened
from tests.store.looking import put, rows

LATER = NOON + timedelta(minutes=10)


async def told(play: Stage, *changes: Change) -> None:
    """These changes, one after another, ten minutes past noon."""
    play.now = LATER
    for made in changes:
        await play.happens(made)


REPLACED: dict[str, tuple[dict[str, object], str]] = {
    "waiting": ({"state": "pending"}, "superseded"),
    "waiting for later": ({"state": "retry"}, "superseded"),
    "on its way": ({"state": "sending"}, "sending"),
    "that may have arrived": ({"state": "uncertain", "uncertain": 1}, "uncertain"),
    "that may have arrived and waits": ({"state": "retry", "uncertain": 1}, "retry"),
    "sent": ({"state": "sent"}, "sent"),
}


@pytest.mark.parametrize(("values", "state"), REPLACED.values(), ids=REPLACED)
async def test_what_an_end_takes_the_place_of(
    play: Stage, values: dict[str, object], state: str
) -> None:
    """What surely did not leave, of this incident alone; with the reason and the moment."""
    await play.follow(1, "eid", "vitalink")
    await told(play, onset("eid", NOON), onset("vitalink", NOON))
    await put(play.database, [1, 2], **values)
    await told(play, resolved("eid", LATER))
    closed = ("over", LATER) if state == "superseded" else (None, None)
    first, second, *_ = await rows(play.database, "state", "reason", "closed_at")
    assert (first, second) == ((state, *closed), (values["state"], None, None))


async def test_an_end_takes_no_place_of_another_kind(play: Stage) -> None:
    """An end that waits is told, though worse comes after it."""
    await play.follow(1, "eid")
    await told(play, onset("eid", NOON))
    await put(play.database, [1], kind="steady")
    await told(play, worsened("eid", LATER))
    assert (await rows(play.database, "kind", "state"))[0] == ("steady", "pending")


async def test_a_parent_tells_what_its_children_still_had_to_tell(play: Stage) -> None:
    """Their onsets that wait are closed; their ends, and others' onsets, are not."""
    await play.follow(1, "recip-e", "mycarenet", "eid")
    await told(play, *(onset(name, NOON) for name in ("recip-e", "mycarenet", "eid")))
    await put(play.database, [2], kind="resolved")
    await told(play, onset("sts", LATER))
    found = await rows(play.database, "kind", "state", "reason", "closed_at")
    assert found[:3] == [
        ("onset", "superseded", "new", LATER),
        ("resolved", "pending", None, None),
        ("onset", "pending", None, None),
    ]


async def test_what_concerns_no_incident_closes_nothing(play: Stage) -> None:
    """Though it says what it would take the place of."""
    await play.follow(1, "eid")
    await told(play, onset("eid", NOON))
    ruling = Ruling(resolved("vitalink", LATER), Reason.NOTHING_OPEN, replaces=OPENING)
    await play.outbox.record(lambda _: (ruling,), (), LATER)
    assert await rows(play.database, "state") == ["pending"]
