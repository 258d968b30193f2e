"""What one change writes: the incident, its events, a row for each chat, and who did it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.alerts.model import DeliveryState
from bot.alerts.ports import Hand, Recorded
from bot.alerts.rulings import OpenIncident, Ruling
from bot.status.model import Change, ChangeKind, Emergency, Incident, Phase, State
from bot.status.narration import incident_key
from bot.store.tables import events, incidents, service_states
from tests.alerts.stage import Stage
from tests.alerts.world import NOON, change, new_end, onset, resolved, window, worsened
from tests.store.looking import kept, rows

K = ChangeKind
LATER = NOON + timedelta(minutes=10)
WORDS = Incident(
    "i1",
    "ehealth",
    "down",
    Phase.INVESTIGATING,
    ("eid",),
    State.MAJOR_OUTAGE,
    starts_at=NOON,
    ends_at=LATER,
)
DETOUR = Emergency(NOON, "detour.example")
EID: dict[str, Any] = {
    "id": 1,
    "service": "eid",
    "category": "outage",
    "key": "eid:2026-11-23",
    "prefix": "EID",
    "number": 1,
    "version": 1,
    "state": "major_outage",
    "worst": "major_outage",
    "source": "ehealth",
    "since": NOON,
    "opened_at": LATER,
    "ended_at": None,
    "starts_at": None,
    "ends_at": None,
    "resounded_at": None,
    "inhibited": False,
    "unstable": False,
    "announced": False,
    "words": None,
    "emergency_since": None,
    "emergency_route": None,
}


async def told(play: Stage, *changes: Change, at: datetime = LATER) -> dict[str, Any]:
    """These changes, one after another; gives the last incident as it is kept."""
    for made in changes:
        play.now = max(at, made.at)
        await play.happens(made)
    last: dict[str, Any] = (await kept(play.database, incidents))[-1]
    return last


async def test_a_new_outage_is_kept_whole(play: Stage) -> None:
    """With the words, the window and the route that its source gave."""
    assert await told(play, onset("eid", NOON)) == EID
    again = replace(onset("vitalink", NOON), incident=WORDS, emergency=DETOUR)
    found = await told(play, again)
    assert found.pop("words")["title"] == "down"
    assert found == {name: EID[name] for name in found} | {
        "id": 2,
        "service": "vitalink",
        "key": "vitalink:2026-11-23",
        "prefix": "VIT",
        "starts_at": NOON,
        "ends_at": LATER,
        "emergency_since": NOON,
        "emergency_route": "detour.example",
    }


async def test_the_state_is_kept_with_the_incident(play: Stage) -> None:
    """As the tracker believes it, in the same transaction."""
    await told(play, onset("eid", NOON))
    columns = ("service", "state", "since", "source")
    state = ("eid", "major_outage", NOON, "ehealth")
    assert await kept(play.database, service_states, *columns) == [state]


async def test_incidents_of_a_service_are_numbered(play: Stage) -> None:
    """Each service by itself, from one; the code of a new one says so."""
    codes: list[str] = []
    for name in ("eid", "vitalink", "eid"):
        by = Hand(42, "announce", 0)
        codes += (await play.fanout.announce(onset(name, NOON), NOON, by)).codes
        await told(play, resolved(name, LATER))
    assert codes == ["EID-0001-1", "VIT-0001-1", "EID-0002-1"]


REVISED: dict[str, tuple[list[Change], dict[str, object]]] = {
    "worse is the worst; it was said aloud": (
        [onset("eid", NOON, State.PARTIAL_OUTAGE), worsened("eid", LATER)],
        {"worst": "major_outage", "state": "major_outage", "version": 3, "resounded_at": LATER},
    ),
    "less bad leaves the worst; nothing was said aloud": (
        [
            onset("eid", NOON),
            replace(change(K.UPDATE, "eid", LATER), current=State.PARTIAL_OUTAGE),
        ],
        {"worst": "major_outage", "state": "partial_outage", "resounded_at": None},
    ),
    "a new end is kept": (
        [onset("eid", NOON), new_end("eid", LATER, LATER)],
        {"ends_at": LATER, "starts_at": None, "resounded_at": LATER},
    ),
    "what is not said again stays": (
        [
            replace(onset("eid", NOON), incident=WORDS, emergency=DETOUR),
            change(K.UPDATE, "eid", LATER),
        ],
        {"ends_at": LATER, "starts_at": NOON, "emergency_route": "detour.example"},
    ),
    "flapping is kept": (
        [onset("eid", NOON), change(K.UNSTABLE, "eid", LATER)],
        {"unstable": True},
    ),
    "steady and fine is over": (
        [change(K.UNSTABLE, "eid", NOON), change(K.STEADY, "eid", LATER)],
        {"unstable": False, "ended_at": LATER},
    ),
    "under a parent that is down it is held back": (
        [onset("sts", NOON), onset("recip-e", NOON)],
        {"inhibited": True, "version": 0},
    ),
    "until the parent is back": (
        [onset("sts", NOON), onset("recip-e", NOON), resolved("sts", LATER)],
        {"inhibited": False, "version": 1},
    ),
    "planned work is of another category": (
        [window(NOON, LATER)],
        {"category": "planned", "starts_at": LATER, "ends_at": LATER + timedelta(hours=2)},
    ),
}


@pytest.mark.parametrize(("changes", "wanted"), REVISED.values(), ids=REVISED)
async def test_how_an_incident_stands_afterwards(
    play: Stage, changes: list[Change], wanted: dict[str, object]
) -> None:
    """As the last change says, and what it does not say as before."""
    found = await told(play, *changes)
    assert {name: found[name] for name in wanted} == wanted


ENDS = {
    "when its source says": (LATER - timedelta(minutes=1), LATER - timedelta(minutes=1)),
    "now, where that is now": (LATER, LATER),
    "now, where the source says later": (LATER + timedelta(minutes=1), LATER),
    "now, where the source says when it began": (NOON, LATER),
    "now, where the source says before it began": (NOON - timedelta(minutes=1), LATER),
}


@pytest.mark.parametrize(("since", "ended"), ENDS.values(), ids=ENDS)
async def test_when_it_was_over(play: Stage, since: datetime, ended: datetime) -> None:
    """Never before it began, nor after it was seen."""
    over = replace(resolved("eid", LATER), since=since)
    assert (await told(play, onset("eid", NOON), over))["ended_at"] == ended


async def test_each_notice_is_an_event_and_a_row_for_each_chat(play: Stage) -> None:
    """Under versions of its own; what is due later waits."""
    await play.follow(1, "vitalink")
    starts = NOON + timedelta(days=3)
    await told(play, window(NOON, starts))
    digest, ahead = NOON + timedelta(hours=20), starts - timedelta(hours=1)
    assert await kept(play.database, events) == [
        {
            "incident_id": 1,
            "kind": "planned",
            "version": version,
            "at": NOON,
            "state": "maintenance",
            "reason": "planned_later",
        }
        for version in (1, 2)
    ]
    columns = (
        "chat_id incident_id kind version state edits not_before expires_at created_at".split()
    )
    assert await rows(play.database, *columns) == [
        (1, 1, "planned", 1, "retry", False, digest, starts, NOON),
        (1, 1, "planned", 2, "retry", False, ahead, starts, NOON),
    ]


async def test_all_rows_of_a_change_are_counted(play: Stage) -> None:
    """Those of each of its notices, for each chat."""
    for chat_id in (1, 2):
        await play.follow(chat_id, "eid")
    await told(play, onset("eid", NOON, State.PARTIAL_OUTAGE))
    await play.settle()
    recorded = await play.fanout.announce(worsened("eid", LATER), LATER, Hand(42, "announce", 0))
    assert recorded == Recorded(4, ("EID-0001-3",))


async def test_what_is_due_now_is_pending_at_once(play: Stage) -> None:
    """Both the change of the message that opened the incident and the message about it."""
    await play.follow(1, "eid")
    await told(play, onset("eid", NOON, State.DEGRADED))
    await play.settle()
    await told(play, worsened("eid", LATER))
    columns = ("kind", "version", "state", "edits", "follows")
    assert await rows(play.database, *columns) == [
        ("onset", 1, "sent", False, None),
        ("update", 2, "pending", True, 1),
        ("worsened", 3, "pending", False, 1),
    ]


async def test_policy_sees_what_is_open_oldest_first(play: Stage) -> None:
    """And not what is over; whichever of them changed last."""
    names = ("vitalink", "eid", "recip-e")
    await told(play, *(onset(name, NOON) for name in names), resolved("eid", LATER))
    await told(play, worsened("vitalink", LATER))
    seen: list[OpenIncident] = []

    def look(found: tuple[OpenIncident, ...]) -> tuple[Ruling, ...]:
        seen.extend(found)
        return ()

    assert await play.outbox.record(look, (), LATER) == Recorded(0)
    assert [(one.id, one.service) for one in seen] == [(1, "vitalink"), (3, "recip-e")]


async def test_a_row_waits_only_where_it_is_due_later(play: Stage) -> None:
    """By the moment of the change, not by that of the record."""
    await play.follow(1, "eid")
    await told(play, onset("eid", NOON), at=LATER)
    columns = ("state", "not_before", "created_at", "expires_at")
    assert await rows(play.database, *columns) == [
        (DeliveryState.PENDING, NOON, NOON, NOON + timedelta(hours=2))
    ]


async def test_the_longest_id_of_a_source_is_kept(play: Stage) -> None:
    """Refused, it would be read and refused again at each look."""
    key = incident_key("ehealth", "x" * 300)
    assert (await told(play, replace(onset("eid", NOON), key=key)))["key"] == key
