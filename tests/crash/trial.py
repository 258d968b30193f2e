"""Kills the worker at random while pings go out, and counts what was lost and what came twice."""

import asyncio
import random
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from sqlalchemy import insert

from bot.clock import system_clock
from bot.status.model import State
from bot.store.database import open_database
from bot.store.tables import chats, subscriptions

CHATS = 300
KILLS_AN_OUTAGE = 5
SETTLE_SECONDS = 240


@dataclass
class Server:
    """A source and a Telegram in one; what it wrote down is the truth."""

    state: State = State.OPERATIONAL
    seen: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    in_flight: int = 0
    most_in_flight: int = 0
    count: int = 0
    url: str = ""

    async def send(self, request: web.Request) -> web.Response:
        """Takes a message, 2 to 20 ms before and after it appears in the chat."""
        body = await request.json()
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(random.uniform(0.002, 0.02))
            self.count += 1
            message_id = self.count
            self.seen[body["chat"]].append(body["text"])
            await asyncio.sleep(random.uniform(0.002, 0.02))
        finally:
            self.in_flight -= 1
        return web.json_response({"message_id": message_id})

    async def tell_state(self, _: web.Request) -> web.Response:
        """What the source says."""
        return web.json_response({"state": self.state.value})

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Serves on a free port of the loopback."""
        application = web.Application()
        application.router.add_post("/send", self.send)
        application.router.add_get("/state", self.tell_state)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield
        await runner.cleanup()


@dataclass
class Result:
    """What a trial found. `unsorted`: ends that came before their beginning."""

    kills: int = 0
    due: int = 0
    lost: int = 0
    copies: int = 0
    unsorted: int = 0
    most_copies_a_kill: int = 0
    most_in_flight: int = 0

    def __str__(self) -> str:
        each = self.copies / max(1, self.kills)
        return (
            f"{self.kills} kills, {self.due} pings due, lost {self.lost}, copies {self.copies} "
            f"({each:.2f} a kill, at most {self.most_copies_a_kill}), "
            f"ends before their beginning {self.unsorted}, in flight at most {self.most_in_flight}"
        )


async def trial(kills: int, database_url: str, folder: Path) -> Result:
    """Flips a source and kills the worker until that many kills are done."""
    server, result = Server(), Result()
    await _subscribe(database_url, folder)
    async with server.listening():
        outages = 0
        while result.kills < kills:
            outages += 1
            for state in (State.MAJOR_OUTAGE, State.OPERATIONAL):
                server.state = state
                wanted = CHATS * (2 * outages - (state is State.MAJOR_OUTAGE))
                await _kill_until_done(server, result, kills, (database_url, folder), wanted)
        result.due = 2 * CHATS * outages
        result.most_in_flight = server.most_in_flight
        _count(server, result)
    return result


async def _subscribe(database_url: str, folder: Path) -> None:
    database = await open_database(database_url, folder)
    now = system_clock()
    async with database.write() as connection:
        ids = range(1, CHATS + 1)
        people = [{"chat_id": one, "created_at": now, "seen_at": now} for one in ids]
        await connection.execute(insert(chats), people)
        following = [{"chat_id": one, "service": "eid"} for one in ids]
        await connection.execute(insert(subscriptions), following)
    await database.close()


async def _kill_until_done(
    server: Server, result: Result, kills: int, where: tuple[str, Path], wanted: int
) -> None:
    """Some kills in the middle of the pings, then a life long enough to finish them."""
    for _ in range(min(KILLS_AN_OUTAGE, kills - result.kills)):
        before, aim = _copies(server), server.count + random.randint(1, 50)
        worker = await _start(where, server)
        await _until(_reached(server, aim, wanted), SETTLE_SECONDS)
        await asyncio.sleep(random.uniform(0, 0.1))
        worker.send_signal(signal.SIGKILL)
        await worker.wait()
        await asyncio.sleep(0.05)
        result.kills += 1
        result.most_copies_a_kill = max(result.most_copies_a_kill, _copies(server) - before)
    worker = await _start(where, server)
    before = _copies(server)
    await _until(lambda: _distinct(server) >= wanted, SETTLE_SECONDS)
    await asyncio.sleep(0.5)
    result.most_copies_a_kill = max(result.most_copies_a_kill, _copies(server) - before)
    worker.send_signal(signal.SIGKILL)
    await worker.wait()


async def _start(where: tuple[str, Path], server: Server) -> asyncio.subprocess.Process:
    url, folder = where
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.crash.worker", url, str(folder), server.url
    )


def _reached(server: Server, aim: int, wanted: int) -> Callable[[], bool]:
    return lambda: server.count >= aim or _distinct(server) >= wanted


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not condition() and loop.time() < end:  # noqa: ASYNC110 - another process gives no event
        await asyncio.sleep(0.01)


def _copies(server: Server) -> int:
    return sum(len(texts) - len(set(texts)) for texts in server.seen.values())


def _distinct(server: Server) -> int:
    return sum(len(set(texts)) for texts in server.seen.values())


def _count(server: Server, result: Result) -> None:
    result.copies = _copies(server)
    result.lost = result.due - _distinct(server)
    for texts in server.seen.values():
        begun: Counter[str] = Counter()
        for said in texts:
            kind, _, code = said.partition("|")
            incident = code.rsplit("-", 1)[0]
            begun[incident] += kind == "onset"
            result.unsorted += kind == "resolved" and not begun[incident]
