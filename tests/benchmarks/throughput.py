"""How many pings leave where nothing limits them, against python-telegram-bot alone."""

import asyncio
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import cycle

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.chat.receiving import SENDS_AT_ONCE
from bot.clock import system_clock
from bot.status.model import Change
from bot.store.database import Database
from tests.alerts.world import onset, resolved
from tests.benchmarks.desk import Desk, desk, follow
from tests.benchmarks.far_telegram import LATENCY, arrived, far_telegram, moments, rate_of
from tests.telegram_server import TOKEN

LIFTED = 1e6
LATENCIES = (LATENCY, 0.0)
"""At the first, waiting decides; at the second, the processor."""
CONCURRENCIES = (4, 8, 16, 32)
TURNS = 5

Happening = Callable[[str, datetime], Change]
Happenings = Iterator[Happening]


async def throughput(database: Database, count: int) -> str:
    """In turns with a bare bot at several numbers of requests at once; medians of both."""
    await follow(database, count)
    happenings: Happenings = cycle((onset, resolved))
    return "\n".join(
        [await against_bare(database, count, latency, happenings) for latency in LATENCIES]
    )


async def against_bare(
    database: Database, count: int, latency: float, happenings: Happenings
) -> str:
    """Where the far side takes so long to answer."""
    ours: list[float] = []
    bare: dict[tuple[int, int], list[float]] = defaultdict(list)
    with far_telegram(latency) as url:
        async with desk(database, url, LIFTED) as at_work:
            for _ in range(TURNS):
                ours.append(await our_rate(at_work, url, count, next(happenings)))
                for at_once in CONCURRENCIES:
                    for connections in {min(SENDS_AT_ONCE, at_once), at_once}:
                        rate = await bare_rate(url, count, at_once, connections)
                        bare[at_once, connections].append(rate)
    capped = {key[0]: rates for key, rates in bare.items() if key[1] <= SENDS_AT_ONCE}
    free = {key[0]: rates for key, rates in bare.items() if key[1] == key[0]}
    return (
        f"no limit, answers after {1000 * latency:.0f} ms, medians of {TURNS}: "
        f"{statistics.median(ours):.0f}/s ({min(ours):.0f} to {max(ours):.0f})\n"
        f"  a bare bot with our cap, at most {SENDS_AT_ONCE} in flight: {best(ours, capped)}\n"
        f"  a bare bot without a cap: {best(ours, free)}"
    )


def best(ours: list[float], bare: dict[int, list[float]]) -> str:
    """The bare bot at its best, and how ours compares."""
    rates = {at_once: statistics.median(found) for at_once, found in bare.items()}
    fastest = max(rates, key=lambda at_once: rates[at_once])
    all_of_them = ", ".join(f"{at_once}: {rates[at_once]:.0f}" for at_once in sorted(rates))
    ratio = statistics.median(ours) / rates[fastest]
    return f"{rates[fastest]:.0f}/s at {fastest} tasks ({all_of_them}); ratio {ratio:.2f}"


async def our_rate(at_work: Desk, url: str, count: int, happens: Happening) -> float:
    """Messages a second of one broadcast, from its first to its last."""
    await moments(url)
    await at_work.fanout.record((happens("eid", system_clock()),), (), system_clock())
    return rate_of(await arrived(url, count))


async def bare_rate(url: str, count: int, at_once: int, connections: int) -> float:
    """Messages a second of python-telegram-bot alone, with the transport that it brings."""
    await moments(url)
    turn = asyncio.Semaphore(at_once)
    request = HTTPXRequest(connection_pool_size=connections, pool_timeout=60)
    bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
    async with request:

        async def send(chat: int) -> None:
            async with turn:
                await bot.send_message(chat, "x")

        await asyncio.gather(*(send(chat) for chat in range(1, count + 1)))
    return rate_of(await moments(url))
