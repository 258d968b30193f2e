"""What the team is told in their private chats."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable

from bot.alerts.errors import RetryAfterError, SendError
from bot.alerts.limiter import Limiter
from bot.alerts.model import Outgoing
from bot.alerts.ports import Trouble
from bot.chat.delivery import TelegramTransport
from bot.chat.markup import bold, joined, plain
from bot.chat.pacing import LONGEST_WAIT
from bot.faults import StoreUnavailableError
from bot.knowledge.problems import Problem
from bot.preferences import PreferenceStore
from bot.words import FALLBACK, Words

log = logging.getLogger(__name__)

SHOWN = 8
LINE_LIMIT = 400
"""Characters of one problem: eight of them fit in a message."""
AGAIN = 3600.0
"""Seconds in which the same trouble is told once: it may strike each chat of a broadcast."""
TOLD = {
    Trouble.MANY_REFUSALS: "trouble-many-refusals",
    Trouble.GIVEN_UP: "trouble-given-up",
    Trouble.BAD_MESSAGE: "trouble-bad-message",
}
"""The others stop every send: those the log and the dead-man's switch tell."""


class Admins:
    """The people of ADMIN_IDS: a private chat has the number of its person."""

    def __init__(
        self,
        transport: TelegramTransport,
        limiter: Limiter,
        admin_ids: Iterable[int],
        preferences: PreferenceStore,
        words: Words,
    ) -> None:
        self._transport, self._limiter, self._ids = transport, limiter, sorted(admin_ids)
        self._preferences, self._words = preferences, words
        self._told_at: dict[Trouble, float] = {}
        self._telling: set[asyncio.Task[None]] = set()

    async def refused(self, problems: tuple[Problem, ...]) -> None:
        """Says where a changed knowledge base has its faults."""
        await self._tell(lambda language: refusal(self._words, language, problems))

    async def troubled(self, trouble: Trouble) -> None:
        """Says what goes wrong with pings. Returns at once: who raises it has pings to send."""
        now, word = time.monotonic(), TOLD.get(trouble)
        if word is None or now < self._told_at.get(trouble, float("-inf")) + AGAIN:
            return
        self._told_at[trouble] = now
        told = self._tell(lambda language: Outgoing(bold(self._words.text(language, word))))
        task = asyncio.create_task(told)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, words: Callable[[str], Outgoing]) -> None:
        """Each in their language. Who cannot be told is only logged."""
        for admin in self._ids:
            try:
                kept = await self._preferences.load(admin)
                told = words(kept.language or FALLBACK)
                await self._send(admin, told)
            except (SendError, StoreUnavailableError) as error:
                log.warning("an admin could not be told: %s", type(error).__name__)

    async def _send(self, admin: int, told: Outgoing) -> None:
        """Once more, where Telegram asks to wait a little."""
        try:
            await self._in_turn(admin, told)
        except RetryAfterError as error:
            if error.seconds > LONGEST_WAIT:
                raise
            await self._in_turn(admin, told)

    async def _in_turn(self, admin: int, told: Outgoing) -> None:
        """What Telegram asks to wait holds for pings and replies too."""
        await self._limiter.reply()
        try:
            await self._transport.send(admin, told, silent=False, reply_to=None)
        except RetryAfterError as error:
            self._limiter.ban(error.seconds)
            raise


def refusal(words: Words, language: str, problems: tuple[Problem, ...]) -> Outgoing:
    """The faults with their places, file:line:column, what, and how to mend it."""
    listed = [plain(_cut(str(problem))) for problem in problems[:SHOWN]]
    more = len(problems) - SHOWN
    if more > 0:
        listed.append(plain(words.text(language, "reload-more", count=more)))
    return Outgoing(joined((bold(words.text(language, "reload-refused")), *listed), "\n\n"))


def _cut(line: str) -> str:
    return line if len(line) <= LINE_LIMIT else line[: LINE_LIMIT - 1] + "…"
