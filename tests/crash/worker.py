"""The process that is killed: the real store and sender, with plain HTTP to the loopback."""

import argparse
import asyncio
import random
import time
from datetime import timedelta
from pathlib import Path

import aiohttp

from bot.alerts.courier import Parts
from bot.alerts.errors import RetryError, UncertainError
from bot.alerts.fanout import Fanout
from bot.alerts.limiter import Limiter
from bot.alerts.model import Outgoing
from bot.alerts.ports import Trouble
from bot.alerts.sender import Pace, Sender
from bot.clock import system_clock
from bot.status.model import State
from bot.store.database import open_database
from bot.store.history import SqlHistory
from bot.store.outbox import SqlOutbox
from tests.alerts.world import GRAPH, confirmed, onset, resolved
from tests.simulation.telegram import render

SERVICE = "eid"


class Wire:
    """`Transport` over the fake's own small protocol."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def send(
        self,
        chat_id: int,
        outgoing: Outgoing,
        *,
        silent: bool,
        reply_to: int | None,
        thread_id: int | None = None,
    ) -> int:
        """See `Transport.send`."""
        body = {"chat": chat_id, "text": outgoing.text, "reply_to": reply_to, "silent": silent}
        try:
            async with self._session.post(f"{self._url}/send", json=body) as answer:
                return int((await answer.json())["message_id"])
        except aiohttp.ClientConnectorError as error:
            raise RetryError from error
        except aiohttp.ClientError as error:
            raise UncertainError from error

    async def edit(self, chat_id: int, message_id: int, outgoing: Outgoing) -> None:
        """See `Transport.edit`. One service alone has nothing to edit."""
        raise NotImplementedError


async def work(database_url: str, folder: Path, server: str) -> None:
    """Reads the state of one service from the server twice a second, and sends what follows."""
    database = await open_database(database_url, folder)
    outbox = SqlOutbox(database, lease=timedelta(seconds=2), uncertain_wait=timedelta(seconds=1))
    async with aiohttp.ClientSession() as session:
        loop = asyncio.get_running_loop()
        parts = Parts(
            outbox=outbox,
            transport=Wire(session, server),
            render=render,
            graph=GRAPH,
            limiter=Limiter(1000, 5, time.monotonic, asyncio.sleep),
            clock=system_clock,
            monotonic=loop.time,
            random=random.random,
            alarm=_alarm,
            heartbeat=_nothing,
        )
        sender = Sender(parts, Pace(idle=0.1, recover=0.5))
        fanout = Fanout(outbox, GRAPH, sender.wake)
        watching = asyncio.create_task(watch(session, server, SqlHistory(database), fanout))
        await asyncio.gather(sender.run(), watching)


async def watch(
    session: aiohttp.ClientSession, server: str, history: SqlHistory, fanout: Fanout
) -> None:
    """What the watcher does, without thresholds: each difference is a change."""
    while True:
        async with session.get(f"{server}/state") as answer:
            state = State((await answer.json())["state"])
        kept = {one.service: one.state for one in await history.confirmed()}
        if kept.get(SERVICE, State.OPERATIONAL) is not state:
            at = system_clock()
            change = onset(SERVICE, at) if state.is_outage else resolved(SERVICE, at)
            await fanout.record((change,), (confirmed(change),), at)
        await asyncio.sleep(0.05)


async def _alarm(trouble: Trouble) -> None:
    print("trouble:", trouble, flush=True)  # noqa: T201 - what it is for


async def _nothing() -> None:
    return None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("database_url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("server")
    given = parser.parse_args()
    asyncio.run(work(given.database_url, given.folder, given.server))


if __name__ == "__main__":
    main()
