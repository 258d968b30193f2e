"""The field's own terms for states, incidents and what a source was read to say.

States are Statuspage's words (https://support.atlassian.com/statuspage/docs/what-is-a-component/).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.status.switch import EmergencySwitch
from bot.status.unreadable import UnreadableReason


class State(StrEnum):
    """State of a component or a service. `unknown` is our own word: never shown as fine."""

    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"
    UNKNOWN = "unknown"

    @property
    def severity(self) -> int:
        """0 (fine) to 4 (worst); unknown stands beside maintenance: neither fine nor broken."""
        return _SEVERITY[self]

    @property
    def is_outage(self) -> bool:
        """Whether users are hit: what a subscriber is told of."""
        return self in _OUTAGES

    @property
    def is_down(self) -> bool:
        """Whether what rests on it fails too; what is merely slow does not do that."""
        return self in _DOWN


_SEVERITY = {
    State.OPERATIONAL: 0,
    State.MAINTENANCE: 1,
    State.UNKNOWN: 1,
    State.DEGRADED: 2,
    State.PARTIAL_OUTAGE: 3,
    State.MAJOR_OUTAGE: 4,
}
_DOWN = frozenset({State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE})
_OUTAGES = _DOWN | {State.DEGRADED}


class Phase(StrEnum):
    """Where an incident or a maintenance stands."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"

    @property
    def is_open(self) -> bool:
        """Whether it still counts now (a scheduled one does not yet)."""
        return self in _OPEN


_OPEN = frozenset({Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING, Phase.IN_PROGRESS})


@dataclass(frozen=True)
class Component:
    """One row of a status page, as read.

    `names`: every name that the page gives it, in all its languages, the first one shown.
    `word`: the source's own state word, kept for `python -m bot sources`.
    `updated_at`: when the source says that it last looked. `response_seconds`: where it gives one.
    """

    id: str
    names: tuple[str, ...]
    state: State
    group: str | None = None
    word: str | None = None
    updated_at: datetime | None = None
    response_seconds: float | None = None


@dataclass(frozen=True)
class Incident:
    """An incident or a maintenance, in the source's own words.

    `services`: the source's component names or ids; `sightings` maps them to ours.
    `phase` None: the text does not say. `starts_at`/`ends_at`: a maintenance's window.
    """

    id: str
    source: str
    title: str
    phase: Phase | None
    services: tuple[str, ...] = ()
    impact: State = State.UNKNOWN
    started_at: datetime | None = None
    resolved_at: datetime | None = None
    updated_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    updates: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True)
class Reading:
    """What one good read of one source said. A reader returns this or raises `UnreadableError`.

    `remarks`: what was met and not understood (unknown words, rows left out), for the operator.
    """

    source: str
    read_at: datetime
    components: tuple[Component, ...] = ()
    incidents: tuple[Incident, ...] = ()
    maintenances: tuple[Incident, ...] = ()
    emergency: tuple[EmergencySwitch, ...] = ()
    issued_at: datetime | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Emergency:
    """The emergency procedure of a service is on: since when, by which route (host)."""

    since: datetime
    route: str | None


@dataclass(frozen=True)
class SourceSays:
    """What one source says of one service: for "the worst counts, and who says which"."""

    source: str
    state: State
    checked_at: datetime | None
    stale: bool = False


@dataclass(frozen=True)
class ServiceStatus:
    """What we know of one service now: a line of /status.

    `state` never is operational unless a fresh source said so. `checked_at`: last good read.
    `stale`: over three intervals old, under fifteen minutes (then `unknown`). `since_at_least`: it
    was so when we first read it. `affected_by`: ids of services it rests on that are down now;
    `not_for`: of insurers resting on it that are down while it works. `page`: for a person to see.
    """

    service: str
    state: State
    since: datetime | None = None
    source: str | None = None
    checked_at: datetime | None = None
    stale: bool = False
    affected_by: tuple[str, ...] = ()
    emergency: Emergency | None = None
    reason: UnreadableReason | None = None  # why it is unknown
    page: str | None = None
    says: tuple[SourceSays, ...] = ()
    response_seconds: float | None = None
    unstable: bool = False
    source_stale_since: datetime | None = None
    since_at_least: bool = False
    not_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Board:
    """All services at one moment, with open incidents and what is planned (next seven days).

    Incidents bear OUR service ids. `blind`: all sources failed at once, likely by our own network.
    """

    at: datetime
    services: Mapping[str, ServiceStatus] = field(default_factory=lambda: MappingProxyType({}))
    incidents: tuple[Incident, ...] = ()
    planned: tuple[Incident, ...] = ()
    blind: bool = False


class ChangeKind(StrEnum):
    """What happened to a service, in the words that the store keeps of it."""

    ONSET = "onset"
    WORSENED = "worsened"
    UPDATE = "update"
    RESOLVED = "resolved"
    UNSTABLE = "unstable"
    STEADY = "steady"
    PLANNED = "planned"
    REPLANNED = "replanned"
    CALLED_OFF = "called_off"
    REMINDER = "reminder"
    EMERGENCY_ON = "emergency_on"
    EMERGENCY_OFF = "emergency_off"


@dataclass(frozen=True)
class Change:
    """One confirmed change of one service: what `tracker` gives and `alerts.fanout` records.

    `key`: of the incident (source + upstream id, or service + day), never its prose.
    `since`: when the source says it began; `at`: when we confirmed it. `affected_by`: parents down.
    """

    kind: ChangeKind
    service: str
    previous: State
    current: State
    at: datetime
    since: datetime
    source: str
    key: str
    incident: Incident | None = None
    affected_by: tuple[str, ...] = ()
    emergency: Emergency | None = None


@dataclass(frozen=True)
class Confirmed:
    """A service's last confirmed state, kept in the store so that a restart repeats nothing.

    `witnessed` (not kept): we saw it begin or its source says when; else `since` is our first read.
    """

    service: str
    state: State
    since: datetime
    source: str
    key: str | None = None
    unstable: bool = False
    emergency: Emergency | None = None
    witnessed: bool = False
