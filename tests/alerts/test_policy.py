"""Which changes are told: each row is a sentence of the specification."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.alerts.policy import plan
from bot.alerts.rulings import Category, OpenIncident, Reason, Ruling, To
from bot.status.model import Change, ChangeKind, Incident, State
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


@dataclass(frozen=True)
class Row:
    """A change, what was open, and what follows: why, what is told to whom, what becomes of it."""

    change: Change
    before: tuple[OpenIncident, ...]
    reason: Reason
    told: tuple[tuple[ChangeKind, To], ...] = ()
    opens: bool = False
    closes: bool = False


EDIT = (K.UPDATE, To.TOLD)
AHEAD_75 = NOON + timedelta(minutes=75)
REMINDED = ((K.REPLANNED, To.TOLD), (K.PLANNED, To.UNTOLD), (K.PLANNED, To.TOLD))


def known_work(starts: datetime, **more: object) -> OpenIncident:
    """Work of two hours on Vitalink, as it was told."""
    hours = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
    return is_open("vitalink", Category.PLANNED, key="m1", **(hours | more))


EID = (is_open("eid"),)
PLANNED = window(NOON, LATER).incident
ROWS = {
    "a new outage is told to all who follow": Row(
        onset("eid", LATER), (), Reason.NEW, ((K.ONSET, To.FOLLOWERS),), opens=True
    ),
    "the same outage again is told to nobody": Row(onset("eid", LATER), EID, Reason.ALREADY_TOLD),
    "an outage that reads otherwise now is edited in": Row(
        onset("eid", LATER, State.DEGRADED), EID, Reason.DETAIL, (EDIT,)
    ),
    "one that is worse than what the team told is said aloud": Row(
        onset("eid", LATER),
        (is_open("eid", state=State.PARTIAL_OUTAGE),),
        Reason.WORSE,
        (EDIT, (K.WORSENED, To.TOLD)),
    ),
    "under a parent that is down nothing is told, but it is kept": Row(
        onset("recip-e", LATER), (is_open("sts"),), Reason.PARENT_DOWN, opens=True
    ),
    "a far parent counts too": Row(
        onset("recip-e", LATER), (is_open("platform"),), Reason.PARENT_DOWN, opens=True
    ),
    "one that is down for a day explains no new one": Row(
        onset("recip-e", NOON + timedelta(hours=24)),
        (is_open("sts"),),
        Reason.NEW,
        ((K.ONSET, To.FOLLOWERS),),
        opens=True,
    ),
    "for a little less it does": Row(
        onset("recip-e", NOON + timedelta(hours=23, minutes=59)),
        (is_open("sts"),),
        Reason.PARENT_DOWN,
        opens=True,
    ),
    "a parent that is only disturbed does not explain an outage": Row(
        onset("recip-e", LATER),
        (is_open("sts", state=State.DEGRADED),),
        Reason.NEW,
        ((K.ONSET, To.FOLLOWERS),),
        opens=True,
    ),
    "one that comes and goes does": Row(
        onset("recip-e", LATER),
        (is_open("sts", state=State.OPERATIONAL, unstable=True),),
        Reason.PARENT_DOWN,
        opens=True,
    ),
    "planned work on the parent is no outage of it": Row(
        onset("recip-e", LATER),
        (is_open("sts", Category.PLANNED),),
        Reason.NEW,
        ((K.ONSET, To.FOLLOWERS),),
        opens=True,
    ),
    "worse is edited in and said aloud": Row(
        worsened("eid", LATER), EID, Reason.WORSE, (EDIT, (K.WORSENED, To.TOLD))
    ),
    "worse again within half an hour is edited in only": Row(
        worsened("eid", LATER),
        (is_open("eid", resounded_at=LATER - timedelta(minutes=29)),),
        Reason.TOO_SOON_TO_SOUND,
        (EDIT,),
    ),
    "after half an hour it is said aloud again": Row(
        worsened("eid", LATER),
        (is_open("eid", resounded_at=LATER - timedelta(minutes=30)),),
        Reason.WORSE,
        (EDIT, (K.WORSENED, To.TOLD)),
    ),
    "worse than what was never told is a new outage": Row(
        worsened("eid", LATER), (), Reason.NEW, ((K.ONSET, To.FOLLOWERS),), opens=True
    ),
    "worse under a parent that is down is not told": Row(
        worsened("eid", LATER), (is_open("eid", inhibited=True),), Reason.PARENT_DOWN
    ),
    "a detail is edited in": Row(change(K.UPDATE, "eid", LATER), EID, Reason.DETAIL, (EDIT,)),
    "a new end time is edited in and said aloud": Row(
        new_end("eid", LATER, LATER), EID, Reason.END_CHANGED, (EDIT, EDIT)
    ),
    "the same end time again is a detail": Row(
        new_end("eid", LATER, LATER), (is_open("eid", ends_at=LATER),), Reason.DETAIL, (EDIT,)
    ),
    "a detail of what is not open is nothing": Row(
        change(K.UPDATE, "eid", LATER), (), Reason.NOTHING_OPEN
    ),
    "a detail of what was held back is not told": Row(
        change(K.UPDATE, "eid", LATER), (is_open("eid", inhibited=True),), Reason.PARENT_DOWN
    ),
    "its end is told to those who were told of it": Row(
        resolved("eid", LATER), EID, Reason.OVER, ((K.RESOLVED, To.TOLD),), closes=True
    ),
    "the end of what is not open is nothing": Row(resolved("eid", LATER), (), Reason.NOTHING_OPEN),
    "flapping is told to all who follow": Row(
        change(K.UNSTABLE, "eid", LATER),
        (),
        Reason.FLAPPING,
        ((K.UNSTABLE, To.FOLLOWERS),),
        opens=True,
    ),
    "flapping is told once": Row(
        change(K.UNSTABLE, "eid", LATER), (is_open("eid", unstable=True),), Reason.ALREADY_TOLD
    ),
    "flapping under a parent that is down is not told": Row(
        change(K.UNSTABLE, "recip-e", LATER), (is_open("sts"),), Reason.PARENT_DOWN, opens=True
    ),
    "while it flaps, down is not told": Row(
        onset("eid", LATER), (is_open("eid", unstable=True),), Reason.HELD_WHILE_UNSTABLE
    ),
    "nor is worse": Row(
        worsened("eid", LATER), (is_open("eid", unstable=True),), Reason.HELD_WHILE_UNSTABLE
    ),
    "nor a detail": Row(
        change(K.UPDATE, "eid", LATER),
        (is_open("eid", unstable=True),),
        Reason.HELD_WHILE_UNSTABLE,
    ),
    "nor is up": Row(
        resolved("eid", LATER), (is_open("eid", unstable=True),), Reason.HELD_WHILE_UNSTABLE
    ),
    "steady is told to those who were told of it": Row(
        change(K.STEADY, "eid", LATER),
        (is_open("eid", unstable=True),),
        Reason.STEADY_AGAIN,
        ((K.STEADY, To.TOLD),),
        closes=True,
    ),
    "steadily down stays open": Row(
        replace(change(K.STEADY, "eid", LATER), current=State.MAJOR_OUTAGE),
        (is_open("eid", unstable=True),),
        Reason.STEADY_AGAIN,
        ((K.STEADY, To.TOLD),),
    ),
    "steady without having flapped is nothing": Row(
        change(K.STEADY, "eid", LATER), EID, Reason.NOTHING_OPEN
    ),
    "planned work in three days is told twice": Row(
        window(NOON, NOON + timedelta(days=3)),
        (),
        Reason.PLANNED_LATER,
        ((K.PLANNED, To.FOLLOWERS), (K.PLANNED, To.FOLLOWERS)),
        opens=True,
    ),
    "planned work in a day is not soon yet": Row(
        window(NOON, NOON + timedelta(hours=24)),
        (),
        Reason.PLANNED_LATER,
        ((K.PLANNED, To.FOLLOWERS), (K.PLANNED, To.FOLLOWERS)),
        opens=True,
    ),
    "a minute less is soon": Row(
        window(NOON, NOON + timedelta(hours=23, minutes=59)),
        (),
        Reason.PLANNED_SOON,
        ((K.PLANNED, To.FOLLOWERS), (K.PLANNED, To.FOLLOWERS)),
        opens=True,
    ),
    "planned work within the hour is told once": Row(
        window(NOON, NOON + timedelta(minutes=60)),
        (),
        Reason.PLANNED_SOON,
        ((K.PLANNED, To.FOLLOWERS),),
        opens=True,
    ),
    "planned work that began already is nothing": Row(window(NOON, NOON), (), Reason.NOTHING_OPEN),
    "work under way before its hours is told in silence to those who know of others": Row(
        window(NOON, NOON),
        (known_work(NOON + timedelta(days=1)),),
        Reason.WINDOW_CHANGED,
        ((K.REPLANNED, To.TOLD),),
    ),
    "not where they have been told an hour ahead": Row(
        window(NOON, NOON), (known_work(LATER),), Reason.WINDOW_CHANGED
    ),
    "planned work without words is nothing": Row(
        change(K.PLANNED, "vitalink", NOON), (), Reason.NOTHING_OPEN
    ),
    "planned work without a time is nothing": Row(
        change(K.PLANNED, "vitalink", NOON, Incident("m1", "ehealth", "work", None)),
        (),
        Reason.NOTHING_OPEN,
    ),
    "the same window again is nothing": Row(
        window(NOON, LATER),
        (
            is_open(
                "vitalink",
                Category.PLANNED,
                key="m1",
                starts_at=PLANNED.starts_at if PLANNED else None,
                ends_at=PLANNED.ends_at if PLANNED else None,
            ),
        ),
        Reason.ALREADY_TOLD,
    ),
    "another window is told to those who were told, and as new to the others": Row(
        window(NOON, LATER),
        (is_open("vitalink", Category.PLANNED, key="m1", starts_at=NOON + timedelta(minutes=5)),),
        Reason.WINDOW_CHANGED,
        ((K.REPLANNED, To.TOLD), (K.PLANNED, To.UNTOLD)),
    ),
    "brought forward to an hour from now, it is told to all with a sound": Row(
        window(NOON, NOON + timedelta(hours=1)),
        (is_open("vitalink", Category.PLANNED, key="m1", starts_at=NOON + timedelta(days=1)),),
        Reason.BROUGHT_FORWARD,
        ((K.PLANNED, To.FOLLOWERS),),
    ),
    "so it is where its reminder would follow within half an hour": Row(
        window(NOON, AHEAD_75),
        (known_work(NOON + timedelta(days=1)),),
        Reason.BROUGHT_FORWARD,
        ((K.PLANNED, To.FOLLOWERS),),
    ),
    "not where there is time to be told an hour ahead": Row(
        window(NOON, NOON + timedelta(minutes=90)),
        (is_open("vitalink", Category.PLANNED, key="m1", starts_at=NOON + timedelta(days=1)),),
        Reason.WINDOW_CHANGED,
        ((K.REPLANNED, To.TOLD), (K.PLANNED, To.UNTOLD), (K.PLANNED, To.FOLLOWERS)),
    ),
    "nor where it has no effect": Row(
        window(NOON, NOON + timedelta(hours=1), felt=False),
        (is_open("vitalink", Category.PLANNED, key="m1", starts_at=NOON + timedelta(days=1)),),
        Reason.WINDOW_CHANGED,
        ((K.REPLANNED, To.TOLD),),
    ),
    "nor where it was put off": Row(
        window(NOON, NOON + timedelta(hours=1)),
        (is_open("vitalink", Category.PLANNED, key="m1", starts_at=NOON + timedelta(minutes=5)),),
        Reason.WINDOW_CHANGED,
        ((K.REPLANNED, To.TOLD), (K.PLANNED, To.UNTOLD)),
    ),
    "work in the same hours that will be felt after all is told aloud within the hour": Row(
        window(NOON, LATER),
        (known_work(LATER, felt=False),),
        Reason.BROUGHT_FORWARD,
        ((K.PLANNED, To.FOLLOWERS),),
    ),
    "before that it is told an hour ahead": Row(
        window(NOON, AHEAD_75),
        (known_work(AHEAD_75, felt=False),),
        Reason.WINDOW_CHANGED,
        REMINDED,
    ),
    "a new end just before the reminder leaves it its reminder": Row(
        window(NOON, AHEAD_75, hours=3), (known_work(AHEAD_75),), Reason.WINDOW_CHANGED, REMINDED
    ),
    "so does being put off a little": Row(
        window(NOON, AHEAD_75 + timedelta(minutes=10)),
        (known_work(AHEAD_75),),
        Reason.WINDOW_CHANGED,
        REMINDED,
    ),
    "whoever was reminded already is not again": Row(
        window(NOON, AHEAD_75),
        (known_work(LATER),),
        Reason.WINDOW_CHANGED,
        ((K.REPLANNED, To.TOLD), (K.PLANNED, To.UNTOLD)),
    ),
    "what will have no effect any more needs no reminder": Row(
        window(NOON, AHEAD_75, felt=False),
        (known_work(AHEAD_75),),
        Reason.WINDOW_CHANGED,
        ((K.REPLANNED, To.TOLD),),
    ),
    "work without effect is in the digest alone": Row(
        window(NOON, NOON + timedelta(days=3), felt=False),
        (),
        Reason.PLANNED_LATER,
        ((K.PLANNED, To.FOLLOWERS),),
        opens=True,
    ),
    "so it is where it is near": Row(
        window(NOON, NOON + timedelta(hours=22), felt=False),
        (),
        Reason.PLANNED_LATER,
        ((K.PLANNED, To.FOLLOWERS),),
        opens=True,
    ),
    "without effect and from the very minute of the digest it is told to nobody": Row(
        window(NOON, NOON + timedelta(hours=20), felt=False),
        (),
        Reason.NO_MORNING_BEFORE,
        opens=True,
    ),
    "work that will last longer is another window": Row(
        window(NOON, LATER, hours=5),
        (
            is_open(
                "vitalink",
                Category.PLANNED,
                key="m1",
                starts_at=LATER,
                ends_at=LATER + timedelta(hours=2),
            ),
        ),
        Reason.WINDOW_CHANGED,
        ((K.REPLANNED, To.TOLD), (K.PLANNED, To.UNTOLD)),
    ),
    "without effect and before the next morning it is told to nobody, but it is kept": Row(
        window(NOON, NOON + timedelta(hours=14), felt=False),
        (),
        Reason.NO_MORNING_BEFORE,
        opens=True,
    ),
    "work that is called off is told to those who were told": Row(
        called_off(NOON, LATER),
        (is_open("vitalink", Category.PLANNED, key="m1", starts_at=LATER),),
        Reason.CALLED_OFF,
        ((K.CALLED_OFF, To.TOLD),),
        closes=True,
    ),
    "work that nobody knew is called off for nobody": Row(
        called_off(NOON, LATER), (), Reason.NOTHING_OPEN
    ),
    "the next of weekly work is its own while this one goes on": Row(
        window(LATER, LATER + timedelta(days=7)),
        (
            is_open(
                "vitalink",
                Category.PLANNED,
                key="m1",
                starts_at=NOON,
                ends_at=LATER + timedelta(hours=1),
            ),
        ),
        Reason.PLANNED_LATER,
        ((K.PLANNED, To.FOLLOWERS), (K.PLANNED, To.FOLLOWERS)),
        opens=True,
    ),
    "so it is from the very beginning of this one": Row(
        window(LATER, LATER + timedelta(days=7)),
        (known_work(LATER),),
        Reason.PLANNED_LATER,
        ((K.PLANNED, To.FOLLOWERS), (K.PLANNED, To.FOLLOWERS)),
        opens=True,
    ),
    "another work on the same service is its own": Row(
        window(NOON, NOON + timedelta(minutes=30)),
        (is_open("vitalink", Category.PLANNED, key="m2"),),
        Reason.PLANNED_SOON,
        ((K.PLANNED, To.FOLLOWERS),),
        opens=True,
    ),
    "the emergency route is told beside an outage": Row(
        change(K.EMERGENCY_ON, "recip-e", LATER),
        (is_open("recip-e"),),
        Reason.NEW,
        ((K.EMERGENCY_ON, To.FOLLOWERS),),
        opens=True,
    ),
    "the emergency route is told once": Row(
        change(K.EMERGENCY_ON, "eid", LATER),
        (is_open("eid", Category.EMERGENCY),),
        Reason.ALREADY_TOLD,
    ),
    "its end is told to those who were told": Row(
        change(K.EMERGENCY_OFF, "eid", LATER),
        (is_open("eid", Category.EMERGENCY),),
        Reason.OVER,
        ((K.EMERGENCY_OFF, To.TOLD),),
        closes=True,
    ),
    "the end of no emergency is nothing": Row(
        change(K.EMERGENCY_OFF, "eid", LATER), (), Reason.NOTHING_OPEN
    ),
    "reminders are off": Row(change(K.REMINDER, "eid", LATER), EID, Reason.REMINDERS_OFF),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_one_change(row: Row) -> None:
    """What one change means, given what is open."""
    (ruling,) = plan((row.change,), row.before, GRAPH)
    told = tuple((notice.kind, notice.to) for notice in ruling.notices)
    assert (ruling.reason, told) == (row.reason, row.told)
    assert (ruling.opens, ruling.closes) == (row.opens, row.closes)
    assert ruling.incident == (None if row.opens else (row.before[0].id if row.before else None))


def test_where_nothing_changes_nothing_is_ruled_on() -> None:
    """A reading that only confirms states is written down and tells nobody."""
    assert plan((), EID, GRAPH) == ()


def reasons(rulings: tuple[Ruling, ...]) -> dict[str, Reason]:
    """By service, why."""
    return {ruling.change.service: ruling.reason for ruling in rulings}


def test_parent_is_ruled_on_before_its_children() -> None:
    """In one reading the parent speaks, in whatever order the changes come."""
    rulings = plan((onset("recip-e", LATER), onset("sts", LATER)), (), GRAPH)
    assert reasons(rulings) == {"sts": Reason.NEW, "recip-e": Reason.PARENT_DOWN}


def test_parent_takes_over_what_its_children_still_had_to_tell() -> None:
    """A child's onset that waits is told by the parent's message instead."""
    (ruling,) = plan((onset("sts", LATER),), (is_open("recip-e"), is_open("eid", id=8)), GRAPH)
    assert ruling.absorbs == {7}


def test_a_disturbed_parent_leaves_its_children_their_own_messages() -> None:
    """Who waits to hear of an outage is not told of a slowness instead."""
    waiting = (is_open("recip-e"),)
    (ruling,) = plan((onset("sts", LATER, State.DEGRADED),), waiting, GRAPH)
    assert ruling.absorbs == frozenset()


EASED = replace(change(K.UPDATE, "sts", LATER), current=State.DEGRADED)


@pytest.mark.parametrize(
    ("made", "parent"),
    [
        (EASED, is_open("sts")),
        (change(K.STEADY, "sts", LATER), is_open("sts", unstable=True)),
    ],
    ids=["it is only disturbed now", "it is steadily well"],
)
def test_child_is_told_once_its_parent_explains_it_no_more(
    made: Change, parent: OpenIncident
) -> None:
    """Not only where the parent is resolved."""
    child = is_open("recip-e", id=8, inhibited=True)
    late = plan((made,), (parent, child), GRAPH)[-1]
    assert (late.incident, late.reason) == (8, Reason.PARENT_BACK)


def test_child_is_told_five_minutes_after_its_parent() -> None:
    """With its parent back, a child still down is told to whom it was not told, after a grace."""
    before = (is_open("sts"), is_open("recip-e", id=8, inhibited=True))
    over, late = plan((resolved("sts", LATER),), before, GRAPH)
    assert (over.reason, late.reason, late.incident) == (Reason.OVER, Reason.PARENT_BACK, 8)
    due = LATER + timedelta(minutes=5)
    assert [(n.kind, n.to, n.due, n.expires) for n in late.notices] == [
        (K.ONSET, To.UNTOLD, due, due + timedelta(hours=2))
    ]
    assert (late.inhibited, late.announced) == (False, False)
    assert late.change == Change(
        kind=K.ONSET,
        service="recip-e",
        previous=State.MAJOR_OUTAGE,
        current=State.MAJOR_OUTAGE,
        at=LATER,
        since=NOON,
        source="ehealth",
        key=before[1].key,
    )


def test_child_that_flaps_is_told_so_after_its_parent() -> None:
    """What was held back is told as it stands: unstable, not down."""
    before = (is_open("sts"), is_open("recip-e", id=8, inhibited=True, unstable=True))
    _, late = plan((resolved("sts", LATER),), before, GRAPH)
    assert [(n.kind, n.to) for n in late.notices] == [(K.UNSTABLE, To.UNTOLD)]
    assert (late.change.kind, late.unstable) == (K.UNSTABLE, True)


def test_end_of_a_detour_of_its_parent_tells_nothing_of_the_child() -> None:
    """Only the end of the parent's outage does: that alone held it back."""
    before = (is_open("sts", Category.EMERGENCY), is_open("recip-e", id=8))
    (ruling,) = plan((change(K.EMERGENCY_OFF, "sts", LATER),), before, GRAPH)
    assert (ruling.change.service, ruling.reason) == ("sts", Reason.OVER)


