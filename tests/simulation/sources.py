"""The operators' status pages: what they say, what they really mean, and how they fail."""

import json
from collections.abc import Callable
from types import MappingProxyType

from bot.knowledge import Knowledge, Source
from bot.status.fetched import Answer, Fetched, Validators
from bot.status.model import State
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.alerts.world import KNOWLEDGE, SERVICES, text
from tests.simulation.faults import OF_SOURCES, Fault
from tests.simulation.world import World

PAGES = {
    "ehealth": tuple(one.id for one in SERVICES if one.id not in {"vitalink", "eid"}),
    "regions": ("vitalink", "eid"),
}
WORDS = {
    State.OPERATIONAL: "operational",
    State.DEGRADED: "degraded_performance",
    State.PARTIAL_OUTAGE: "partial_outage",
    State.MAJOR_OUTAGE: "major_outage",
}
JSON = ("application/json",)


def _source(name: str, services: tuple[str, ...]) -> Source:
    return Source(
        id=name,
        names=text(name),
        format="statuspage",
        url=f"https://{name}.example/api",
        page=f"https://{name}.example",
        services={service: service for service in services},
    )


WATCHED = Knowledge(
    professions=KNOWLEDGE.professions,
    services=KNOWLEDGE.services,
    sources=MappingProxyType({name: _source(name, on_it) for name, on_it in PAGES.items()}),
    contacts=KNOWLEDGE.contacts,
    references=KNOWLEDGE.references,
    procedures=KNOWLEDGE.procedures,
)

Drift = Callable[[bytes], bytes]
DRIFTS: tuple[Drift, ...] = (
    lambda _: b"<html><body>All systems operational</body></html>",
    lambda body: body.replace(b'"components"', b'"parts"').replace(b'"page"', b'"site"'),
    lambda body: body.replace(b'"status"', b'"condition"'),
    lambda body: body.replace(b"outage", b"perturbation").replace(b"operational", b"fine"),
    lambda body: body[: len(body) // 2],
    lambda _: b'{"page": {}, "components": []}',
)
"""What a new layout may look like: none of it may be taken for good news."""


class Sources:
    """Two pages. `truth`: how the services really are; `meant`: since when, for the rules."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.truth = {name: State.OPERATIONAL for on_it in PAGES.values() for name in on_it}
        self.meant: dict[str, list[tuple[float, State]]] = {
            name: [(0.0, state)] for name, state in self.truth.items()
        }

    def turn(self, service: str, state: State) -> None:
        """The service is so from now on."""
        self.truth[service] = state
        self.meant[service].append((self._world.now, state))

    async def fetch(self, source: Source, known: Validators) -> Fetched:
        """See `bot.status.watcher.Fetch`."""
        spell = self._world.weather.strikes(OF_SOURCES, self._world.now)
        body = self._body(source.id)
        if spell is None:
            kept = known.answers.get(source.id)
            answer = Answer(body, *JSON, etag=body.decode())
            return Fetched.of({source.id: kept if kept == answer else answer})
        if spell.fault is not Fault.ALL_SOURCES_DOWN and list(PAGES)[spell.place] != source.id:
            return Fetched((body,), JSON)
        self._world.weather.note(spell.fault)
        if spell.fault is Fault.DRIFT:
            return Fetched((self._world.random.choice(DRIFTS)(body),), JSON)
        raise UnreadableError(UnreadableReason.UNREACHABLE, "no answer")

    def _body(self, page: str) -> bytes:
        rows = [
            {"id": name, "name": name, "status": WORDS[self.truth[name]]} for name in PAGES[page]
        ]
        return json.dumps({"page": {"id": page}, "components": rows}).encode()
