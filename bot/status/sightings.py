"""A reading -> what that source says of each of our services. Pure.

A component that the source used to show and shows no more is unknown, never fine. Response times:
under 3 s normal, to 10 s slow, beyond unavailable ("within a few seconds" is what MyCareNet owes:
https://www.artsenkrant.com/actueel/spelregels-voor-gebruik-mycarenet-vastgelegd/article-normal-10805.html).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.status.events import superseded
from bot.status.model import Component, Incident, Reading, State
from bot.status.readers.text import fold
from bot.status.readers.words import worse, worst
from bot.status.switch import EmergencySwitch
from bot.status.topology import ANY, Topology

SLOW_SECONDS = 3.0
UNAVAILABLE_SECONDS = 10.0
LOOK_NORM = timedelta(hours=1)
"""Where a source says when it last looked: after this a green of it says nothing any more."""
CHANGE_NORM = timedelta(days=30)
"""Where a source may only say when a state last changed: after this it is called stale."""
_LOOKS = frozenset({"gatus", "uptime-kuma", "html"})


@dataclass(frozen=True)
class Sighting:
    """What one source says of one service. `components` empty: it tells incidents alone.

    `lost`: a component that was there before is gone. `emergency` None: it tells no routes.
    """

    service: str
    source: str
    state: State = State.UNKNOWN
    components: tuple[Component, ...] = ()
    incidents: tuple[Incident, ...] = ()
    maintenances: tuple[Incident, ...] = ()
    emergency: EmergencySwitch | None = None
    response_seconds: float | None = None
    lost: bool = False
    source_stale_since: datetime | None = None

    @property
    def tells_state(self) -> bool:
        """Whether the source shows a component for the service, or showed one."""
        return bool(self.components) or self.lost


@dataclass(frozen=True)
class Sightings:
    """Those of one reading; its incidents bear our service ids.

    `matched`: mapped keys that it showed, now or before; `unmapped`: names that nobody mapped, for
    the operator.
    """

    by_service: Mapping[str, Sighting] = field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()
    maintenances: tuple[Incident, ...] = ()
    matched: frozenset[str] = frozenset()
    unmapped: tuple[str, ...] = ()


def sight(
    reading: Reading, topology: Topology, seen_before: frozenset[str] = frozenset()
) -> Sightings:
    """`seen_before`: keys that earlier readings of this source matched (their `matched`)."""
    form = topology.knowledge.sources[reading.source].format
    matches = _Matches(topology.mapping[reading.source], reading.components)
    components: dict[str, list[Component]] = defaultdict(list)
    for component in reading.components:
        for service in matches.services((component.id, *component.names), component.names[0]):
            components[service].append(component)
    switches: dict[str, list[EmergencySwitch]] = defaultdict(list)
    for switch in reading.emergency:
        for service in matches.services((switch.key, switch.name), switch.name):
            switches[service].append(switch)
    incidents = tuple(matches.mapped(superseded(reading.incidents, form)))
    maintenances = tuple(matches.mapped(reading.maintenances))
    lost = matches.of(seen_before - matches.matched)
    matched = frozenset(matches.matched) | seen_before
    stale_since = _stale_since(reading, form)
    by_service = {
        service: Sighting(
            service=service,
            source=reading.source,
            state=_state(components[service], reading.read_at, form, lost=service in lost),
            components=tuple(components[service]),
            incidents=tuple(i for i in incidents if service in i.services),
            maintenances=tuple(m for m in maintenances if service in m.services),
            emergency=_switch(switches[service]),
            response_seconds=_slowest(components[service]),
            lost=service in lost,
            source_stale_since=stale_since,
        )
        for service in _spoken_of(reading, matches, matched, incidents + maintenances)
    }
    return Sightings(by_service, incidents, maintenances, matched, tuple(matches.unmapped))


def _spoken_of(
    reading: Reading,
    matches: "_Matches",
    matched: frozenset[str],
    incidents: tuple[Incident, ...],
) -> frozenset[str]:
    """Services that the source shows or showed, or has incidents of.

    One that lists no components speaks of all that it is mapped to: by its incidents.
    """
    shown = matches.of((*matched, ANY))
    named = frozenset(service for incident in incidents for service in incident.services)
    by_incidents = not reading.components and not reading.emergency and not matched
    return shown | named | (matches.of(matches.mapping) if by_incidents else frozenset())


class _Matches:
    """Finds our services by the ids and names of a source, and keeps what was met."""

    def __init__(
        self, mapping: Mapping[str, tuple[str, ...]], components: Iterable[Component]
    ) -> None:
        self.mapping = mapping
        self.called = _called(components)
        self.matched: set[str] = set()
        self.unmapped: dict[str, None] = {}

    def of(self, keys: Iterable[str]) -> frozenset[str]:
        return frozenset(service for key in keys for service in self.mapping.get(key, ()))

    def services(self, keys: Iterable[str], name: str) -> tuple[str, ...]:
        found = {key for key in map(fold, keys) if key in self.mapping}
        if not found:
            self.unmapped[name] = None
        self.matched |= found
        return tuple(dict.fromkeys(service for key in found for service in self.mapping[key]))

    def mapped(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        """Those that concern our services, bearing our ids."""
        for incident in incidents:
            keys = map(fold, incident.services)
            named = self.of(key for one in keys for key in (one, *self.called.get(one, ())))
            services = tuple(sorted(named)) or self.mapping.get(ANY, ())
            if services:
                yield replace(incident, services=services)


def _called(components: Iterable[Component]) -> Mapping[str, frozenset[str]]:
    """Each id and name of a component -> all of them: a page may map one and tell of another."""
    called: dict[str, frozenset[str]] = {}
    for component in components:
        keys = frozenset(map(fold, (component.id, *component.names)))
        called |= {key: called.get(key, keys) | keys for key in keys}
    return called


def response_state(seconds: float | None) -> State:
    """The class of a response time; OPERATIONAL where there is none to judge by."""
    if seconds is None or seconds < SLOW_SECONDS:
        return State.OPERATIONAL
    return State.DEGRADED if seconds <= UNAVAILABLE_SECONDS else State.MAJOR_OUTAGE


def _state(components: list[Component], read_at: datetime, form: str, *, lost: bool) -> State:
    states = [_component_state(component, read_at, form) for component in components]
    if lost:
        states.append(State.UNKNOWN)
    return worst(tuple(states))


def _component_state(component: Component, read_at: datetime, form: str) -> State:
    looked = component.updated_at
    if form in _LOOKS and looked and read_at - looked > LOOK_NORM:
        return worse(component.state, State.UNKNOWN)
    return worse(component.state, response_state(component.response_seconds))


def _slowest(components: list[Component]) -> float | None:
    times = (c.response_seconds for c in components if c.response_seconds is not None)
    return max(times, default=None)


def _switch(switches: list[EmergencySwitch]) -> EmergencySwitch | None:
    active = next((switch for switch in switches if switch.active), None)
    return active or next(iter(switches), None)


def _stale_since(reading: Reading, form: str) -> datetime | None:
    norm = LOOK_NORM if form in _LOOKS else CHANGE_NORM
    newest = max((c.updated_at for c in reading.components if c.updated_at), default=None)
    return newest if newest and reading.read_at - newest > norm else None
