"""What the team is told in their private chats."""

import logging
from collections.abc import Iterable

from bot.alerts.errors import SendError, StoreUnavailableError
from bot.alerts.model import Outgoing
from bot.chat.delivery import TelegramTransport
from bot.chat.markup import bold, joined, plain
from bot.knowledge.problems import Problem
from bot.preferences import PreferenceStore
from bot.words import FALLBACK, Words

log = logging.getLogger(__name__)

SHOWN = 8
LINE_LIMIT = 400
"""Characters of one problem: eight of them fit in a message."""


class Admins:
    """The people of ADMIN_IDS: a private chat has the number of its person."""

    def __init__(
        self,
        transport: TelegramTransport,
        admin_ids: Iterable[int],
        preferences: PreferenceStore,
        words: Words,
    ) -> None:
        self._transport, self._ids = transport, sorted(admin_ids)
        self._preferences, self._words = preferences, words

    async def refused(self, problems: tuple[Problem, ...]) -> None:
        """Says where a changed knowledge base has its faults. Who cannot be told is only logged."""
        for admin in self._ids:
            try:
                kept = await self._preferences.load(admin)
                told = refusal(self._words, kept.language or FALLBACK, problems)
                await self._transport.send(admin, told, silent=False, reply_to=None)
            except (SendError, StoreUnavailableError) as error:
                log.warning("an admin could not be told: %s", type(error).__name__)


def refusal(words: Words, language: str, problems: tuple[Problem, ...]) -> Outgoing:
    """The faults with their places, file:line:column, what, and how to mend it."""
    listed = [plain(_cut(str(problem))) for problem in problems[:SHOWN]]
    more = len(problems) - SHOWN
    if more > 0:
        listed.append(plain(words.text(language, "reload-more", count=more)))
    return Outgoing(joined((bold(words.text(language, "reload-refused")), *listed), "\n\n"))


def _cut(line: str) -> str:
    return line if len(line) <= LINE_LIMIT else line[: LINE_LIMIT - 1] + "…"
