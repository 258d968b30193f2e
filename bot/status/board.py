"""What is shown of each service now, and why. Pure: readings, beliefs and the clock are handed in.

A reading is fresh for three intervals of its source; then it is shown as last confirmed; after
fifteen minutes it is unknown. The worst fresh source counts; `says` keeps who says which. What was
read once is shown at once, also before the tracker believes it; fine needs a fresh fine reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.knowledge.model import Source
from bot.status.events import forgotten, in_window, is_ahead, is_open
from bot.status.judgement import Judgement, judge
from bot.status.model import (
    Board,
    Confirmed,
    Emergency,
    Incident,
    Phase,
    ServiceStatus,
    SourceSays,
    State,
    UnreadableReason,
)
from bot.status.narration import derived_state
from bot.status.observations import ROUTES
from bot.status.sightings import Sighting, Sightings
from bot.status.topology import Topology

FRESH_INTERVALS = 3
UNKNOWN_AFTER = timedelta(minutes=15)
_DOWN = frozenset({State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE})


@dataclass(frozen=True)
class SourceView:
    """What is known of one source: its last good read (304 counts), and what failed since."""

    source: Source
    sightings: Sightings = field(default_factory=Sightings)
    checked_at: datetime | None = None
    issued_at: datetime | None = None
    failure: UnreadableReason | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Whether the last good read is younger than three intervals."""
        return self.checked_at is not None and now - self.checked_at <= self.fresh_for

    @property
    def fresh_for(self) -> timedelta:
        """Three intervals."""
        return timedelta(seconds=FRESH_INTERVALS * self.source.every)

    def is_usable(self, now: datetime) -> bool:
        """Whether it may still be shown as last confirmed."""
        limit = max(UNKNOWN_AFTER, self.fresh_for)
        return self.checked_at is not None and now - self.checked_at <= limit


@dataclass(frozen=True)
class _Saying:
    """One source on one service, judged now."""

    view: SourceView
    sighting: Sighting
    judged: Judgement
    fresh: bool

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Fresh before old, a state before none, the worst first."""
        known = self.judged.state is not State.UNKNOWN
        return self.fresh, known, self.judged.state.severity


def build(
    topology: Topology,
    views: Sequence[SourceView],
    confirmed: Mapping[str, Confirmed],
    now: datetime,
    *,
    blind: bool = False,
) -> Board:
    """The board of all services of the knowledge base.

    `blind`: all sources failed at once, so that nothing is concluded from their silence.
    """
    by_source = {view.source.id: view for view in views}
    statuses: dict[str, ServiceStatus] = {}
    for service in topology.services:
        own = [by_source[s] for s in topology.sources_of.get(service, ()) if s in by_source]
        statuses[service] = _status(service, own, confirmed.get(service), topology, now)
    _derive(statuses, topology)
    _depend(statuses, topology)
    usable = [view for view in views if view.is_usable(now)]
    return Board(
        at=now,
        services=MappingProxyType(statuses),
        incidents=_open_incidents(usable, now),
        planned=_planned(usable, now),
        blind=blind,
    )


def _status(
    service: str,
    views: Sequence[SourceView],
    believed: Confirmed | None,
    topology: Topology,
    now: datetime,
) -> ServiceStatus:
    page = topology.pages.get(service)
    sayings = [saying for view in views if (saying := _saying(service, view, now))]
    emergency = _emergency(sayings, believed)
    states = [saying for saying in sayings if saying.view.source.format != ROUTES]
    if not states:
        reason = _silence(views)
        status = ServiceStatus(service, State.UNKNOWN, reason=reason, page=page)
    else:
        status = _shown(service, states, believed, page)
    if emergency is None:
        return status
    state = status.state if status.state.is_outage else State.DEGRADED
    return replace(status, state=state, emergency=emergency, reason=None)


def _saying(service: str, view: SourceView, now: datetime) -> _Saying | None:
    sighting = view.sightings.by_service.get(service)
    if sighting is None or not view.is_usable(now):
        return None
    judged = judge(sighting, now, feed=view.source.format == "feed")
    return _Saying(view, sighting, judged, view.is_fresh(now))


def _silence(views: Sequence[SourceView]) -> UnreadableReason:
    """Why no source says anything of a service."""
    telling = [view for view in views if view.source.format != ROUTES]
    if not telling:
        return UnreadableReason.NO_MACHINE_SOURCE
    failures = [view.failure for view in telling if view.failure]
    if failures:
        return failures[0]
    read = any(view.checked_at for view in telling)
    return UnreadableReason.NO_MACHINE_SOURCE if read else UnreadableReason.NOT_YET_READ


def _shown(
    service: str, sayings: Sequence[_Saying], believed: Confirmed | None, page: str | None
) -> ServiceStatus:
    lead = max(sayings, key=lambda saying: saying.rank)
    state, sighting = lead.judged.state, lead.sighting
    return ServiceStatus(
        service=service,
        state=state,
        since=_since(lead, believed),
        source=lead.view.source.id,
        checked_at=lead.view.checked_at,
        stale=not lead.fresh,
        reason=_reason(lead) if state is State.UNKNOWN else None,
        page=lead.view.source.page or page,
        says=tuple(_says(saying) for saying in sayings),
        response_seconds=sighting.response_seconds,
        unstable=bool(believed and believed.unstable),
        source_stale_since=sighting.source_stale_since,
    )


def _reason(saying: _Saying) -> UnreadableReason:
    """Why a source that was read leaves a service unknown."""
    told = saying.sighting.tells_state
    return UnreadableReason.CONTRACT if told else UnreadableReason.NO_MACHINE_SOURCE


def _says(saying: _Saying) -> SourceSays:
    return SourceSays(
        saying.view.source.id,
        saying.judged.state,
        saying.view.checked_at,
        stale=not saying.fresh,
    )


def _since(saying: _Saying, believed: Confirmed | None) -> datetime | None:
    if believed is not None and believed.state is saying.judged.state:
        return believed.since
    incident = saying.judged.incident
    if incident is not None and saying.judged.state.is_outage:
        return incident.started_at
    return None


def _emergency(sayings: Iterable[_Saying], believed: Confirmed | None) -> Emergency | None:
    """The declared detour; its beginning is the one that was told, else the list's own date."""
    for saying in sayings:
        switch = saying.sighting.emergency
        if switch is not None and switch.active:
            if believed is not None and believed.emergency is not None:
                return replace(believed.emergency, route=switch.route)
            since = saying.view.issued_at or saying.view.checked_at
            return Emergency(since, switch.route) if since else None
    return None


