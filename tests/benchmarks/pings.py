"""Prints how fast pings are written and sent: `python -m tests.benchmarks.pings [--postgres]`.

The real store, sender and python-telegram-bot; a Telegram on the loopback in a process of its own,
which takes 20 ms for each message. Printed, not asserted: machines differ; ratios are of one run.
"""

import argparse
import asyncio
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from telegram import Bot
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.alerts.courier import Parts
from bot.alerts.fanout import Fanout
from bot.alerts.limiter import Limiter
from bot.alerts.ports import Trouble
from bot.alerts.sender import Sender
from bot.chat.delivery import TelegramTransport
from bot.chat.pacing import ReplyLane
from bot.chat.receiving import SENDS_AT_ONCE, sending_bot
from bot.clock import system_clock
from bot.running import in_background
from bot.status.model import Change
from bot.store.database import Database, open_database
from bot.store.outbox import SqlOutbox
from bot.store.tables import chats, subscriptions
from tests.alerts.world import GRAPH, onset, resolved
from tests.benchmarks.far_telegram import far_telegram, moments
from tests.simulation.telegram import render
from tests.store.servers import new_database, postgres
from tests.telegram_server import TOKEN

LIFTED = 1e6
CONCURRENCIES = (8, 16, 32)
TURNS = 5


@dataclass(frozen=True)
class Desk:
    """A sender at work over a database with followers."""

    fanout: Fanout
    limiter: Limiter


async def follow(database: Database, count: int) -> None:
    """So many chats follow one service."""
    now = system_clock()
    ids = range(1, count + 1)
    async with database.write() as connection:
        people = [{"chat_id": one, "created_at": now, "seen_at": now} for one in ids]
        await connection.execute(insert(chats), people)
        await connection.execute(
            insert(subscriptions), [{"chat_id": one, "service": "eid"} for one in ids]
        )


@asynccontextmanager
async def desk(database: Database, url: str, rate: float) -> AsyncIterator[Desk]:
    """As `bot.app` joins them."""
    outbox = SqlOutbox(database, group=timedelta(0))
    limiter = Limiter(rate, 5, time.monotonic, asyncio.sleep)
    async with sending_bot(TOKEN, url) as bot:
        parts = Parts(
            outbox=outbox,
            transport=TelegramTransport(bot),
            render=render,
            graph=GRAPH,
            limiter=limiter,
            clock=system_clock,
            monotonic=time.monotonic,
            random=random.random,
            alarm=_alarm,
            heartbeat=_nothing,
        )
        sender = Sender(parts)
        async with in_background(sender.run()):
            yield Desk(Fanout(outbox, GRAPH, sender.wake), limiter)
            await sender.stop()


async def fan_out(database: Database, url: str, count: int) -> str:
    """From the change to the commit of its rows, and to the first message."""
    await follow(database, count)
    await moments(url)
    async with desk(database, url, 25) as at_work:
        begun = time.monotonic()
        await at_work.fanout.record((onset("eid", system_clock()),), (), system_clock())
        written = time.monotonic() - begun
        first = (await arrived(url, 1))[0] - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"fan-out of {count} rows: {written:.2f} s, first ping after {first:.2f} s, "
        f"memory at most {memory:.0f} MB (with the benchmark's own lists)"
    )


async def pace(database: Database, url: str, count: int) -> str:
    """A broadcast at 25 a second, while people ask twice a second."""
    await follow(database, count)
    await moments(url)
    async with desk(database, url, 25) as at_work:
        await at_work.fanout.record((onset("eid", system_clock()),), (), system_clock())
        waits: list[float] = []
        async with in_background(people(url, ReplyLane(at_work.limiter), waits)):
            seen = await arrived(url, count + int(count / 25 * 2))
    middle = seen[25:-25]
    rate = (len(middle) - 1) / (middle[-1] - middle[0])
    slow = statistics.quantiles(waits, n=20)[-1]
    return (
        f"{count} chats at 25/s with {len(waits)} replies: {rate:.2f}/s in all, at most "
        f"{most_in_a_second(seen)} in a second; 95 of 100 replies within {slow:.2f} s"
    )


async def people(url: str, lane: ReplyLane, waits: list[float]) -> None:
    """Two replies a second, each timed from the question to Telegram's answer."""
    async with ExtBot(TOKEN, base_url=f"{url}/bot", rate_limiter=lane) as bot:
        asked = set[asyncio.Task[None]]()
        while True:
            asked.add(asyncio.create_task(_reply(bot, waits)))
            await asyncio.sleep(0.5)


