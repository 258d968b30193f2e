"""The control API of a server in its own process, and the client for it."""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from aiohttp import web

from .records import Json, Message
from .server import TelegramServer

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 60.0


def message_json(message: Message) -> Json:
    """Return a message with everything that the truth knows of it."""
    record = asdict(message)
    if message.photo is not None:
        record["photo"] = base64.b64encode(message.photo).decode()
    labels = {"text": message.text, "labels": message.labels, "from_bot": message.from_bot}
    return record | labels


def state_json(server: TelegramServer) -> Json:
    """Return what happened on the whole server."""
    updates = server.world.updates
    return {
        "violations": [asdict(violation) for violation in server.violations],
        "refusals": server.refusals,
        "requests": [asdict(request) for request in server.requests],
        "counters": server.flood.to_json(),
        "chats": [chat.id for chat in server.world.chats],
        "pending_updates": len(updates.pending),
        "conflicts": server.conflicts,
    }


class Control:
    """The commands that a test in another process can give."""

    def __init__(self, server: TelegramServer) -> None:
        """Command this server."""
        self.server = server
        self.commands: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "say": self.say,
            "press": self.press,
            "standing": self.standing,
            "chats": self.chats,
            "update": self.update,
            "fault": self.fault,
            "rate": self.rate,
            "wait": self.wait,
            "answer": self.answer,
            "messages": self.messages,
            "transcript": self.transcript,
            "state": self.state,
            "release": self.release,
            "reset": self.reset,
        }

    def routes(self) -> list[web.RouteDef]:
        """Return the one route of the control API."""
        return [web.post("/control/{command}", self.handle)]

    async def handle(self, request: web.Request) -> web.Response:
        """Carry out one command; what went wrong comes back as text."""
        command = self.commands.get(request.match_info["command"])
        if command is None:
            return web.json_response({"error": "no such command"}, status=404)
        try:
            return web.json_response({"result": await command(await request.json())})
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)

    async def say(self, given: Json) -> Json:
        """Write as a person."""
        return message_json(await self.server.say(**given))

    async def press(self, given: Json) -> str:
        """Press a button."""
        return await self.server.press(**given)

    async def standing(self, given: Json) -> None:
        """Block, unblock, kick, and so on."""
        await self.server.set_standing(**given)

    async def chats(self, given: Json) -> None:
        """Make chats that may be written to."""
        for chat_id in given["chat_ids"]:
            self.server.add_chat(chat_id, given.get("chat_type", "private"))

    async def update(self, given: Json) -> int:
        """Send any update."""
        return self.server.world.updates.add(given["kind"], given["content"])

    async def fault(self, given: Json) -> None:
        """Plan a fault."""
        self.server.fail(**given)

    async def rate(self, given: Json) -> None:
        """Switch the limit over all chats."""
        self.server.limit_rate(**given)

    async def wait(self, given: Json) -> Json:
        """Wait for messages of the bot: a number of them or a part of a text."""
        return message_json(await self.server.wait_for(**given))

    async def answer(self, given: Json) -> Json:
        """Wait for the answer to a press."""
        return await self.server.wait_for_answer(**given)

    async def messages(self, given: Json) -> list[Json]:
        """Return every message of a chat, deleted ones too."""
        return [message_json(message) for message in self.server.history(**given)]

    async def transcript(self, given: Json) -> str:
        """Return a chat as plain text."""
        return self.server.transcript(**given)

    async def state(self, given: Json) -> Json:
        """Return violations, refusals, requests and counters."""
        return state_json(self.server)

    async def release(self, given: Json) -> None:
        """Let held answers go."""
        self.server.release()

    async def reset(self, given: Json) -> None:
        """Forget everything."""
        await self.server.reset()


class ControlClient:
    """Commands for a server in another process; the names are those of `Control`."""

    def __init__(self, url: str) -> None:
        """Talk to the server at this base address."""
        self.url = url
        self._client = httpx.AsyncClient(base_url=url, timeout=WAIT_SECONDS)

    async def command(self, name: str, **given: Any) -> Any:
        """Give one command and return its result; an error there is an error here."""
        answer = await self._client.post(f"/control/{name}", json=given)
        body = answer.json()
        if answer.status_code != 200:
            raise AssertionError(f"{name}: {body['error']}")
        return body["result"]

    async def say(self, chat_id: int, text: str, **given: Any) -> Json:
        """Write as a person."""
        return dict(await self.command("say", chat_id=chat_id, text=text, **given))

    async def press(self, chat_id: int, button: str, **given: Any) -> str:
        """Press a button by its text or data."""
        return str(await self.command("press", chat_id=chat_id, button=button, **given))

    async def fail(self, kind: str = "answer", **plan: Any) -> None:
        """Plan a fault."""
        await self.command("fault", kind=kind, **plan)

    async def wait_for(self, chat_id: int, wanted: int | str = 1, **given: Any) -> Json:
        """Wait for messages of the bot and return the last."""
        return dict(await self.command("wait", chat_id=chat_id, wanted=wanted, **given))

    async def messages(self, chat_id: int) -> list[Json]:
        """Return every message of a chat, deleted ones too."""
        return list(await self.command("messages", chat_id=chat_id))

    async def transcript(self, chat_id: int) -> str:
        """Return a chat as plain text."""
        return str(await self.command("transcript", chat_id=chat_id))

    async def state(self) -> Json:
        """Return violations, refusals, requests and counters."""
        return dict(await self.command("state"))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class TelegramProcess(ControlClient):
    """A server in its own process, as an async context manager, with its client."""

    def __init__(self, *arguments: str) -> None:
        """Take further arguments for the command line, such as --spec."""
        super().__init__("http://127.0.0.1")
        self.arguments = arguments
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        """Start the process and wait for the port that it prints."""
        package = __package__ or ""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", package, *self.arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        port = (await self._process.stdout.readline()).decode().strip()
        self.url = f"http://127.0.0.1:{port}"
        self._client.base_url = httpx.URL(self.url)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        await self.close()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()
