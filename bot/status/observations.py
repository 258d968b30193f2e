"""Sightings -> what the tracker is told of each service by one read of one source. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.knowledge.model import FEED, ROUTES
from bot.status.judgement import judge
from bot.status.model import Incident, State
from bot.status.readers.words import CLOSED_PHASES
from bot.status.sightings import Sighting, Sightings
from bot.status.switch import EmergencySwitch


@dataclass(frozen=True)
class Observation:
    """What one read of one source says of one service.

    `incident`: the open one that hits it most. `closed`: those that the source lists as over, by
    id. `by_component`: told by a component, not by incidents alone. `switch` None: the source
    tells no emergency routes; `issued_at`: when its list of routes was issued.
    """

    service: str
    source: str
    at: datetime
    state: State
    by_component: bool = True
    incident: Incident | None = None
    closed: Mapping[str, Incident] = field(default_factory=dict)
    switch: EmergencySwitch | None = None
    issued_at: datetime | None = None


def observe(
    sightings: Sightings, form: str, at: datetime, issued_at: datetime | None = None
) -> tuple[Observation, ...]:
    """Those of one good read; `form`: the format of its source."""
    return tuple(
        _observation(sighting, form, at, issued_at)
        for sighting in sightings.by_service.values()
        if form != ROUTES or sighting.emergency is not None
    )


def _observation(
    sighting: Sighting, form: str, at: datetime, issued_at: datetime | None
) -> Observation:
    judged = judge(sighting, at, feed=form == FEED)
    return Observation(
        service=sighting.service,
        source=sighting.source,
        at=at,
        state=_tracked(sighting, judged.state, form),
        by_component=sighting.tells_state,
        incident=judged.incident,
        closed={i.id: i for i in sighting.incidents if i.phase in CLOSED_PHASES},
        switch=sighting.emergency,
        issued_at=issued_at,
    )


def _tracked(sighting: Sighting, state: State, form: str) -> State:
    """A source of incidents alone that lists no open one tells of no trouble.

    That is for the tracker, which asks whether what was told is over; it is green for nobody.
    """
    silent = state is State.UNKNOWN and not sighting.tells_state and form != ROUTES
    return State.OPERATIONAL if silent else state
