"""A status site on loopback with bodies of real shapes; it can be flipped, slowed and killed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from aiohttp import web

COMPONENTS = "/fr/api/components/prod"
SUMMARY = "/api/v2/summary.json"
BROKEN = "/api/v2/broken.json"
DOWN = "major_outage"
FINE = "operational"
CODES = {FINE: 1, "degraded": 2, "partial_outage": 3, DOWN: 4}
PATIENCE = 20.0


@dataclass(frozen=True)
class Written:
    """An incident or planned work, as an editor of the page writes it."""

    id: str
    title: str
    update: str
    status: str = "investigating"
    starts_in: timedelta | None = None


class StatusSite:
    """The platform's component list and a Statuspage, both served from one port."""

    def __init__(self, port: int) -> None:
        self.states = {"Session Management": FINE, "MyCareNet": FINE, "eAttest": FINE}
        self.states |= {"Assurabilité": FINE, "Recip-e": FINE}
        self.written: list[Written] = []
        self.seconds = 0.0
        self.reads = 0
        self.port = port
        self._read = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.kill()

    async def start(self) -> None:
        """Listens, after a kill too."""
        application = web.Application()
        pages: dict[str, Callable[[], Any]] = {
            COMPONENTS: self._components,
            SUMMARY: self._summary,
            BROKEN: lambda: {"page": "moved to another tool"},
        }
        for path, body in pages.items():
            application.router.add_get(path, self._page(body))
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def kill(self) -> None:
        """Nobody answers any more."""
        if self._runner is not None:
            await self._runner.cleanup()

    def flip(self, component: str, state: str) -> None:
        """Shows another state from now on."""
        self.states[component] = state

    async def until_read(self, times: int = 1) -> None:
        """Until the component list was asked for so many more times."""
        for _ in range(times):
            await asyncio.wait_for(self._read.wait(), PATIENCE)

    def _page(self, body: Callable[[], Any]) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.Response:
            await asyncio.sleep(self.seconds)
            if request.path == COMPONENTS:
                self.reads += 1
                self._read.set()
                self._read = asyncio.Event()
            return web.json_response(body())

        return handle

    def _components(self) -> list[dict[str, Any]]:
        """The shape of status.ehealth.fgov.be."""
        return [
            {
                "id": number,
                "name_fr": name,
                "name_nl": name,
                "status_name": state.replace("_", " ").capitalize(),
                "status_code": CODES[state],
                "last_updated": datetime.now(UTC).isoformat(),
            }
            for number, (name, state) in enumerate(self.states.items(), start=1)
            if name != "Recip-e"
        ]

    def _summary(self) -> dict[str, Any]:
        """The shape of Atlassian Statuspage: https://developer.statuspage.io/."""
        recip_e = {"id": "rcp", "name": "Recip-e", "status": self.states["Recip-e"]}
        planned = [one for one in self.written if one.starts_in is not None]
        incidents = [one for one in self.written if one.starts_in is None]
        return {
            "page": {"id": "p1", "name": "Recip-e", "url": "https://status.example.be"},
            "components": [recip_e],
            "incidents": [_event(one) for one in incidents],
            "scheduled_maintenances": [_event(one) for one in planned],
        }


def _event(one: Written) -> dict[str, Any]:
    now = datetime.now(UTC)
    event = {
        "id": one.id,
        "name": one.title,
        "status": one.status,
        "impact": "major",
        "created_at": now.isoformat(),
        "updated_at": now.isoformat(),
        "components": [{"id": "rcp", "name": "Recip-e"}],
        "incident_updates": [{"status": one.status, "body": one.update}],
    }
    if one.starts_in is None:
        return event
    starts = now.replace(minute=0, second=0, microsecond=0) + one.starts_in
    ends = starts + timedelta(hours=2)
    return event | {"scheduled_for": starts.isoformat(), "scheduled_until": ends.isoformat()}
