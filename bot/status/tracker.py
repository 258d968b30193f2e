"""What is read -> what is told: thresholds, flapping, restarts, dependencies. Pure: no clock.

Only `Confirmed` and `Planned` outlive the process: the store keeps them in the transaction of the
change.
On an empty store the first reads are the baseline, and nothing is told of them. After a restart
what changed meanwhile is told once, after the same thresholds; what did not is not repeated.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.status.flapping import Flapping
from bot.status.heard import Heard, Place
from bot.status.hysteresis import Decision, Seen, Thresholds, Track
from bot.status.kept import Planned
from bot.status.model import Change, ChangeKind, Confirmed, Emergency, Incident, Phase, State
from bot.status.narration import derived_state, incident_key, kind_of, succeed, switched
from bot.status.observations import Observation
from bot.status.outcome import Outcome
from bot.status.planned_work import WorkCalendar
from bot.status.readers.words import CLOSED_PHASES
from bot.status.topology import Topology

_ENDINGS = frozenset({ChangeKind.RESOLVED, ChangeKind.UNSTABLE})
_SWITCH = {True: State.MAJOR_OUTAGE, False: State.OPERATIONAL}
"""The emergency switch as a state, so that the same thresholds hold for it."""


@dataclass
class Tracker:
    """Memory between reads. `confirmed`: what the store kept, then what is believed now.

    `planned`: the announced work that the store kept.
    """

    topology: Topology
    thresholds: Thresholds = field(default_factory=Thresholds)
    confirmed: dict[str, Confirmed] = field(default_factory=dict)
    planned: tuple[Planned, ...] = ()

    def __post_init__(self) -> None:
        self.kept = frozenset(self.confirmed)
        self.heard = Heard(self.topology)
        self.tracks = self.heard.tracks
        self.switches: dict[Place, Track] = {}
        self.incidents: dict[Place, Incident] = {}
        self.latest: dict[str, tuple[Phase | None, datetime | None]] = {}
        self.flapping = Flapping()
        self.calendar = WorkCalendar(self.topology, self.kept)
        self.calendar.remember(self.planned)
        for each in self.confirmed.values():
            if self._goes_on(each):
                self.tracks[each.service, each.source] = Track.of(each)

    def _goes_on(self, kept: Confirmed) -> bool:
        """Whether the source that a kept state came from is still read for that service.

        Not for a service made of parts: its state may have come from them.
        """
        service = self.topology.services.get(kept.service)
        if service is None or service.derived_from or kept.state is State.UNKNOWN:
            return False
        return kept.source in self.topology.sources

    def observe(
        self,
        source: str,
        observations: Iterable[Observation],
        maintenances: Iterable[Incident],
        at: datetime,
    ) -> Outcome:
        """Takes one good read of one source; `maintenances` bear our service ids."""
        before = dict(self.confirmed)
        self.heard.hear(source, before, at)
        by_service = {each.service: each for each in observations}
        changes: list[Change] = []
        decisions: set[Decision] = set()
        for service in self.topology.services:
            if service in by_service:
                decision = self._take(by_service[service])
                decisions.add(decision)
                changes.extend(self._settle(by_service[service], decision))
        changes.extend(self._derive(at))
        changes.extend(self.calendar.announce(source, maintenances, self.confirmed, at))
        new = tuple(each for name, each in self.confirmed.items() if each != before.get(name))
        return Outcome(tuple(changes), new, Decision.WAITING_FOR_CONFIRMATION in decisions)

    def _take(self, seen: Observation) -> Decision:
        """Steps the track that this read speaks to."""
        place = (seen.service, seen.source)
        if seen.switch is not None:
            track = self.switches.get(place) or self._first_switch(seen)
            step = Seen(_SWITCH[seen.switch.active], seen.at, published=True)
            self.switches[place], decision = track.step(step, self.thresholds)
            return decision
        track = self.tracks.get(place) or self._first(seen)
        begins = seen.state.is_outage and not (track.state and track.state.is_outage)
        self.tracks[place], decision = track.step(self._seen(seen), self.thresholds)
        told_by = self.heard.by_incidents
        (told_by.discard if seen.by_component else told_by.add)(place)
        if seen.incident is not None:
            self.incidents[place] = seen.incident
        elif begins:  # an outage that nobody has written of is not the last one's
            self.incidents.pop(place, None)
        return decision

    def _seen(self, seen: Observation) -> Seen:
        key = self._open_key(seen)
        over = any(incident_key(seen.source, closed) == key for closed in seen.closed)
        open_here = seen.incident is not None and seen.state.is_outage
        told_here = key is not None and key.startswith(f"{seen.source}:")
        unlisted = told_here and not seen.by_component and seen.incident is None
        return Seen(seen.state, seen.at, open_here or over, unlisted)

    def _open_key(self, seen: Observation) -> str | None:
        confirmed = self.confirmed.get(seen.service)
        return confirmed.key if confirmed else None

    def _first(self, seen: Observation) -> Track:
        """The track of a source that is read for the first time since the start.

        For a service that the store knows, trouble worse than what is believed is news.
        """
        kept = self.confirmed.get(seen.service)
        if kept is None or seen.service not in self.kept:
            return Track()
        if kept.state is State.UNKNOWN:
            untroubled = kept.source == seen.source and not seen.by_component
            return Track(State.OPERATIONAL, kept.since) if untroubled else Track()
        if kept.source == seen.source or kept.source not in self.topology.sources:
            return Track.of(kept)
        worse = seen.state.is_outage and seen.state.severity > kept.state.severity
        return Track(State.OPERATIONAL) if worse else Track()

    def _first_switch(self, seen: Observation) -> Track:
        if seen.service not in self.kept:
            return Track()
        return Track(_SWITCH[self.confirmed[seen.service].emergency is not None])

    def _settle(self, seen: Observation, decision: Decision) -> Iterator[Change]:
        silent = decision is Decision.BASELINE
        if seen.switch is not None:
            yield from self._settle_switch(seen, seen.switch.route, silent=silent)
            return
        leading = self.heard.leading(seen.service, seen.at)
        if leading is None:
            return
        source, track = leading
        incident = self.incidents.get((seen.service, source))
        state, since = track.state or State.UNKNOWN, track.since or seen.at
        now = Confirmed(seen.service, state, since, source, witnessed=track.witnessed)
        told = seen.closed.get(incident.id, incident) if incident else None
        yield from self._tell(now, told, seen.at, silent=silent)

    def _tell(
        self, now: Confirmed, incident: Incident | None, at: datetime, *, silent: bool = False
    ) -> Iterator[Change]:
        """Keeps the new state, and tells of it what flapping lets through."""
        before = self.confirmed.get(now.service)
        after = succeed(before, now, incident)
        moved_on = self._moved_on(after, incident)
        if before is None or silent:
            self._keep(self._proven(after))
            return
        kind, unstable = self.flapping.admit(kind_of(before, after, moved_on=moved_on), before, at)
        after = self._proven(replace(after, unstable=unstable))
        self._keep(after)
        if kind is not None:
            yield self._change(kind, before, after, incident, at)

    def _proven(self, after: Confirmed) -> Confirmed:
        """Without trouble, but by incidents alone: that is unknown, not fine."""
        untold = self.heard.is_untold(after.service, after.source)
        fine = after.state is State.OPERATIONAL
        return replace(after, state=State.UNKNOWN) if fine and untold else after

    def _moved_on(self, after: Confirmed, incident: Incident | None) -> bool:
        """Whether the incident that is told of has another phase or end than when last read."""
        if incident is None or incident_key(after.source, incident.id) != after.key:
            return False
        now = (incident.phase, incident.ends_at)
        last = self.latest.get(after.key, now)
        self.latest[after.key] = now
        return last != now and incident.phase not in CLOSED_PHASES

    def _change(
        self,
        kind: ChangeKind,
        before: Confirmed,
        after: Confirmed,
        incident: Incident | None,
        at: datetime,
    ) -> Change:
        told = before if kind in _ENDINGS else after
        return Change(
            kind=kind,
            service=after.service,
            previous=before.state,
            current=after.state,
            at=at,
            since=told.since,
            source=told.source,
            key=told.key or before.key or f"{after.service}:{after.since:%Y-%m-%dT%H:%MZ}",
            incident=incident,
            affected_by=self.parents_down(after.service),
            emergency=after.emergency,
        )

    def _settle_switch(
        self, seen: Observation, route: str | None, *, silent: bool
    ) -> Iterator[Change]:
        track = self.switches[seen.service, seen.source]
        before = self.confirmed.get(seen.service)
        if before is None:
            before = Confirmed(seen.service, State.UNKNOWN, seen.at, seen.source)
            self._keep(before)
        on = track.state is State.MAJOR_OUTAGE
        if on == (before.emergency is not None):
            return
        since = min(seen.issued_at or seen.at, track.since or seen.at)
        after = replace(before, emergency=Emergency(since, route) if on else None)
        self._keep(after)
        if not silent:
            yield switched(before, after, seen.source, seen.at, self.parents_down(seen.service))

    def _derive(self, at: datetime) -> Iterator[Change]:
        """Services made of parts that no source of their own tells of."""
        for service, entry in self.topology.services.items():
            if not entry.derived_from or self.heard.leading(service, at):
                continue
            parts = [self.confirmed.get(part) for part in entry.derived_from]
            known = [part for part in parts if part is not None]
            state = derived_state(tuple(part.state if part else State.UNKNOWN for part in parts))
            if known and state is not State.UNKNOWN:
                lead = max(known, key=lambda part: part.state.severity)
                since = lead.since if state.is_outage else at
                yield from self._tell(Confirmed(service, state, since, lead.source), None, at)

    def _keep(self, confirmed: Confirmed) -> None:
        self.confirmed[confirmed.service] = confirmed

    def parents_down(self, service: str) -> tuple[str, ...]:
        """Services that this one rests on and that are believed down."""
        parents = self.topology.parents[service]
        known = (self.confirmed[parent] for parent in parents if parent in self.confirmed)
        return tuple(each.service for each in known if each.state.is_down)
