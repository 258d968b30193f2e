"""Run the fake in its own process: `python -m tests.telegram_server --port 0 --token T`.

The first line of the output is the port; commands come as POST /control/<command>.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys

from .control import Control
from .server import TOKEN, TelegramServer


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="telegram_server")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--spec", default=os.environ.get("BOT_API_SPEC"))
    parser.add_argument("--rate-limit", type=int, default=None)
    parser.add_argument("--create-chats", action="store_true")
    return parser.parse_args()


async def serve(given: argparse.Namespace) -> None:
    """Serve until the process is told to end."""
    server = TelegramServer(
        given.spec,
        token=given.token,
        port=given.port,
        rate_limit=given.rate_limit,
        create_chats=given.create_chats,
    )
    await server.start(Control(server).routes())
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()
    await server.stop()


if __name__ == "__main__":
    asyncio.run(serve(arguments()))
