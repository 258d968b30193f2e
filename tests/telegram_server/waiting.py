"""Waiting for what the bot does, with the chat in the error when it does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from .records import Json, Message
from .transcript import transcript
from .world import World

Wanted = int | str | Callable[[Message], bool]
PATIENCE = 10.0


class Waiting:
    """Ways to wait; the server inherits them."""

    world: World

    async def wait_until(
        self, condition: Callable[[], bool], patience: float = PATIENCE, what: str = "the condition"
    ) -> None:
        """Wait until a condition on the fake's state holds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while not condition():
            if loop.time() >= end:
                raise AssertionError(f"{what} did not come within {patience} s")
            # A short step as well, for conditions that do not depend on the chats.
            await self.world.updates.changed(min(0.05, max(0.0, end - loop.time())))

    async def wait_for(
        self, chat_id: int, wanted: Wanted = 1, patience: float = PATIENCE, after: int = 0
    ) -> Message:
        """Wait for messages of the bot and return the last that fits.

        `wanted` is a number of messages, a part of a text, or a predicate; `after` leaves out
        messages up to that message_id.
        """
        try:
            await self.wait_until(lambda: bool(self._fitting(chat_id, wanted, after)), patience)
        except AssertionError:
            raise AssertionError(self._missed(chat_id, wanted, after)) from None
        return self._fitting(chat_id, wanted, after)[-1]

    def _fitting(self, chat_id: int, wanted: Wanted, after: int) -> list[Message]:
        chat = self.world.chats.by_id.get(chat_id)
        messages = chat.from_bot() if chat else []
        messages = [message for message in messages if message.message_id > after]
        if isinstance(wanted, int):
            return messages if len(messages) >= wanted else []
        fits = contains(wanted) if isinstance(wanted, str) else wanted
        return [message for message in messages if fits(message)]

    def _missed(self, chat_id: int, wanted: Wanted, after: int) -> str:
        chat = self.world.chats.by_id.get(chat_id)
        seen = transcript(chat) if chat else f"chat {chat_id}: nothing"
        return f"the bot did not send {wanted!r} after message {after}; the chat is:\n{seen}"

    async def wait_for_answer(self, query_id: str, patience: float = PATIENCE) -> Json:
        """Wait for the answer to a callback query or an inline query."""
        queries = {**self.world.callback_queries, **self.world.inline_queries}
        if query_id not in queries:
            raise LookupError(f"no query {query_id}")
        await self.wait_until(lambda: self._answer_of(query_id) is not None, patience, "an answer")
        return self._answer_of(query_id) or {}

    def _answer_of(self, query_id: str) -> Json | None:
        callback = self.world.callback_queries.get(query_id)
        if callback is not None:
            return callback.answer
        return self.world.inline_queries[query_id].answer

    async def wait_until_read(self, patience: float = PATIENCE) -> None:
        """Wait until the bot has confirmed every update (its handlers may still run)."""
        await self.wait_until(lambda: not self.world.updates.pending, patience, "confirmation")


def contains(part: str) -> Callable[[Message], bool]:
    """Return the predicate "the text contains"."""
    return lambda message: part in message.text
