"""Open channels, one for each service and language: how very many are reached by one message."""

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from telegram import Bot
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.alerts.model import Outgoing, Ping
from bot.faults import OperatorError, StoreUnavailableError
from bot.knowledge import LANGUAGES, Knowledge
from bot.words import Words

log = logging.getLogger(__name__)

LOOK_AGAIN = 30.0
"""Seconds until Telegram is asked again for a channel of which it could not answer."""
MEND = "Each is SERVICE:LANGUAGE:@NAME, such as recip-e:fr:@my_channel, separated by commas."

_ENTRY = re.compile(r"([a-z0-9-]+):([a-z]{2}):(@[A-Za-z][A-Za-z0-9_]{3,31})")


@dataclass(frozen=True)
class Channel:
    """`name`: with its @."""

    service: str
    language: str
    name: str


def parsed(entry: str) -> Channel | None:
    """`recip-e:fr:@name` as a channel; None where it has another shape."""
    match = _ENTRY.fullmatch(entry)
    return Channel(*match.groups()) if match else None


def listed(entries: Sequence[str], knowledge: Knowledge) -> tuple[Channel, ...]:
    """All channels of the setting. Raises OperatorError that says which one is wrong, and how."""
    services = {service.id for service in knowledge.services_of(None)}
    found: dict[str, Channel] = {}
    for number, entry in enumerate(entries, start=1):
        channel = parsed(entry)
        if channel is None:
            raise _wrong(number, "has another shape.")
        if channel.service not in services:
            raise _wrong(number, "names no service; services.yaml has their ids.")
        if channel.language not in LANGUAGES:
            raise _wrong(number, f"has no language of Bis: {', '.join(LANGUAGES)}.")
        if found.setdefault(channel.name.casefold(), channel) is not channel:
            raise _wrong(number, "names a channel for the second time; give it one of its own.")
    return tuple(found.values())


def _wrong(number: int, what: str) -> OperatorError:
    return OperatorError(f"CHANNELS cannot be used: entry {number} {what} {MEND}")


class Register(Protocol):
    """Keeps which channels the settings list. `bot.store.channels` is the one that runs."""

    async def enter(self, chat_id: int, language: str, service: str) -> None:
        """The channel follows the service from now on, besides what it chose itself."""

    async def keep_only(self, chat_ids: frozenset[int]) -> int:
        """All others that were entered follow no longer what they were entered for: how many.

        What a channel chose itself it goes on to follow.
        """


class Channels:
    """Keeps each as a chat that follows its service: its pings go through the ordinary outbox.

    What is posted there gets a button for everyone instead of those of one chat.
    """

    def __init__(
        self, bot: Bot, register: Register, channels: Sequence[Channel], words: Words
    ) -> None:
        self._bot, self._register, self._words = bot, register, words
        self._missing = list(channels)
        self._lost = self._settled = False
        self._known: set[int] = set()
        self._address = ""

    async def look(self) -> None:
        """Finds those that are missing. One that does not exist is logged and given up.

        Where Telegram or the store cannot be reached, those that are left wait for the next look.
        """
        try:
            if self._missing and not self._address:
                self._address = f"https://t.me/{(await self._bot.get_me()).username}"
            while self._missing:
                await self._find(self._missing[0])
                self._missing.pop(0)
            await self._let_go()
        except (TelegramError, StoreUnavailableError) as error:
            log.warning("channels cannot be looked for now: %s", type(error).__name__)

    async def keep_looking(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            await self.look()

    def fitted(self, ping: Ping, outgoing: Outgoing) -> Outgoing:
        """In a channel, a link to the bot: what a button of the chat does, all would see."""
        if ping.chat_id not in self._known:
            return outgoing
        label = self._words.text(ping.language, "button-what-to-do")
        link = f"{self._address}?start=s_{ping.affected[0].service}"
        return replace(outgoing, buttons=(((label, link),),))

    async def _find(self, channel: Channel) -> None:
        try:
            chat = await self._bot.get_chat(channel.name)
        except (BadRequest, Forbidden) as error:
            return self._not_found(channel, type(error).__name__)
        if chat.type != ChatType.CHANNEL:
            return self._not_found(channel, "no channel")
        await self._register.enter(chat.id, channel.language, channel.service)
        self._known.add(chat.id)
        return None

    async def _let_go(self) -> None:
        """Once: of those that were listed before. Where one is not found it may be any of them."""
        if self._settled or self._lost:
            return
        gone = await self._register.keep_only(frozenset(self._known))
        self._settled = True
        if gone:
            log.info("%d channels are not listed any more and get no more pings", gone)

    def _not_found(self, channel: Channel, why: str) -> None:
        self._lost = True
        # Neither name nor number of a chat belongs in a log.
        log.error(
            "the channel of %s in %s is not found (%s): check CHANNELS, and make the bot its admin",
            channel.service,
            channel.language,
            why,
        )