def _derive(statuses: dict[str, ServiceStatus], topology: Topology) -> None:
    """Services made of parts that no source tells of: their state is that of the parts."""
    for service, entry in topology.services.items():
        if not entry.derived_from or statuses[service].state is not State.UNKNOWN:
            continue
        unknown = ServiceStatus("", State.UNKNOWN)
        parts = [statuses.get(part, unknown) for part in entry.derived_from]
        state = derived_state(tuple(part.state for part in parts))
        lead = max(parts, key=lambda part: (part.state is not State.UNKNOWN, part.state.severity))
        statuses[service] = replace(
            statuses[service],
            state=state,
            since=lead.since if state.is_outage else None,
            source=lead.source,
            checked_at=min((p.checked_at for p in parts if p.checked_at), default=None),
            stale=any(part.stale for part in parts),
            reason=_first_reason(parts) if state is State.UNKNOWN else None,
        )


def _first_reason(parts: Iterable[ServiceStatus]) -> UnreadableReason:
    reasons = (part.reason for part in parts if part.reason)
    return next(reasons, UnreadableReason.NO_MACHINE_SOURCE)


def _depend(statuses: dict[str, ServiceStatus], topology: Topology) -> None:
    """Says which services below are down; the state stays what the service's own source says."""
    down = {service for service, status in statuses.items() if status.state in _DOWN}
    if not down:
        return
    for service, status in statuses.items():
        affected = tuple(parent for parent in topology.parents[service] if parent in down)
        if affected:
            statuses[service] = replace(status, affected_by=affected)


def _open_incidents(views: Iterable[SourceView], now: datetime) -> tuple[Incident, ...]:
    found = [
        incident
        for view in views
        for incident in view.sightings.incidents
        if is_open(incident, now) and not _is_left_open(view, incident, now)
    ]
    return tuple(sorted(found, key=_started, reverse=True))


def _is_left_open(view: SourceView, incident: Incident, now: datetime) -> bool:
    return view.source.format == "feed" and forgotten(incident, now)


def _planned(views: Iterable[SourceView], now: datetime) -> tuple[Incident, ...]:
    """Work of the next seven days, and what runs now."""
    found = [
        maintenance
        for view in views
        for maintenance in view.sightings.maintenances
        if maintenance.phase is not Phase.COMPLETED
        and (is_ahead(maintenance, now) or in_window(maintenance, now))
    ]
    return tuple(sorted(found, key=lambda each: each.starts_at or now))


def _started(incident: Incident) -> float:
    moment = incident.started_at or incident.updated_at
    return moment.timestamp() if moment else 0.0
