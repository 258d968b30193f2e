"""The bot as it runs, killed in the middle of pings: a source, a Bot API server, a process."""

import asyncio
import itertools
import os
import random
import re
from dataclasses import dataclass
from pathlib import Path

from tests.crash.harms import until
from tests.crash.ledger import Ledger, Result
from tests.stories.folder import Content
from tests.stories.process import BotProcess
from tests.stories.site import DOWN, FINE, StatusSite
from tests.telegram_server import Message, TelegramServer

CHATS = 300
KILLS_A_FLIP = 5
MOST_KILLS = 100
"""A chat that heard ten sounds today hears no eleventh; and by its sound an onset is known here."""
COMPONENTS = ("Recip-e", "eAttest", "Assurabilité", "MyCareNet", "Session Management")
"""Of the site; what others rest on comes last."""
FOLLOW = "/subscribe recip-e eattest insurability mycarenet sts"
CODE = re.compile(r"Incident ([A-Z]+-\d+)")
ANSWER_SECONDS = 0.25
"""Telegram's answers take so long that at 25 pings a second several are in flight."""


@dataclass
class Story:
    """One bot and its chats. Each life of it has an address of its own at the server."""

    bot: BotProcess
    server: TelegramServer
    site: StatusSite
    chats: range
    due: int = 0
    kills: int = 0

    async def subscribe(self) -> None:
        """Each chat types it; from then on answers take their time."""
        for chat in self.chats:
            await self.server.say(chat, FOLLOW, language_code="fr")
        await until(lambda: all(self.server.sent(chat) for chat in self.chats))
        self.server.fail(kind="delay", method="sendMessage", seconds=ANSWER_SECONDS, times=None)
        self.server.flood.max_in_flight = 0

    async def flip(self, component: str, state: str, kills: int) -> None:
        """Kills in the middle of the pings, then a life long enough to finish them."""
        self.site.flip(component, state)
        self.due += len(self.chats)
        for _ in range(kills):
            await self._kill()
        await until(lambda: self.ledger().distinct >= self.due)
        await asyncio.sleep(3 * ANSWER_SECONDS)

    async def _kill(self) -> None:
        """Once some more were sent, or none are left; then a new start."""
        aim = self._sends() + random.randint(1, len(self.chats) // (KILLS_A_FLIP + 1))
        await until(lambda: self._sends() >= aim or self.ledger().distinct >= self.due)
        await asyncio.sleep(random.uniform(0, ANSWER_SECONDS))
        await self.bot.kill()
        self.kills += 1
        self.bot.settings |= life(self.server, self.kills)
        await self.bot.start()

    def _sends(self) -> int:
        return self.server.flood.sends

    def ledger(self) -> Ledger:
        """What the chats saw of incidents so far."""
        made = Ledger()
        for chat in self.chats:
            for message in self.server.sent(chat):
                note(made, message)
        return made

    def result(self) -> Result:
        """What the server saw of it."""
        ledger = self.ledger()
        return Result(
            harms=self.kills,
            due=self.due,
            lost=self.due - ledger.distinct,
            copies=ledger.copies,
            worst=max(ledger.copies_of_lives().values(), default=0),
            unsorted=ledger.unsorted(),
            most_in_flight=self.server.flood.max_in_flight,
        )


def note(ledger: Ledger, message: Message) -> None:
    """An end answers its beginning, which is repeated without a sound once it is over."""
    found = CODE.search(message.text)
    if found:
        kind = "resolved" if message.reply_to else "onset"
        ledger.note(message.chat_id, f"{kind}|{found[1]}-0", int(message.caller))


async def trial(
    kills: int, folder: Path, content: Content, chats: int = CHATS, a_flip: int = KILLS_A_FLIP
) -> Result:
    """Outage after outage, with so many kills at each flip, until all kills are done."""
    assert kills <= MOST_KILLS, f"at most {MOST_KILLS}"
    specification = os.environ.get("BOT_API_SPEC")
    async with (
        StatusSite(content.port) as site,
        TelegramServer(specification) as server,
        quick(folder, content, server, site) as bot,
    ):
        story = Story(bot, server, site, range(500, 500 + chats))
        await story.subscribe()
        components = itertools.cycle(COMPONENTS)
        while story.kills < kills:
            component, left = next(components), kills - story.kills
            for state, share in ((DOWN, (left + 1) // 2), (FINE, left // 2)):
                await story.flip(component, state, min(a_flip, share))
        return story.result()


def quick(folder: Path, content: Content, server: TelegramServer, site: StatusSite) -> BotProcess:
    """A bot that answers the chats' subscriptions quickly."""
    first = life(server, 0)
    return BotProcess(folder / "bot", content, server, site, REPLIES_PER_SECOND="100", **first)


def life(server: TelegramServer, number: int) -> dict[str, str]:
    """Its setting: what the dead process had sent is its own, though the server reads it late."""
    return {"TELEGRAM_API_URL": server.url_for(str(number))}