def test_child_stays_silent_while_another_parent_is_down() -> None:
    """As long as anything it rests on is down, that speaks for it."""
    before = (is_open("sts"), is_open("platform", id=9), is_open("recip-e", id=8, inhibited=True))
    assert len(plan((resolved("sts", LATER),), before, GRAPH)) == 1


def test_child_that_recovers_with_its_parent_is_not_told() -> None:
    """Parent and child back in one reading: only their ends are ruled on."""
    before = (is_open("sts"), is_open("recip-e", id=8, inhibited=True))
    rulings = plan((resolved("recip-e", LATER), resolved("sts", LATER)), before, GRAPH)
    assert reasons(rulings) == {"sts": Reason.OVER, "recip-e": Reason.OVER}


def test_team_announces_under_a_parent_too() -> None:
    """What the team says by hand is told, whatever else is down, and marked as theirs."""
    (ruling,) = plan((onset("recip-e", LATER),), (is_open("sts"),), GRAPH, announced=True)
    assert (ruling.reason, ruling.announced) == (Reason.ANNOUNCED, True)


def test_worse_goes_first() -> None:
    """Severity, then news before ends before details, decide the order of sending."""
    ordered = [
        plan((onset("eid", LATER),), (), GRAPH),
        plan((worsened("eid", LATER),), EID, GRAPH),
        plan((resolved("eid", LATER),), EID, GRAPH),
        plan((change(K.UPDATE, "eid", LATER),), EID, GRAPH),
        plan((onset("eid", LATER, State.DEGRADED),), (), GRAPH),
    ]
    orders = [rulings[0].notices[-1].order for rulings in ordered]
    assert orders == sorted(orders)
    assert len(set(orders)) == len(orders)


