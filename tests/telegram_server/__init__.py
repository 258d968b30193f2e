"""A fake Telegram Bot API server for tests: the truth of every chat, refusals, faults.

    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as server:
        ...  # start the bot with server.url as TELEGRAM_API_URL and TOKEN as its token
        answer = await server.ask(100, "/start", language_code="fr")
        query = await server.press(100, answer.labels[0])
        await server.wait_for_answer(query)
        assert server.violations == []

Where the wording of a refusal is not known from the real server, the fake's own words are
marked as such in the code.
"""

from __future__ import annotations

from .control import ControlClient, TelegramProcess
from .entities import EntitiesError, parse_html, utf16_length
from .faults import Fault
from .records import Button, Content, Message, Person, Request, Violation
from .server import TOKEN, TelegramServer

__all__ = [
    "TOKEN",
    "Button",
    "Content",
    "ControlClient",
    "EntitiesError",
    "Fault",
    "Message",
    "Person",
    "Request",
    "TelegramProcess",
    "TelegramServer",
    "Violation",
    "parse_html",
    "utf16_length",
]
