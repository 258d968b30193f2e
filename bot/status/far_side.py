"""The far side of a timeline: what each source would serve at a moment, as real bodies."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from bot.knowledge.model import Source
from bot.status.fetched import Fetched, Validators
from bot.status.model import State
from bot.status.timeline import Happening, Played, Published
from bot.status.unreadable import UnreadableError, UnreadableReason

_WORDS = {
    State.OPERATIONAL: "operational",
    State.DEGRADED: "degraded_performance",
    State.PARTIAL_OUTAGE: "partial_outage",
    State.MAJOR_OUTAGE: "major_outage",
    State.MAINTENANCE: "under_maintenance",
    State.UNKNOWN: "unknown",
}


@dataclass
class Page:
    """One source as it stands at a moment of the timeline."""

    played: Played
    states: dict[str, State] = field(default_factory=dict)
    published: dict[str, tuple[Published, datetime, datetime]] = field(default_factory=dict)
    routes: dict[str, str | None] = field(default_factory=dict)
    body: bytes | None = None
    reachable: bool = True
    issued_at: str = ""

    def happen(self, happening: Happening, folder: Path) -> None:
        """Takes what happens at this source."""
        self.states.update(happening.set)
        if happening.publish:
            known = self.published.get(happening.publish.id)
            first = known[1] if known else happening.at
            self.published[happening.publish.id] = (happening.publish, first, happening.at)
        if happening.withdraw:
            self.published.pop(happening.withdraw, None)
        if happening.routes:
            self.routes.update(happening.routes)
            self.issued_at = happening.at.isoformat()
        if happening.body is not None:
            self.body = (folder / happening.body).read_bytes()
        if happening.reachable is not None:
            self.reachable = happening.reachable

    def serve(self) -> bytes:
        """The body. Raises UnreadableError UNREACHABLE where the source does not answer."""
        if not self.reachable:
            raise UnreadableError(UnreadableReason.UNREACHABLE, "as the timeline says")
        if self.body is not None:
            return self.body
        write = _SERVED.get(self.played.format)
        if write is None:
            raise UnreadableError(UnreadableReason.UNREACHABLE, "no body is recorded yet")
        return write(self)

    def state(self, service: str) -> State:
        """Fine until the timeline says otherwise."""
        return self.states.get(service, State.OPERATIONAL)


@dataclass
class FarSide:
    """Stands where the network is: gives each source's page as of now."""

    pages: Mapping[str, Page]

    async def __call__(self, source: Source, known: Validators) -> Fetched:
        """As `Fetcher`, without validators: each body is served in whole."""
        del known
        return Fetched((self.pages[source.id].serve(),), ("application/octet-stream",))


def _ehealth(page: Page) -> bytes:
    rows = [
        {"id": number, "name_fr": name, "status_name": _WORDS[page.state(name)].replace("_", " ")}
        for number, name in enumerate(page.played.services)
    ]
    return json.dumps(rows).encode()


def _statuspage(page: Page) -> bytes:
    rows = [
        {"id": name, "name": name, "status": _WORDS[page.state(name)]}
        for name in page.played.services
    ]
    events = list(page.published.values())
    body = {
        "page": {"id": page.played.id},
        "components": rows,
        "incidents": [_event(*event) for event in events if event[0].starts_at is None],
        "scheduled_maintenances": [_event(*event) for event in events if event[0].starts_at],
    }
    return json.dumps(body).encode()


def _event(published: Published, first: datetime, last: datetime) -> dict[str, Any]:
    return {
        "id": published.id,
        "name": published.title,
        "status": published.phase.value,
        "impact": published.impact,
        "started_at": first.isoformat(),
        "updated_at": last.isoformat(),
        "scheduled_for": published.starts_at.isoformat() if published.starts_at else None,
        "scheduled_until": published.ends_at.isoformat() if published.ends_at else None,
        "components": [{"id": name, "name": name} for name in published.services],
    }


def _service_list(page: Page) -> bytes:
    services = "".join(_service(name, page.routes.get(name)) for name in page.played.services)
    issued = f" IssueInstant={quoteattr(page.issued_at)}" if page.issued_at else ""
    return (
        '<ServiceList xmlns="urn:be:fgov:ehealth:bcp:protocol:v1"'
        f' Environment="Production"{issued}>{services}</ServiceList>'
    ).encode()


def _service(name: str, route: str | None) -> str:
    normal, detour = ("INACTIVE", "ACTIVE") if route else ("ACTIVE", "INACTIVE")
    return (
        f"<Service Id={quoteattr(name + ':v1')} Name={quoteattr(name)}>"
        f'<Endpoint Order="0" Status="{normal}">https://normal.invalid/</Endpoint>'
        f'<Endpoint Order="1" Status="{detour}">https://{route or "detour.invalid"}/</Endpoint>'
        "</Service>"
    )


_SERVED = {"ehealth": _ehealth, "statuspage": _statuspage, "ehealth-bcp": _service_list}