def test_work_whose_hours_are_over_is_closed_and_may_be_planned_anew() -> None:
    """Weekly work has one id at its source: each week is an incident of its own."""
    last_week = is_open("vitalink", Category.PLANNED, key="m1", starts_at=NOON, ends_at=NOON)
    again = plan((window(LATER, LATER + timedelta(days=3)),), (last_week,), GRAPH)
    assert [(one.opens, one.closes, one.reason) for one in again] == [
        (True, False, Reason.PLANNED_LATER),
        (False, True, Reason.OVER),
    ]
    other = plan((onset("eid", LATER),), (last_week,), GRAPH)
    assert [(one.incident, one.closes) for one in other] == [(None, False), (7, True)]


@pytest.mark.parametrize(
    ("work", "closed"),
    [
        (known_work(LATER - timedelta(hours=2)), True),
        (known_work(LATER - timedelta(hours=2) + timedelta(seconds=1)), False),
        (known_work(LATER - timedelta(hours=24), ends_at=None), True),
        (known_work(LATER - timedelta(hours=23), ends_at=None), False),
    ],
    ids=["at its very end", "a second before", "a day on, without an end", "within that day"],
)
def test_planned_work_is_closed_when_its_hours_are_over(work: OpenIncident, closed: bool) -> None:
    """Whatever is ruled on then closes it; work whose end nobody told lasts a day."""
    rulings = plan((onset("eid", LATER),), (work,), GRAPH)
    assert [ruling.incident for ruling in rulings if ruling.closes] == ([work.id] if closed else [])


@pytest.mark.parametrize(
    ("ends_at", "since"), [(NOON, NOON), (None, LATER)], ids=["it had an end", "it had none"]
)
def test_work_is_closed_as_from_its_end(ends_at: datetime | None, since: datetime) -> None:
    """It is told to nobody, and kept as it stood; without an end it is over now."""
    work = known_work(LATER - timedelta(days=2), ends_at=ends_at)
    _, closed = plan((onset("eid", LATER),), (work,), GRAPH)
    assert (closed.notices, closed.announced) == ((), False)
    assert closed.change == Change(
        kind=K.PLANNED,
        service="vitalink",
        previous=State.MAJOR_OUTAGE,
        current=State.MAJOR_OUTAGE,
        at=LATER,
        since=since,
        source="ehealth",
        key="m1",
    )


@pytest.mark.parametrize(("minutes", "notices"), [(75, 1), (90, 2)])
def test_an_hour_ahead_is_not_told_within_half_an_hour_of_the_announcement(
    minutes: int, notices: int
) -> None:
    """Two sounds for the same work that near to each other are a nuisance."""
    (ruling,) = plan((window(NOON, NOON + timedelta(minutes=minutes)),), (), GRAPH)
    assert len(ruling.notices) == notices
