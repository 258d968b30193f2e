"""A tracker that is read to step by step."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.knowledge.base import Knowledge
from bot.status.kept import Planned
from bot.status.model import Change, Confirmed, Incident, Phase, State
from bot.status.observations import Observation
from bot.status.switch import EmergencySwitch
from bot.status.topology import Topology
from bot.status.tracker import Tracker
from tests.status.samples import NOON, after, knowledge, service, source

UP, DOWN, SLOW = State.OPERATIONAL, State.MAJOR_OUTAGE, State.DEGRADED


@dataclass
class Story:
    """A tracker, and a clock that each read moves on by a minute."""

    base: Knowledge
    kept: Iterable[Confirmed] = ()
    minute: float = 0
    planned: tuple[Planned, ...] = ()
    told: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        confirmed = {c.service: c for c in self.kept}
        self.tracker = Tracker(Topology(self.base), confirmed=confirmed, planned=self.planned)

    def read(
        self, states: dict[str, State], name: str = "pages", times: int = 1, step: float = 1
    ) -> list[str]:
        """Reads a source; gives what was told, as "kind service"."""
        told: list[str] = []
        for _ in range(times):
            at = NOON + timedelta(minutes=self.minute)
            seen = (Observation(key, name, at, state) for key, state in states.items())
            told += self.take(name, seen)
            self.minute += step
        return told

    def take(
        self, name: str, seen: Iterable[Observation], maintenances: Iterable[Incident] = ()
    ) -> list[str]:
        """Takes observations as they are."""
        at = NOON + timedelta(minutes=self.minute)
        outcome = self.tracker.observe(name, tuple(seen), maintenances, at)
        self.told += outcome.changes
        return [f"{change.kind.value} {change.service}" for change in outcome.changes]

    def restarted(self) -> "Story":
        """A new process, with what the store kept."""
        tracker = self.tracker
        kept = tuple(tracker.confirmed.values())
        return Story(self.base, kept, self.minute, tracker.calendar.planned)


def two_services() -> Knowledge:
    """Recip-e rests on STS; one source shows both, another only STS."""
    return knowledge(
        service("sts"),
        service("recip-e", depends_on=("sts",)),
        source("pages"),
        source("other", services={"sts": "sts"}),
    )


def incident(phase: Phase, **fields: object) -> Incident:
    """The incident i of pages, about STS."""
    return Incident("i", "pages", "Down", phase, ("sts",), DOWN, **fields)  # type: ignore[arg-type]


def routes(active: bool, minute: float) -> Observation:
    """What the list of routes says of STS."""
    return Observation(
        "sts",
        "routes",
        NOON + timedelta(minutes=minute),
        State.UNKNOWN,
        by_component=False,
        switch=EmergencySwitch("STS", "uddi:sts", active, "detour.example" if active else None),
        issued_at=after(minutes=-1),
    )
