"""A Telegram in a process of its own that only notes when messages arrive: for speed alone."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import cast

from aiohttp import ClientSession, web

LATENCY = 0.02
"""Seconds that the real one takes at least; without any, a benchmark measures a loop."""


async def serve(told: Connection, latency: float) -> None:
    """Answers every send; `/moments` gives the monotonic seconds of each since the last call."""
    moments: list[float] = []

    async def send(_: web.Request) -> web.Response:
        moments.append(time.monotonic())
        await asyncio.sleep(latency)
        chat = {"id": 1, "type": "private", "first_name": "x"}
        message = {"message_id": len(moments), "date": 0, "chat": chat, "text": "x"}
        return web.json_response({"ok": True, "result": message})

    async def me(_: web.Request) -> web.Response:
        bot = {"id": 1, "is_bot": True, "first_name": "x", "username": "x_bot"}
        return web.json_response({"ok": True, "result": bot})

    async def tell(_: web.Request) -> web.Response:
        found = list(moments)
        moments.clear()
        return web.json_response(found)

    application = web.Application()
    application.router.add_post("/bot{token}/sendMessage", send)
    application.router.add_post("/bot{token}/getMe", me)
    application.router.add_get("/moments", tell)
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


async def moments(url: str) -> list[float]:
    """When the messages since the last call arrived, in order."""
    async with ClientSession() as session, session.get(f"{url}/moments") as answer:
        return cast("list[float]", await answer.json())