async def _reply(bot: ExtBot[None], waits: list[float]) -> None:
    begun = time.monotonic()
    await bot.send_message(1, "x")
    waits.append(time.monotonic() - begun)


async def throughput(database: Database, url: str, count: int) -> str:
    """Without a limit, against a bare bot with as many connections, in turns; medians of both.

    Onsets and ends alternate. The bare bot is also measured with a connection for each request.
    """
    await follow(database, count)
    ours: list[float] = []
    bare: dict[tuple[int, int], list[float]] = defaultdict(list)
    async with desk(database, url, LIFTED) as at_work:
        for turn in range(TURNS):
            ours.append(await our_rate(at_work, url, count, (onset, resolved)[turn % 2]))
            for at_once in CONCURRENCIES:
                for connections in {SENDS_AT_ONCE, at_once}:
                    bare[at_once, connections].append(
                        await bare_rate(url, count, at_once, connections)
                    )
    same = {key[0]: rates for key, rates in bare.items() if key[1] == SENDS_AT_ONCE}
    own = {key[0]: rates for key, rates in bare.items() if key[1] == key[0]}
    return (
        f"without a limit, medians of {TURNS}: {statistics.median(ours):.0f}/s "
        f"({min(ours):.0f} to {max(ours):.0f})\n"
        f"  a bare bot with {SENDS_AT_ONCE} connections: {against(ours, same)}\n"
        f"  with as many as requests at once: {against(ours, own)}"
    )


def against(ours: list[float], bare: dict[int, list[float]]) -> str:
    """The bare bot at its best, and how ours compares."""
    rates = {at_once: statistics.median(found) for at_once, found in bare.items()}
    best = max(rates, key=lambda at_once: rates[at_once])
    all_of_them = ", ".join(f"{at_once}: {rates[at_once]:.0f}" for at_once in sorted(rates))
    ratio = statistics.median(ours) / rates[best]
    return f"{rates[best]:.0f}/s at {best} at once ({all_of_them}); ratio {ratio:.2f}"


async def our_rate(
    at_work: Desk, url: str, count: int, happens: Callable[[str, datetime], Change]
) -> float:
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


def rate_of(seen: list[float]) -> float:
    """Messages a second."""
    return (len(seen) - 1) / (seen[-1] - seen[0])


async def arrived(url: str, count: int) -> list[float]:
    """Waits until so many have arrived."""
    seen: list[float] = []
    while len(seen) < count:
        await asyncio.sleep(0.02 if count == 1 else 0.5)
        seen += await moments(url)
    return seen


def most_in_a_second(seen: list[float]) -> int:
    """How many at most arrived within any one second."""
    first = most = 0
    for last, moment in enumerate(seen):
        while seen[first] <= moment - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


async def _alarm(trouble: Trouble) -> None:
    sys.stdout.write(f"trouble: {trouble}\n")


async def _nothing() -> None:
    return None


Measure = Callable[[Database, str, int], Awaitable[str]]
MEASURES: dict[str, tuple[Measure, int]] = {
    "fan_out": (fan_out, 100_000),
    "pace": (pace, 1_500),
    "throughput": (throughput, 500),
}


async def measured(name: str, database_url: str | None, count: int | None) -> str:
    """One figure, on a database of its own."""
    measure, usual = MEASURES[name]
    with tempfile.TemporaryDirectory() as folder, far_telegram() as url:
        where = database_url or f"sqlite+aiosqlite:///{folder}/bis.sqlite3"
        database = await open_database(where, Path(folder))
        try:
            return await measure(database, url, count or usual)
        finally:
            await database.close()


@contextmanager
def engine(*, with_postgres: bool) -> Iterator[str | None]:
    """The server's address; None for SQLite."""
    if not with_postgres:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as url:
        yield asyncio.run(new_database(url))


def main() -> None:
    """Each measure that is asked for, in order."""
    parser = argparse.ArgumentParser()
    parser.add_argument("measures", nargs="*", metavar="|".join(MEASURES))
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--count", type=int)
    given = parser.parse_args()
    for name in given.measures or MEASURES:
        with engine(with_postgres=given.postgres) as database_url:
            told = asyncio.run(measured(name, database_url, given.count))
        sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()
