"""Which changes are told, to whom and when: pure, and each ruling says why.

The rules are those of the field: a parent's outage speaks for what rests on it (Alertmanager's
inhibition, https://prometheus.io/docs/alerting/latest/alertmanager/), a flapping service is told
once (https://naemon.io/documentation/usersguide/flapping), and who was not told of an outage is
not told that it is over.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.alerts.aftermath import Lifted, passed, released
from bot.alerts.graph import Graph
from bot.alerts.maintenance import called_off, planned
from bot.alerts.rulings import CLOSING, OPENING, Category, OpenIncident, Reason, Ruling, To
from bot.alerts.scene import CATEGORIES, RESOUND_AFTER, Scene, notice_of
from bot.status.model import Change, ChangeKind

CHANGING = frozenset({ChangeKind.UPDATE, ChangeKind.WORSENED})
TELLING = CHANGING | {ChangeKind.ONSET, ChangeKind.RESOLVED, ChangeKind.STEADY}
"""Kinds that say of a service how badly it is down."""
SPEAKS_FOR = timedelta(hours=24)
"""So long an outage explains new ones: one whose end nobody read would mute them for ever."""


def plan(
    changes: Sequence[Change],
    incidents: tuple[OpenIncident, ...],
    graph: Graph,
    *,
    announced: bool = False,
) -> tuple[Ruling, ...]:
    """Rules on the changes of one moment, those of parents before those of what rests on them."""
    ordered = sorted(changes, key=lambda change: len(graph.ancestors(change.service)))
    before = _down(incidents)
    down = _after(before, ordered)
    explains = _after(_down(_lately(incidents, ordered)), ordered)
    rulings = tuple(
        RULES[change.kind](
            Scene(change, _find(change, incidents), graph, explains, incidents, announced)
        )
        for change in ordered
    )
    ruled = frozenset(ruling.incident for ruling in rulings if ruling.incident is not None)
    rest = [incident for incident in incidents if incident.id not in ruled]
    lifted = Lifted(before - down, down)
    return rulings + released(changes, rest, graph, lifted) + passed(changes, rest, graph)


def _down(incidents: tuple[OpenIncident, ...]) -> frozenset[str]:
    """What explains that all which rests on it fails; one that is slow or disturbed does not."""
    outages = (one for one in incidents if one.category is Category.OUTAGE)
    return frozenset(one.service for one in outages if one.unstable or one.state.is_down)


def _lately(
    incidents: tuple[OpenIncident, ...], changes: Sequence[Change]
) -> tuple[OpenIncident, ...]:
    at = max((change.at for change in changes), default=None)
    return tuple(one for one in incidents if at is not None and at - one.since < SPEAKS_FOR)


def _after(down: frozenset[str], changes: Sequence[Change]) -> frozenset[str]:
    told = [one for one in changes if one.kind in TELLING]
    over = {one.service for one in told if not one.current.is_down}
    begun = {one.service for one in told if one.current.is_down}
    return (down | begun) - over


def _find(change: Change, incidents: tuple[OpenIncident, ...]) -> OpenIncident | None:
    category = CATEGORIES.get(change.kind, Category.OUTAGE)
    for incident in incidents:
        if (incident.category, incident.service) != (category, change.service):
            continue
        begun = incident.starts_at is not None and incident.starts_at <= change.at
        same_work = incident.key == change.key and not begun
        if category is not Category.PLANNED or same_work:
            return incident
    return None


def _onset(scene: Scene) -> Ruling:
    if scene.found is not None:
        return _still_open(scene, scene.found)
    if scene.parents_down and not scene.announced:
        return scene.ruling(Reason.PARENT_DOWN, opens=True, inhibited=True)
    reason = Reason.ANNOUNCED if scene.announced else Reason.NEW
    notice = notice_of(scene.change, ChangeKind.ONSET, To.FOLLOWERS)
    told_with_it = _children(scene) if scene.change.current.is_down else frozenset[int]()
    return scene.ruling(reason, opens=True, absorbs=told_with_it, notices=(notice,))


def _still_open(scene: Scene, found: OpenIncident) -> Ruling:
    if found.unstable:
        return scene.ruling(Reason.HELD_WHILE_UNSTABLE)
    if found.inhibited or found.state is scene.change.current:
        return scene.ruling(Reason.ALREADY_TOLD)
    worse = scene.change.current.severity > found.state.severity
    return _changed(scene, found, Reason.WORSE if worse else Reason.DETAIL)


def _children(scene: Scene) -> frozenset[int]:
    below = frozenset(scene.graph.descendants(scene.change.service))
    outages = (i for i in scene.open if i.category is Category.OUTAGE)
    return frozenset(i.id for i in outages if i.service in below)


def _worsened(scene: Scene) -> Ruling:
    if scene.found is None:
        return _onset(scene)
    if scene.found.unstable:
        return scene.ruling(Reason.HELD_WHILE_UNSTABLE)
    if scene.found.inhibited:
        return scene.ruling(Reason.PARENT_DOWN)
    return _changed(scene, scene.found, Reason.WORSE)


def _update(scene: Scene) -> Ruling:
    found = scene.found
    if found is None:
        return scene.ruling(Reason.NOTHING_OPEN)
    if found.unstable or found.inhibited:
        return scene.ruling(Reason.HELD_WHILE_UNSTABLE if found.unstable else Reason.PARENT_DOWN)
    ends_at = scene.change.incident.ends_at if scene.change.incident else None
    if ends_at is not None and ends_at != found.ends_at:
        return _changed(scene, found, Reason.END_CHANGED)
    return _changed(scene, found, Reason.DETAIL)


def _changed(scene: Scene, found: OpenIncident, reason: Reason) -> Ruling:
    """The opening message is edited; of more than a detail, a message says it too."""
    edit = notice_of(scene.change, ChangeKind.UPDATE, To.TOLD, edits=True)
    if reason is Reason.DETAIL:
        return scene.ruling(reason, replaces=frozenset({ChangeKind.UPDATE}), notices=(edit,))
    last = found.resounded_at
    if last is not None and scene.change.at < last + RESOUND_AFTER:
        too_soon = Reason.TOO_SOON_TO_SOUND
        return scene.ruling(too_soon, replaces=frozenset({ChangeKind.UPDATE}), notices=(edit,))
    kind = ChangeKind.WORSENED if reason is Reason.WORSE else ChangeKind.UPDATE
    aloud = notice_of(scene.change, kind, To.TOLD)
    return scene.ruling(reason, replaces=CHANGING, resounds=True, notices=(edit, aloud))


def _resolved(scene: Scene) -> Ruling:
    if scene.found is None:
        return scene.ruling(Reason.NOTHING_OPEN)
    if scene.found.unstable:
        return scene.ruling(Reason.HELD_WHILE_UNSTABLE)
    notice = notice_of(scene.change, ChangeKind.RESOLVED, To.TOLD)
    return scene.ruling(Reason.OVER, closes=True, replaces=OPENING | CHANGING, notices=(notice,))


def _unstable(scene: Scene) -> Ruling:
    if scene.found is not None and scene.found.unstable:
        return scene.ruling(Reason.ALREADY_TOLD)
    opens = scene.found is None
    if scene.parents_down:
        return scene.ruling(Reason.PARENT_DOWN, opens=opens, inhibited=True, unstable=True)
    notice = notice_of(scene.change, ChangeKind.UNSTABLE, To.FOLLOWERS)
    return scene.ruling(
        Reason.FLAPPING,
        opens=opens,
        unstable=True,
        inhibited=False,
        replaces=OPENING | CHANGING | CLOSING,
        notices=(notice,),
    )


def _steady(scene: Scene) -> Ruling:
    if scene.found is None or not scene.found.unstable:
        return scene.ruling(Reason.NOTHING_OPEN)
    return scene.ruling(
        Reason.STEADY_AGAIN,
        closes=not scene.change.current.is_outage,
        unstable=False,
        replaces=OPENING | CHANGING,
        notices=(notice_of(scene.change, ChangeKind.STEADY, To.TOLD),),
    )


def _emergency_on(scene: Scene) -> Ruling:
    if scene.found is not None:
        return scene.ruling(Reason.ALREADY_TOLD)
    notice = notice_of(scene.change, ChangeKind.EMERGENCY_ON, To.FOLLOWERS)
    return scene.ruling(Reason.NEW, opens=True, notices=(notice,))


def _emergency_off(scene: Scene) -> Ruling:
    if scene.found is None:
        return scene.ruling(Reason.NOTHING_OPEN)
    notice = notice_of(scene.change, ChangeKind.EMERGENCY_OFF, To.TOLD)
    return scene.ruling(Reason.OVER, closes=True, replaces=OPENING, notices=(notice,))


def _reminder(scene: Scene) -> Ruling:
    return scene.ruling(Reason.REMINDERS_OFF)


RULES: dict[ChangeKind, Callable[[Scene], Ruling]] = {
    ChangeKind.ONSET: _onset,
    ChangeKind.WORSENED: _worsened,
    ChangeKind.UPDATE: _update,
    ChangeKind.RESOLVED: _resolved,
    ChangeKind.UNSTABLE: _unstable,
    ChangeKind.STEADY: _steady,
    ChangeKind.PLANNED: planned,
    ChangeKind.REPLANNED: planned,
    ChangeKind.CALLED_OFF: called_off,
    ChangeKind.EMERGENCY_ON: _emergency_on,
    ChangeKind.EMERGENCY_OFF: _emergency_off,
    ChangeKind.REMINDER: _reminder,
}
