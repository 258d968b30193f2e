"""The process that is killed: the real store and sender, with plain HTTP to the loopback."""

import argparse
import asyncio
import contextlib
import logging
import os
import random
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import aiohttp

from bot.alerts.courier import Parts
from bot.alerts.errors import RetryError, UncertainError
from bot.alerts.fanout import Fanout
from bot.alerts.limiter import Limiter
from bot.alerts.model import Outgoing
from bot.alerts.ports import Trouble
from bot.alerts.sender import Pace, Sender
from bot.clock import system_clock
from bot.faults import NotLeadingError
from bot.leading import lead, together
from bot.running import in_background
from bot.status.model import State
from bot.store.database import open_database
from bot.store.history import SqlHistory
from bot.store.lease import POLLER, Lease
from bot.store.outbox import SqlOutbox
from tests.alerts.world import GRAPH, confirmed, onset, resolved
from tests.simulation.telegram import render

SERVICE = "eid"
LEASE = timedelta(seconds=2)
"""Of what is being sent, and of who looks at the source: much shorter than in the bot."""


ALONE = 0
"""The term of a process that needs no lease."""


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
        body = {"chat": chat_id, "text": outgoing.text, "process": os.getpid()}
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
    lease = Lease(database, POLLER, uuid4().hex, LEASE) if database.shared else None
    outbox = SqlOutbox(database, lease=LEASE, uncertain_wait=timedelta(seconds=1), leading=lease)
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
        watch = Watch(session, server, SqlHistory(database), fanout)
        acquire = partial(watch.acquire, lease)
        leading = lead(acquire, lambda: together(in_background(watch.run())), renew=0.5, retry=0.2)
        await asyncio.gather(sender.run(), leading)


class Watch:
    """What the watcher does, without thresholds: each difference is a change."""

    def __init__(
        self, session: aiohttp.ClientSession, server: str, history: SqlHistory, fanout: Fanout
    ) -> None:
        self._session, self._server = session, server
        self._history, self._fanout = history, fanout
        self._term = ALONE

    async def acquire(self, lease: Lease | None) -> bool:
        """Leads, where nobody else does."""
        if lease is None:
            return True
        term = await lease.acquire(system_clock())
        self._term = term or self._term
        return term is not None

    async def run(self) -> None:
        """As the watcher: what cannot be recorded is tried again until it can, or this is over."""
        while True:
            with contextlib.suppress(NotLeadingError):
                await self._look(self._term)
            await asyncio.sleep(0.05)

    async def _look(self, term: int) -> None:
        asked = {"term": term, "process": os.getpid()}
        async with self._session.get(f"{self._server}/state", params=asked) as answer:
            state = State((await answer.json())["state"])
        kept = {one.service: one.state for one in await self._history.confirmed()}
        if kept.get(SERVICE, State.OPERATIONAL) is not state:
            at = system_clock()
            change = onset(SERVICE, at) if state.is_outage else resolved(SERVICE, at)
            await self._fanout.record((change,), (confirmed(change),), at)


async def _alarm(trouble: Trouble) -> None:
    if trouble is not Trouble.STORE_UNAVAILABLE:
        print("trouble:", trouble, flush=True)  # noqa: T201 - a ping given up is lost


async def _nothing() -> None:
    return None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("database_url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("server")
    given = parser.parse_args()
    logging.disable(logging.ERROR)  # a database that falls is told again and again
    asyncio.run(work(given.database_url, given.folder, given.server))


if __name__ == "__main__":
    main()
