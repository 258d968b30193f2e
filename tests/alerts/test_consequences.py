"""What becomes of an incident and of what still waits, and from when to when news is worth it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.alerts.policy import plan
from bot.alerts.rulings import Category, OpenIncident, To
from bot.alerts.scene import notice_of
from bot.status.model import Change, ChangeKind, State
from tests.alerts.world import (
    GRAPH,
    NOON,
    called_off,
    change,
    is_open,
    new_end,
    onset,
    resolved,
    window,
    worsened,
)

K = ChangeKind
LATER = NOON + timedelta(hours=1)
EID = (is_open("eid"),)
NEWS = {K.ONSET, K.UNSTABLE, K.EMERGENCY_ON, K.PLANNED}
CHANGED = {K.UPDATE, K.WORSENED}
ENDED = {K.RESOLVED, K.STEADY, K.EMERGENCY_OFF, K.CALLED_OFF}
HELD = (is_open("eid", inhibited=True),)
FLAPS = (is_open("eid", unstable=True),)
SOUNDED = (is_open("eid", resounded_at=LATER),)
CONSEQUENCES: dict[str, tuple[Change, tuple[OpenIncident, ...], dict[str, object]]] = {
    "a new outage is neither held back nor unstable": (
        onset("eid", LATER),
        (),
        {"inhibited": False, "unstable": False, "resounds": False, "replaces": set()},
    ),
    "under a parent that is down it is held back": (
        onset("recip-e", LATER),
        (is_open("sts"),),
        {"inhibited": True, "unstable": False},
    ),
    "what is held back stays so": (resolved("eid", LATER), HELD, {"inhibited": True}),
    "a detail takes the place of details that wait": (
        change(K.UPDATE, "eid", LATER),
        EID,
        {"resounds": False, "replaces": {K.UPDATE}},
    ),
    "so does worse that was said aloud just now": (
        worsened("eid", LATER),
        SOUNDED,
        {"resounds": False, "replaces": {K.UPDATE}},
    ),
    "worse takes the place of all changes that wait": (
        worsened("eid", LATER),
        EID,
        {"resounds": True, "replaces": CHANGED},
    ),
    "so does a new end": (
        new_end("eid", LATER, LATER),
        EID,
        {"resounds": True, "replaces": CHANGED},
    ),
    "an end takes the place of all that waits": (
        resolved("eid", LATER),
        EID,
        {"resounds": False, "replaces": NEWS | CHANGED},
    ),
    "flapping takes the place of ends too, and of what was held back": (
        change(K.UNSTABLE, "eid", LATER),
        HELD,
        {"inhibited": False, "unstable": True, "replaces": NEWS | CHANGED | ENDED},
    ),
    "flapping under a parent that is down is held back": (
        change(K.UNSTABLE, "recip-e", LATER),
        (is_open("sts"),),
        {"inhibited": True, "unstable": True, "replaces": set()},
    ),
    "steady is unstable no more": (
        change(K.STEADY, "eid", LATER),
        FLAPS,
        {"unstable": False, "replaces": NEWS | CHANGED},
    ),
    "a window takes the place of what was planned before": (
        window(NOON, LATER),
        (),
        {"replaces": {K.PLANNED, K.REPLANNED}},
    ),
    "so does a window that was moved": (
        window(NOON, LATER),
        (is_open("vitalink", Category.PLANNED, key="m1", starts_at=LATER + timedelta(days=1)),),
        {"replaces": {K.PLANNED, K.REPLANNED}},
    ),
    "so does its being under way before its hours": (
        window(NOON, NOON),
        (is_open("vitalink", Category.PLANNED, key="m1", starts_at=LATER + timedelta(days=1)),),
        {"replaces": {K.PLANNED, K.REPLANNED}},
    ),
    "so does its being called off": (
        called_off(NOON, LATER),
        (is_open("vitalink", Category.PLANNED, key="m1", starts_at=LATER),),
        {"replaces": {K.PLANNED, K.REPLANNED}},
    ),
    "the end of an emergency takes the place of its beginning": (
        change(K.EMERGENCY_OFF, "eid", LATER),
        (is_open("eid", Category.EMERGENCY),),
        {"replaces": NEWS},
    ),
}


@pytest.mark.parametrize(("made", "before", "wanted"), CONSEQUENCES.values(), ids=CONSEQUENCES)
def test_what_becomes_of_it(
    made: Change, before: tuple[OpenIncident, ...], wanted: dict[str, object]
) -> None:
    """How the incident stands afterwards, and what that still waits is told no more."""
    (ruling,) = plan((made,), before, GRAPH)
    assert {name: getattr(ruling, name) for name in wanted} == wanted


TIMES: dict[str, tuple[Change, list[tuple[datetime, datetime]]]] = {
    "an onset holds for two hours": (
        onset("eid", NOON),
        [(NOON, NOON + timedelta(hours=2))],
    ),
    "a window in three days: the next digest, and an hour ahead": (
        window(NOON, NOON + timedelta(days=3)),
        [
            (NOON + timedelta(hours=20), NOON + timedelta(days=3)),
            (NOON + timedelta(days=3, hours=-1), NOON + timedelta(days=3)),
        ],
    ),
    "a window in five hours: now, and an hour ahead": (
        window(NOON, NOON + timedelta(hours=5)),
        [
            (NOON, NOON + timedelta(hours=5)),
            (NOON + timedelta(hours=4), NOON + timedelta(hours=5)),
        ],
    ),
    "work without effect in a day: the next digest": (
        window(NOON, NOON + timedelta(hours=22), felt=False),
        [(NOON + timedelta(hours=20), NOON + timedelta(hours=22))],
    ),
}


ORDER = [
    K.EMERGENCY_ON,
    K.ONSET,
    K.UNSTABLE,
    K.WORSENED,
    K.RESOLVED,
    K.EMERGENCY_OFF,
    K.STEADY,
    K.PLANNED,
    K.REPLANNED,
    K.CALLED_OFF,
    K.UPDATE,
]


def test_of_what_is_as_bad_news_goes_first_and_details_last() -> None:
    """The route and what is down, what changed, what is over, what is planned, what is edited."""
    made = [replace(change(kind, "eid", LATER), current=State.MAJOR_OUTAGE) for kind in ORDER]
    orders = [notice_of(one, one.kind, To.FOLLOWERS).order for one in made]
    assert orders == sorted(set(orders))


def test_the_worse_of_before_and_after_counts() -> None:
    """The end of a major outage goes before news of a smaller one, and that before its details."""
    made = [
        resolved("eid", LATER),
        onset("eid", LATER, State.PARTIAL_OUTAGE),
        replace(resolved("eid", LATER), previous=State.PARTIAL_OUTAGE),
        onset("eid", LATER, State.DEGRADED),
        window(NOON, LATER),
    ]
    orders = [notice_of(one, one.kind, To.FOLLOWERS).order for one in made]
    assert orders == sorted(set(orders))


HOURS = {
    K.ONSET: 2,
    K.WORSENED: 0.5,
    K.UPDATE: 0.5,
    K.RESOLVED: 6,
    K.UNSTABLE: 2,
    K.STEADY: 6,
    K.EMERGENCY_ON: 2,
    K.EMERGENCY_OFF: 6,
    K.CALLED_OFF: 6,
}


@pytest.mark.parametrize(("kind", "hours"), HOURS.items(), ids=[kind.value for kind in HOURS])
def test_how_long_it_is_worth_sending(kind: ChangeKind, hours: float) -> None:
    """News for two hours, its end for six, a change of it for half an hour."""
    before = {
        K.ONSET: (),
        K.UNSTABLE: (),
        K.STEADY: FLAPS,
        K.EMERGENCY_ON: (),
        K.EMERGENCY_OFF: (is_open("eid", Category.EMERGENCY),),
        K.CALLED_OFF: (is_open("eid", Category.PLANNED),),
    }
    (ruling,) = plan((change(kind, "eid", LATER),), before.get(kind, EID), GRAPH)
    last = ruling.notices[-1]
    assert (last.kind, last.due, last.expires) == (kind, LATER, LATER + timedelta(hours=hours))


@pytest.mark.parametrize(("made", "spans"), TIMES.values(), ids=TIMES)
def test_when_it_is_told(made: Change, spans: list[tuple[datetime, datetime]]) -> None:
    """From when, and until when, a notice is worth sending."""
    (ruling,) = plan((made,), (), GRAPH)
    assert [(notice.due, notice.expires) for notice in ruling.notices] == spans


def test_a_moved_window_is_worth_telling_until_its_work_begins() -> None:
    """To who counts on the old hours as to who is told of them for the first time."""
    starts = NOON + timedelta(hours=5)
    before = is_open("vitalink", Category.PLANNED, key="m1", starts_at=NOON + timedelta(days=1))
    (ruling,) = plan((window(NOON, starts),), (before,), GRAPH)
    assert [(notice.kind, notice.due, notice.expires) for notice in ruling.notices] == [
        (K.REPLANNED, NOON, starts),
        (K.PLANNED, NOON, starts),
        (K.PLANNED, starts - timedelta(hours=1), starts),
    ]


def test_a_window_that_is_brought_forward_is_worth_telling_until_its_work_begins() -> None:
    """Aloud, and no longer than there is something to prepare for."""
    before = is_open("vitalink", Category.PLANNED, key="m1", starts_at=NOON + timedelta(days=1))
    (ruling,) = plan((window(NOON, LATER),), (before,), GRAPH)
    assert [(notice.due, notice.expires) for notice in ruling.notices] == [(NOON, LATER)]


@pytest.mark.parametrize(("ends", "hours"), [(True, 5), (False, 2)], ids=["its end", "two hours"])
def test_work_under_way_before_its_hours_is_worth_telling_while_it_lasts(
    ends: bool, hours: int
) -> None:
    """For two hours where nobody told its end."""
    begun = window(NOON, NOON, hours=5)
    if begun.incident and not ends:
        begun = replace(begun, incident=replace(begun.incident, ends_at=None))
    before = is_open("vitalink", Category.PLANNED, key="m1", starts_at=NOON + timedelta(days=1))
    (ruling,) = plan((begun,), (before,), GRAPH)
    spans = [(notice.due, notice.expires) for notice in ruling.notices]
    assert spans == [(NOON, NOON + timedelta(hours=hours))]


def test_a_reminder_of_its_own_is_due_an_hour_ahead() -> None:
    """Where the change itself is silent, and too near for the announcement to remind of it."""
    starts, told = NOON + timedelta(minutes=75), NOON + timedelta(hours=3)
    before = is_open("vitalink", Category.PLANNED, key="m1", starts_at=starts, ends_at=told)
    (ruling,) = plan((window(NOON, starts, hours=3),), (before,), GRAPH)
    spans = [(notice.to, notice.due, notice.expires) for notice in ruling.notices]
    assert spans == [
        (To.TOLD, NOON, starts),
        (To.UNTOLD, NOON, starts),
        (To.TOLD, NOON + timedelta(minutes=15), starts),
    ]
