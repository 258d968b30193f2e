"""How soon pings leave after a change, and how evenly, with people asking in between."""

import asyncio
import statistics
import time

from telegram.ext import ExtBot

from bot.chat.pacing import ReplyLane
from bot.clock import system_clock
from bot.running import in_background
from bot.store.database import Database
from tests.alerts.world import onset
from tests.benchmarks.desk import desk, follow
from tests.benchmarks.far_telegram import arrived, far_telegram, moments, rate_of

RATE = 25
EDGE = RATE
"""Messages at both ends that say nothing of the rate: a second's worth."""
ASKING = "2:a-bot-that-people-ask"
"""Replies go under a token of their own: so the far side tells them from pings."""


async def fan_out(database: Database, count: int) -> str:
    """From the change to the commit of its rows, and to the first message."""
    await follow(database, count)
    with far_telegram() as url:
        async with desk(database, url, RATE) as at_work:
            begun = time.monotonic()
            await at_work.fanout.record((onset("eid", system_clock()),), (), system_clock())
            written = time.monotonic() - begun
            first = (await arrived(url, 1))[0] - begun
    return f"fan-out of {count} rows: {written:.2f} s, first ping after {first:.2f} s"


async def pace(database: Database, count: int) -> str:
    """A broadcast at 25 a second, while people ask twice a second."""
    await follow(database, count)
    waits: list[float] = []
    with far_telegram() as url:
        async with desk(database, url, RATE) as at_work:
            await at_work.fanout.record((onset("eid", system_clock()),), (), system_clock())
            async with in_background(people(url, ReplyLane(at_work.limiter), waits)):
                pings = await arrived(url, count)
        replies = await moments(url, ASKING)
    middle = pings[EDGE:-EDGE]
    both = sorted([*middle, *(one for one in replies if middle[0] <= one <= middle[-1])])
    slow = statistics.quantiles(waits, n=20)[-1]
    return (
        f"{count} chats at {RATE}/s: {rate_of(middle):.2f} pings/s, at most "
        f"{most_in_a_second(pings)} in a second\n"
        f"  with {len(waits)} replies among them: {rate_of(both):.2f}/s in all, at most "
        f"{most_in_a_second(both)} in a second; 95 of 100 replies within {slow:.2f} s"
    )


async def people(url: str, lane: ReplyLane, waits: list[float]) -> None:
    """Two replies a second, each timed from the question to Telegram's answer."""
    async with ExtBot(ASKING, base_url=f"{url}/bot", rate_limiter=lane) as bot:
        asked = set[asyncio.Task[None]]()
        while True:
            asked.add(asyncio.create_task(_reply(bot, waits)))
            await asyncio.sleep(0.5)


async def _reply(bot: ExtBot[None], waits: list[float]) -> None:
    begun = time.monotonic()
    await bot.send_message(1, "x")
    waits.append(time.monotonic() - begun)


def most_in_a_second(seen: list[float]) -> int:
    """How many at most arrived within any one second."""
    first = most = 0
    for last, moment in enumerate(seen):
        while seen[first] <= moment - 1:
            first += 1
        most = max(most, last - first + 1)
    return most
