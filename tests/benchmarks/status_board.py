"""Prints how long a board and a poll take: `python -m tests.benchmarks.status_board`.

Goals: a board of 60 services from 10 sources under 1 ms, a poll of 20 sources on loopback under
300 ms. Printed, not asserted: machines differ.
"""

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack
from statistics import median

from bot.status.board import build
from bot.status.fetching import Fetcher
from bot.status.model import State
from bot.status.sightings import sight
from bot.status.source_view import SourceView
from bot.status.topology import Topology
from bot.status.watcher import Watcher
from tests.status.far_sides import answering, serving
from tests.status.samples import NOON, knowledge, reading, service, source


def board_milliseconds(
    services: int = 60, sources: int = 10, each: int = 12, *, down: bool = False
) -> float:
    """The median of 200 boards; each source tells of `each` services, so that some have several.

    `down`: that which all others rest on, so that each line has to say so.
    """
    names = [f"service-{number}" for number in range(services)]
    shares = {
        f"source-{number}": [names[(number * 6 + k) % services] for k in range(each)]
        for number in range(sources)
    }
    base = knowledge(
        *(service(name, depends_on=(names[0],) if name != names[0] else ()) for name in names),
        *(source(name, services={s: s for s in share}) for name, share in shares.items()),
    )
    topology = Topology(base)
    states = dict.fromkeys(names, State.OPERATIONAL)
    states[names[0]] = State.MAJOR_OUTAGE if down else State.OPERATIONAL
    views = [
        SourceView(
            topology.sources[name],
            sight(reading({s: states[s] for s in share}, name), topology),
            NOON,
        )
        for name, share in shares.items()
    ]
    times = []
    for _ in range(200):
        begun = time.perf_counter()
        build(topology, views, {}, NOON)
        times.append(time.perf_counter() - begun)
    return median(times) * 1000


async def poll_milliseconds(sources: int = 20) -> float:
    """The median of 10 polls of so many sources, each on a port of its own."""
    rows = [{"id": str(n), "name": f"service {n}", "status": "operational"} for n in range(30)]
    body = json.dumps({"page": {}, "components": rows}).encode()

    async def nobody(*_: object) -> None:
        return

    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(serving(answering(body))) for _ in range(sources)
        ]
        fetch = await stack.enter_async_context(Fetcher("x", allow_private=True))
        watched = [
            source(f"source-{number}", url=server.url, services={"service 0": "sts"})
            for number, server in enumerate(servers)
        ]
        watcher = Watcher(
            knowledge=knowledge(service("sts"), *watched), fetch=fetch, on_changes=nobody
        )
        times = []
        for _ in range(10):
            begun = time.perf_counter()
            await watcher.poll_once()
            times.append(time.perf_counter() - begun)
    return median(times) * 1000


if __name__ == "__main__":
    sys.stdout.write(f"board of 60 services from 10 sources: {board_milliseconds():.2f} ms\n")
    sys.stdout.write(
        f"the same, what all rest on is down: {board_milliseconds(down=True):.2f} ms\n"
    )
    sys.stdout.write(f"poll of 20 sources on loopback: {asyncio.run(poll_milliseconds()):.0f} ms\n")
