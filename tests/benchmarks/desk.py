"""A sender at work over a database with followers, for the benchmarks of pings."""

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert

from bot.alerts.courier import Parts
from bot.alerts.fanout import Fanout
from bot.alerts.limiter import Limiter
from bot.alerts.ports import Trouble
from bot.alerts.sender import Sender
from bot.chat.delivery import TelegramTransport
from bot.chat.receiving import sending_bot
from bot.clock import system_clock
from bot.running import in_background
from bot.store.database import Database
from bot.store.outbox import SqlOutbox
from bot.store.tables import chats, subscriptions
from tests.alerts.world import GRAPH
from tests.simulation.telegram import render
from tests.telegram_server import TOKEN


@dataclass(frozen=True)
class Desk:
    """What a benchmark needs of it."""

    fanout: Fanout
    limiter: Limiter


async def follow(database: Database, count: int, service: str = "eid") -> None:
    """So many chats follow one service."""
    now = system_clock()
    ids = range(1, count + 1)
    people = [{"chat_id": one, "created_at": now, "seen_at": now} for one in ids]
    following = [{"chat_id": one, "service": service} for one in ids]
    async with database.write() as connection:
        await connection.execute(insert(chats), people)
        await connection.execute(insert(subscriptions), following)


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


async def _alarm(trouble: Trouble) -> None:
    sys.stdout.write(f"trouble: {trouble}\n")


async def _nothing() -> None:
    return None
