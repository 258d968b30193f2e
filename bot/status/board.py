"""What is shown of each service now, and why. Pure: readings, beliefs and the clock are handed in.

A reading is fresh for three intervals of its source; then it is shown as last confirmed; after
fifteen minutes it is unknown. The worst fresh source counts; `says` keeps who says which. What was
read once is shown at once, also before the tracker believes it; fine needs a fresh fine reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

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
)
from bot.status.resting import depend, derive
from bot.status.sightings import Sighting
from bot.status.source_view import SourceView
from bot.status.topology import Topology
from bot.status.unreadable import UnreadableReason


class _Voice:
    """A source that may still be heard, with what is the same for all its services."""

    __slots__ = ("checked_at", "feed", "fresh", "phrases", "routes", "view")

    def __init__(self, view: SourceView, now: datetime) -> None:
        self.view = view
        self.checked_at = view.checked_at
        self.fresh = view.is_fresh(now)
        self.routes = view.source.tells_routes
        self.feed = view.source.is_feed
        self.phrases: dict[State, SourceSays] = {}

    def says(self, state: State) -> SourceSays:
        """The same few sentences for all services."""
        phrase = self.phrases.get(state)
        if phrase is None:
            name, stale = self.view.source.id, not self.fresh
            phrase = self.phrases[state] = SourceSays(name, state, self.checked_at, stale)
        return phrase


class _Saying(NamedTuple):
    """One source on one service, judged now."""

    voice: _Voice
    sighting: Sighting
    judged: Judgement


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
    usable = [view for view in views if view.is_usable(now)]
    sayings = _heard(usable, now)
    statuses: dict[str, ServiceStatus] = {}
    for service in topology.services:
        heard, believed = sayings.get(service, ()), confirmed.get(service)
        status = _shown(service, heard, believed, topology) if heard else None
        status = status or _unheard(service, views, topology)
        statuses[service] = _on_detour(status, heard, believed)
    derive(statuses, topology)
    depend(statuses, topology)
    return Board(
        at=now,
        services=MappingProxyType(statuses),
        incidents=_open_incidents(usable, now),
        planned=_planned(usable, now),
        blind=blind,
    )


def _heard(views: Iterable[SourceView], now: datetime) -> Mapping[str, list[_Saying]]:
    """What each source says of each service."""
    found: dict[str, list[_Saying]] = {}
    for view in views:
        voice = _Voice(view, now)
        for service, sighting in view.sightings.by_service.items():
            judged = judge(sighting, now, feed=voice.feed)
            found.setdefault(service, []).append(_Saying(voice, sighting, judged))
    return found


def _unheard(service: str, views: Iterable[SourceView], topology: Topology) -> ServiceStatus:
    sources = topology.sources_of.get(service, ())
    own = [view for view in views if view.source.id in sources]
    return ServiceStatus(
        service, State.UNKNOWN, reason=_silence(own), page=topology.pages.get(service)
    )


def _silence(views: Sequence[SourceView]) -> UnreadableReason:
    """Why no source says anything of a service."""
    telling = [view for view in views if not view.source.tells_routes]
    if not telling:
        return UnreadableReason.NO_MACHINE_SOURCE
    failures = [view.failure for view in telling if view.failure]
    if failures:
        return failures[0]
    read = any(view.checked_at for view in telling)
    return UnreadableReason.NO_MACHINE_SOURCE if read else UnreadableReason.NOT_YET_READ


def _shown(
    service: str, heard: Sequence[_Saying], believed: Confirmed | None, topology: Topology
) -> ServiceStatus | None:
    """By the source that leads; None where only routes are told of."""
    states = [saying for saying in heard if not saying.voice.routes]
    if not states:
        return None
    lead = states[0] if len(states) == 1 else max(states, key=_rank)
    voice, sighting, judged = lead
    state = judged.state
    since, exact = _since(judged, believed)
    return ServiceStatus(
        service=service,
        state=state,
        since=since,
        since_at_least=since is not None and not exact,
        source=voice.view.source.id,
        checked_at=voice.checked_at,
        stale=not voice.fresh,
        reason=_reason(sighting) if state is State.UNKNOWN else None,
        page=voice.view.source.page or topology.pages.get(service),
        says=tuple([each.voice.says(each.judged.state) for each in states]),
        response_seconds=sighting.response_seconds,
        unstable=believed is not None and believed.unstable,
        source_stale_since=sighting.source_stale_since,
    )


def _rank(saying: _Saying) -> tuple[bool, bool, bool, int]:
    """Who tells a state before who tells incidents and has none; fresh before old; worst first."""
    known = saying.judged.state is not State.UNKNOWN
    speaks = known or saying.sighting.tells_state
    return speaks, saying.voice.fresh, known, saying.judged.state.severity


def _on_detour(
    status: ServiceStatus, heard: Sequence[_Saying], believed: Confirmed | None
) -> ServiceStatus:
    """On its emergency route a service is degraded, unless its own source says worse."""
    emergency = _emergency(heard, believed)
    if emergency is None:
        return status
    state = status.state if status.state.is_outage else State.DEGRADED
    return replace(status, state=state, emergency=emergency, reason=None)


def _reason(sighting: Sighting) -> UnreadableReason:
    """Why a source that was read leaves a service unknown."""
    told = sighting.tells_state
    return UnreadableReason.CONTRACT if told else UnreadableReason.NO_MACHINE_SOURCE


def _since(judged: Judgement, believed: Confirmed | None) -> tuple[datetime | None, bool]:
    """When the state began, and whether that is known: seen by us, or told by the source.

    What was fine when we first read it has no beginning: ours would read as if it came back then.
    """
    outage = judged.state.is_outage
    told = judged.incident.started_at if judged.incident is not None and outage else None
    if believed is None or believed.state is not judged.state:
        return told, True
    if believed.witnessed or (told is not None and told <= believed.since):
        return believed.since, True
    return (believed.since if outage else None), False


def _emergency(heard: Iterable[_Saying], believed: Confirmed | None) -> Emergency | None:
    """The declared detour; its beginning is the one that was told, else the list's own date."""
    for voice, sighting, _ in heard:
        switch = sighting.emergency
        if switch is not None and switch.active:
            if believed is not None and believed.emergency is not None:
                return replace(believed.emergency, route=switch.route)
            since = voice.view.issued_at or voice.checked_at
            return Emergency(since, switch.route) if since else None
    return None


def _open_incidents(views: Iterable[SourceView], now: datetime) -> tuple[Incident, ...]:
    found = [
        incident
        for view in views
        for incident in view.sightings.incidents
        if is_open(incident, now) and not _is_left_open(view, incident, now)
    ]
    return tuple(sorted(found, key=_started, reverse=True))


def _is_left_open(view: SourceView, incident: Incident, now: datetime) -> bool:
    return view.source.is_feed and forgotten(incident, now)


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
