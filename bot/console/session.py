"""A conversation in the terminal: lines become updates of the very same Application."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, TextIO

from telegram import Update
from telegram.request import BaseRequest

from bot.chat.application import App
from bot.console.request import CHAT_ID, ConsoleRequest
from bot.console.screen import Screen
from bot.words import FALLBACK, Words

TOKEN = "1:terminal"  # noqa: S105 - opens nothing
"""What python-telegram-bot wants to see; no server is asked."""
LEAVE = frozenset({"/quit", "/exit"})


async def run_console(
    build_application: Callable[[BaseRequest], App],
    language: str | None,
    profession: str | None,
    input_stream: TextIO,
    output: TextIO,
) -> None:
    """Talks until /quit, Ctrl-D or the end of a pipe.

    `build_application` is given our transport and gives the Application with its parts.
    """
    screen = Screen(output)
    application = build_application(ConsoleRequest(screen))
    session = _Session(application, screen, language)
    async with application:
        await session.set_up(profession)
        await session.talk(input_stream)


class _Session:
    def __init__(self, application: App, screen: Screen, language: str | None) -> None:
        self._application = application
        self._screen = screen
        self._language = language
        self._words = Words()
        self._updates = 0

    async def set_up(self, profession: str | None) -> None:
        """Language and profession are set by their commands, as a person would, but in silence."""
        self._screen.muted = True
        for name, value in (("language", self._language), ("profession", profession)):
            if value:
                await self._feed(self._typed(f"/{name} {value}"))
        self._screen.muted = False
        self._screen.say(self._say("console-hello"))

    async def talk(self, input_stream: TextIO) -> None:
        """Each line in turn; a pipe's lines are shown, since no one sees them typed."""
        echo = not input_stream.isatty()
        if not echo:
            self._screen.prompt()
        async for line in _lines(input_stream):
            if echo:
                self._screen.prompt(line)
            if line.strip().casefold() in LEAVE:
                break
            await self._take(line)
            if not echo:
                self._screen.prompt()
        self._screen.say(self._say("console-bye"))

    async def _take(self, line: str) -> None:
        typed = line.strip()
        if typed.isdecimal() and self._screen.has_buttons and len(typed) <= 2:  # noqa: PLR2004 - a button's number
            pressed = self._screen.pressed(typed)
            if pressed is None:
                self._screen.say(self._say("console-no-button"))
                return
            await self._feed(self._pressed(*pressed))
        elif typed:
            await self._feed(self._typed(typed))

    async def _feed(self, update: dict[str, Any]) -> None:
        self._updates += 1
        read = Update.de_json({"update_id": self._updates, **update}, self._application.bot)
        await self._application.process_update(read)

    def _typed(self, text: str) -> dict[str, Any]:
        message = {**self._message(self._updates + 1), "from": self._person(), "text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return {"message": message}

    def _pressed(self, number: int, data: str) -> dict[str, Any]:
        query = {
            "id": str(self._updates + 1),
            "from": self._person(),
            "chat_instance": "terminal",
            "data": data,
            "message": self._message(number),
        }
        return {"callback_query": query}

    def _message(self, number: int) -> dict[str, Any]:
        chat = {"id": CHAT_ID, "type": "private", "first_name": "Terminal"}
        return {"message_id": number, "date": int(time.time()), "chat": chat}

    def _person(self) -> dict[str, Any]:
        person = {"id": CHAT_ID, "is_bot": False, "first_name": "Terminal"}
        return {**person, "language_code": self._language} if self._language else person

    def _say(self, message_id: str) -> str:
        return self._words.text(self._language or FALLBACK, message_id)


async def _lines(input_stream: TextIO) -> AsyncIterator[str]:
    """Lines as they are typed. A daemon thread reads: Ctrl-C need not wait for a last Enter."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def put(line: str | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(queue.put_nowait, line)

    def read() -> None:
        for line in input_stream:
            put(line.rstrip("\n"))
        put(None)

    threading.Thread(target=read, name="console-input", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line
