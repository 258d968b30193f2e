"""A Telegram in a process of its own that only notes when messages arrive: for speed alone."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import cast

from aiohttp import ClientSession, web

from tests.telegram_server import TOKEN

LATENCY = 0.02
"""Seconds that the real one takes at least; without any, a benchmark measures a loop."""


async def serve(told: Connection, latency: float) -> None:
    """Answers every send; `/moments` gives the monotonic seconds of a token's new ones."""
    moments: dict[str, list[float]] = defaultdict(list)
    chat = {"id": 1, "type": "private", "first_name": "x"}
    ids = count(1)

    async def send(request: web.Request) -> web.Response:
        moments[request.match_info["token"]].append(time.monotonic())
        if latency:
            await asyncio.sleep(latency)
        message = {"message_id": next(ids), "date": 0, "chat": chat, "text": "x"}
        return web.json_response({"ok": True, "result": message})

    async def me(_: web.Request) -> web.Response:
        bot = {"id": 1, "is_bot": True, "first_name": "x", "username": "x_bot"}
        return web.json_response({"ok": True, "result": bot})

    async def tell(request: web.Request) -> web.Response:
        return web.json_response(moments.pop(request.match_info["token"], []))

    application = web.Application()
    application.router.add_post("/bot{token}/sendMessage", send)
    application.router.add_post("/bot{token}/getMe", me)
    application.router.add_get("/moments/{token}", tell)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    told.send(f"http://127.0.0.1:{runner.addresses[0][1]}")
    await asyncio.Event().wait()


def _main(told: Connection, latency: float) -> None:
    asyncio.run(serve(told, latency))


@contextmanager
def far_telegram(latency: float = LATENCY) -> Iterator[str]:
    """Its address while the block runs."""
    context = get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_main, args=(its, latency), daemon=True)
    process.start()
    try:
        yield cast("str", mine.recv())
    finally:
        process.kill()
        process.join()


async def moments(url: str, token: str = TOKEN) -> list[float]:
    """When the messages since the last call arrived, in order."""
    async with ClientSession() as session, session.get(f"{url}/moments/{token}") as answer:
        return cast("list[float]", await answer.json())


async def arrived(url: str, count: int) -> list[float]:
    """Waits until so many have arrived."""
    seen: list[float] = []
    while len(seen) < count:
        await asyncio.sleep(0.02 if count == 1 else 0.5)
        seen += await moments(url)
    return seen


def rate_of(seen: list[float]) -> float:
    """Messages a second."""
    return (len(seen) - 1) / (seen[-1] - seen[0])
