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
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert
from telegram.ext import ExtBot

from bot.alerts.courier import Parts
from bot.alerts.fanout import Fanout
from bot.alerts.limiter import Limiter
from bot.alerts.ports import Trouble
from bot.alerts.sender import Sender
from bot.chat.delivery import TelegramTransport
from bot.chat.pacing import ReplyLane
from bot.chat.receiving import sending_bot
from bot.clock import system_clock
from bot.running import in_background
from bot.store.database import Database, open_database
from bot.store.outbox import SqlOutbox
from bot.store.tables import chats, subscriptions
from tests.alerts.world import GRAPH, onset
from tests.benchmarks.far_telegram import far_telegram, moments
from tests.simulation.telegram import render
from tests.store.servers import new_database, postgres
from tests.telegram_server import TOKEN

LIFTED = 1e6
CONCURRENCIES = (4, 8, 16, 32)


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
    """Without a limit, against a bare bot at its best concurrency, one after the other."""
    await follow(database, count)
    bare = {at_once: await bare_rate(url, count, at_once) for at_once in CONCURRENCIES}
    best = max(bare, key=lambda at_once: bare[at_once])
    async with desk(database, url, LIFTED) as at_work:
        await moments(url)
        await at_work.fanout.record((onset("eid", system_clock()),), (), system_clock())
        seen = await arrived(url, count)
    ours = (len(seen) - 1) / (seen[-1] - seen[0])
    return (
        f"without a limit: {ours:.0f}/s; a bare bot {bare[best]:.0f}/s at {best} at once "
        f"({', '.join(f'{n}: {rate:.0f}' for n, rate in bare.items())}); "
        f"ratio {ours / bare[best]:.2f}"
    )


async def bare_rate(url: str, count: int, at_once: int) -> float:
    """Messages a second of python-telegram-bot alone."""
    await moments(url)
    turn = asyncio.Semaphore(at_once)
    async with sending_bot(TOKEN, url) as bot:

        async def send(chat: int) -> None:
            async with turn:
                await bot.send_message(chat, "x")

        await asyncio.gather(*(send(chat) for chat in range(1, count + 1)))
    seen = await moments(url)
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
    "throughput": (throughput, 1_000),
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
