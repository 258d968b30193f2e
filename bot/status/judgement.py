"""What a sighting means at a given moment: components, incidents and windows in one state. Pure."""

from dataclasses import dataclass
from datetime import datetime

from bot.status.events import forgotten, in_window, is_open, is_overdue
from bot.status.model import Incident, Phase, State
from bot.status.sightings import Sighting

_SEARCHING = frozenset({Phase.INVESTIGATING, Phase.IDENTIFIED})


@dataclass(frozen=True)
class Judgement:
    """`incident`: the open one that hits most, if any."""

    state: State
    incident: Incident | None = None


_BARE = {state: Judgement(state) for state in State}


def judge(sighting: Sighting, now: datetime, *, feed: bool = False) -> Judgement:
    """The state that a source gives a service now.

    A component's own word counts; an incident that is still searched for makes a fine one
    degraded; where there is no component, the open incident alone tells. During its announced
    window trouble is maintenance; fifteen minutes past it, or in work that was announced without
    effect, it is trouble.
    """
    if not sighting.incidents and not sighting.maintenances:
        return _BARE[sighting.state]
    incident = _worst_open(sighting, now, feed=feed)
    state = _with_incident(sighting, incident)
    return Judgement(_with_windows(state, sighting, now), incident)


def _worst_open(sighting: Sighting, now: datetime, *, feed: bool) -> Incident | None:
    found = [
        incident
        for incident in sighting.incidents
        if is_open(incident, now) and not (feed and forgotten(incident, now))
    ]
    return max(found, key=lambda incident: trouble(incident).severity, default=None)


def trouble(incident: Incident) -> State:
    """How bad an open incident is: its impact, or degraded where the source does not say."""
    if incident.impact is State.OPERATIONAL or incident.impact.is_outage:
        return incident.impact
    return State.DEGRADED


def _with_incident(sighting: Sighting, incident: Incident | None) -> State:
    if incident is None:
        return sighting.state
    if not sighting.tells_state:
        worst = trouble(incident)
        return worst if worst.is_outage else sighting.state
    searching = incident.phase in _SEARCHING and trouble(incident).is_outage
    if sighting.state is State.OPERATIONAL and searching:
        return State.DEGRADED
    return sighting.state


def _with_windows(state: State, sighting: Sighting, now: datetime) -> State:
    if not sighting.maintenances:
        return state
    felt = [m for m in sighting.maintenances if m.impact is not State.OPERATIONAL]
    running = any(in_window(maintenance, now) for maintenance in felt)
    shown = state is State.MAINTENANCE
    overdue = next(
        (m for m in sighting.maintenances if is_overdue(m, now, still_shown=shown)), None
    )
    hit = state.is_outage or shown
    if overdue and not running:
        silent = not sighting.tells_state or shown
        return trouble(overdue) if silent else state
    if running and (hit or _announces_hit(sighting, now)):
        return State.MAINTENANCE
    return state


def _announces_hit(sighting: Sighting, now: datetime) -> bool:
    """Whether a source that shows no component announces work that is felt."""
    return not sighting.tells_state and any(
        in_window(maintenance, now)
        and maintenance.impact is not State.OPERATIONAL
        and maintenance.phase is not Phase.COMPLETED
        for maintenance in sighting.maintenances
    )
