"""Chats are served side by side; the updates of one chat in their order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 8
"""Updates served at once, each of another chat."""


class ChatByChat(BaseUpdateProcessor):
    """Keeps two presses of one chat from overwriting each other's choices."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        super().__init__(at_once)
        self._turns: dict[int, _Turn] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Waits for the chat's turn, then serves."""
        async with self._turn(update):
            await coroutine

    def _turn(self, update: object) -> Any:
        chat = update.effective_chat if isinstance(update, Update) else None
        return self._in_order(chat.id) if chat else nullcontext()

    @asynccontextmanager
    async def _in_order(self, chat_id: int) -> AsyncIterator[None]:
        turn = self._turns.setdefault(chat_id, _Turn())
        turn.waiting += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                del self._turns[chat_id]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


class _Turn:
    """The lock of one chat, and how many hold or await it."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0
