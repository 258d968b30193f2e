"""What components, incidents and windows mean together at a given moment."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from bot.status.judgement import Judgement, judge
from bot.status.model import Component, Incident, Phase, State
from bot.status.sightings import Sighting
from tests.status.samples import NOON, after

UP, DOWN, SLOW, WORK, DARK = (
    State.OPERATIONAL,
    State.MAJOR_OUTAGE,
    State.DEGRADED,
    State.MAINTENANCE,
    State.UNKNOWN,
)
OPEN = Incident("i", "pages", "Down", Phase.INVESTIGATING, ("sts",), DOWN)
SMALL = replace(OPEN, id="j", impact=SLOW)
UNSAID = replace(OPEN, id="k", impact=DARK)
HARMLESS = replace(OPEN, id="l", impact=UP)
OVER = replace(OPEN, id="m", phase=Phase.RESOLVED)
SILENT = replace(OPEN, id="n", phase=None, updated_at=after(hours=-23))
WINDOW = Incident(
    "w",
    "pages",
    "Work",
    Phase.SCHEDULED,
    ("sts",),
    DARK,
    starts_at=after(minutes=-30),
    ends_at=after(minutes=30),
)
AHEAD = replace(WINDOW, starts_at=after(minutes=10))
OVERDUE = replace(
    WINDOW, phase=Phase.IN_PROGRESS, starts_at=after(hours=-2), ends_at=after(hours=-1)
)


RUNS = replace(WINDOW, phase=Phase.IN_PROGRESS, starts_at=None, ends_at=None)


def sighted(state: State | None, *found: Incident) -> Sighting:
    """A component in this state (None: the source shows none), incidents and windows."""
    components = (Component("sts", ("sts",), state),) if state is not None else ()
    return Sighting(
        "sts",
        "pages",
        state or DARK,
        components,
        incidents=tuple(one for one in found if one.ends_at is None),
        maintenances=tuple(one for one in found if one.ends_at is not None),
    )


def sighted_at_work(state: State, work: Incident) -> Sighting:
    """The same with one window, whatever is known of its times."""
    return replace(sighted(state), maintenances=(work,))


def planned(state: State, *, hours: float, updated_at: datetime | None = None) -> Sighting:
    """With work that began then, and of which no end is told."""
    began = after(hours=hours)
    work = replace(WINDOW, starts_at=began, ends_at=None, updated_at=updated_at)
    return sighted_at_work(state, work)


@dataclass(frozen=True)
class Row:
    """What is seen, the state that it means, and the incident that is told of."""

    seen: Sighting
    state: State
    told: Incident | None = None


ROWS = {
    "a component alone": Row(sighted(SLOW), SLOW),
    "nothing at all is unknown": Row(sighted(None), DARK),
    "an incident that is searched for makes fine degraded": Row(sighted(UP, OPEN), SLOW, OPEN),
    "one that is watched does not": Row(
        sighted(UP, replace(OPEN, phase=Phase.MONITORING)),
        UP,
        replace(OPEN, phase=Phase.MONITORING),
    ),
    "one without effect does not either": Row(sighted(UP, HARMLESS), UP, HARMLESS),
    "a component's own trouble counts": Row(sighted(DOWN, SMALL), DOWN, SMALL),
    "without a component the incident alone tells": Row(sighted(None, OPEN), DOWN, OPEN),
    "one that does not say how bad it is, is degraded": Row(sighted(None, UNSAID), SLOW, UNSAID),
    "one without effect makes nothing fine": Row(sighted(None, HARMLESS), DARK, HARMLESS),
    "one that is over tells nothing": Row(sighted(None, OVER), DARK),
    "one whose phase nobody told counts for a day": Row(sighted(None, SILENT), DOWN, SILENT),
    "the worst is told of, wherever it stands": Row(sighted(None, SMALL, OPEN, SMALL), DOWN, OPEN),
    "in its window trouble is maintenance": Row(sighted(DOWN, WINDOW), WORK),
    "in its window fine is fine": Row(sighted(UP, WINDOW), UP),
    "work without an end covers trouble for a day": Row(planned(DOWN, hours=-23), WORK),
    "and no longer": Row(planned(DOWN, hours=-25), DOWN),
    "its last word counts": Row(planned(DOWN, hours=-25, updated_at=after(hours=-2)), WORK),
    "work of which no time is told runs": Row(sighted_at_work(DOWN, RUNS), WORK),
    "work whose begin nobody told ends all the same": Row(
        sighted_at_work(DOWN, replace(RUNS, ends_at=after(days=-3))), DOWN
    ),
    "before it, nothing changes": Row(sighted(DOWN, AHEAD), DOWN),
    "before it, a source without components says nothing": Row(sighted(None, AHEAD), DARK),
    "in it, a source without components says maintenance": Row(sighted(None, WINDOW), WORK),
    "unless it is called done": Row(sighted(None, replace(WINDOW, phase=Phase.COMPLETED)), DARK),
    "or without effect": Row(sighted(None, replace(WINDOW, impact=UP)), DARK),
    "one window that runs does not make another one felt": Row(
        sighted(None, AHEAD, replace(WINDOW, phase=Phase.COMPLETED)), DARK
    ),
    "an overdue window is trouble where the source shows no component": Row(
        sighted(None, replace(OVERDUE, impact=DOWN)), DOWN
    ),
    "or where the component still says maintenance": Row(sighted(WORK, OVERDUE), SLOW),
    "a component that is fine again is believed": Row(sighted(UP, OVERDUE), UP),
    "a window that runs covers for an overdue one": Row(sighted(DOWN, OVERDUE, WINDOW), WORK),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_it_means(row: Row) -> None:
    """The state of the service now, and the incident that hits most."""
    assert judge(row.seen, NOON) == Judgement(row.state, row.told)


def test_an_old_entry_is_forgotten_in_a_feed_alone() -> None:
    """A page takes down what is over; a feed never does."""
    old = sighted(None, replace(OPEN, updated_at=after(days=-4)))
    assert judge(old, NOON).state is DOWN
    assert judge(old, NOON, feed=True) == Judgement(DARK)
