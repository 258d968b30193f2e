"""What follows for incidents that no change speaks of: a parent is back, planned hours are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.graph import Graph
from bot.alerts.rulings import Category, OpenIncident, Reason, Ruling, To
from bot.alerts.scene import TIME_TO_LIVE, Scene, notice_of
from bot.status.events import over_from
from bot.status.model import Change, ChangeKind

PARENT_GRACE = timedelta(minutes=5)
"""How long a service may take to recover after the one it rests on, before it is told itself."""


@dataclass(frozen=True)
class Lifted:
    """Services that explained the failure of others: those that do no longer, those that still do.

    `back`: since these changes.
    """

    back: frozenset[str]
    down: frozenset[str]


def released(
    changes: Sequence[Change], rest: list[OpenIncident], graph: Graph, lifted: Lifted
) -> tuple[Ruling, ...]:
    """A parent is back: what rested on it and is still down is told, unless it follows soon."""
    outages = (one for one in rest if one.category is Category.OUTAGE)
    return tuple(
        _told_late(one, changes[0].at, graph)
        for one in outages
        if graph.ancestors(one.service) & lifted.back
        and graph.ancestors(one.service).isdisjoint(lifted.down)
    )


def _told_late(incident: OpenIncident, at: datetime, graph: Graph) -> Ruling:
    state, since, source, key = incident.state, incident.since, incident.source, incident.key
    kind = ChangeKind.UNSTABLE if incident.unstable else ChangeKind.ONSET
    change = Change(kind, incident.service, state, state, at, since, source, key)
    due = at + PARENT_GRACE
    notice = notice_of(change, kind, To.UNTOLD, span=(due, due + TIME_TO_LIVE[kind]))
    scene = Scene(change, incident, graph, frozenset(), (), announced=False)
    return scene.ruling(Reason.PARENT_BACK, inhibited=False, notices=(notice,))


def passed(changes: Sequence[Change], rest: list[OpenIncident], graph: Graph) -> tuple[Ruling, ...]:
    """Planned work whose hours are over is closed, told to nobody: the same may be planned anew."""
    if not changes:
        return ()
    over = [incident for incident in rest if is_past(incident, changes[0].at)]
    return tuple(_closed(incident, changes[0].at, graph) for incident in over)


def is_past(incident: OpenIncident, at: datetime) -> bool:
    """Whether it is planned work whose hours are over."""
    until = over_from(incident.starts_at, incident.ends_at)
    return incident.category is Category.PLANNED and until is not None and until <= at


def _closed(incident: OpenIncident, at: datetime, graph: Graph) -> Ruling:
    state, until = incident.state, incident.ends_at or at
    source, key = incident.source, incident.key
    change = Change(ChangeKind.PLANNED, incident.service, state, state, at, until, source, key)
    scene = Scene(change, incident, graph, frozenset(), (), announced=False)
    return scene.ruling(Reason.OVER, closes=True)
