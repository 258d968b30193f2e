"""A source and a Telegram in one; what it wrote down is the truth."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.status.model import State
from tests.crash.ledger import Ledger
from tests.crash.worker import ALONE


@dataclass
class Server:
    """Each request says which process it comes from; a look at the source also in which term."""

    state: State = State.OPERATIONAL
    ledger: Ledger = field(default_factory=Ledger)
    in_flight: Counter[int] = field(default_factory=Counter)
    most_in_flight: int = 0
    count: int = 0
    url: str = ""
    leaders: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    leader: int = 0
    late_looks: int = 0

    async def send(self, request: web.Request) -> web.Response:
        """Takes a message, 2 to 20 ms before and after it appears in the chat."""
        body = await request.json()
        process = body["process"]
        self.in_flight[process] += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight[process])
        try:
            await asyncio.sleep(random.uniform(0.002, 0.02))
            self.count += 1
            message_id = self.count
            self.ledger.note(body["chat"], body["text"], process)
            await asyncio.sleep(random.uniform(0.002, 0.02))
        finally:
            self.in_flight[process] -= 1
        return web.json_response({"message_id": message_id})

    async def tell_state(self, request: web.Request) -> web.Response:
        """What the source says."""
        term, process = int(request.query["term"]), int(request.query["process"])
        self.leader = process
        if term != ALONE:
            self.late_looks += term < max(self.leaders, default=0)
            self.leaders[term].add(process)
        return web.json_response({"state": self.state.value})

    def doubly_led(self) -> int:
        """Terms in which more than one process looked at the source."""
        return sum(len(processes) > 1 for processes in self.leaders.values())

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Serves on a free port of the loopback."""
        application = web.Application()
        application.router.add_post("/send", self.send)
        application.router.add_get("/state", self.tell_state)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield
        await runner.cleanup()
