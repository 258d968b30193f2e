"""The process ends between two messages, or is told to end: each is told once.

Killed in the middle of them: test_killed_at_random.py and tests/crash.
"""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from tests.stories.process import BotProcess
from tests.stories.site import DOWN, FINE, StatusSite
from tests.stories.talking import Chat
from tests.telegram_server import Message, TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHATS = range(500, 540)
ANSWER_SECONDS = 0.05
"""Telegram's answers take so long that a kill finds some of them still due."""
PATIENCE = 90.0


def pings(server: TelegramServer, chat: int, code: str) -> list[Message]:
    """Those of an incident, in the order in which the chat got them."""
    return [message for message in server.sent(chat) if f"Incident {code}" in message.text]


def ends(server: TelegramServer, chat: int, code: str) -> list[Message]:
    """The messages that say that it is over: silent, unlike its onset."""
    return [message for message in pings(server, chat, code) if message.silent]


def in_flight(server: TelegramServer) -> bool:
    """Whether an answer is still due to the bot."""
    return server.flood.in_flight > 0


def unsettled(bot: BotProcess) -> int:
    """Rows of the bot's outbox that are, or ever were, of uncertain fate, and those in mid-send."""
    sql = "SELECT count(*) FROM deliveries WHERE uncertain > 0 OR state = 'sending'"
    with closing(sqlite3.connect(bot.data / "bis.sqlite3")) as store:
        return int(store.execute(sql).fetchone()[0])


async def test_forty_colleagues_subscribe(bot: BotProcess, server: TelegramServer) -> None:
    """Each by typing."""
    for chat in CHATS:
        await Chat(server, chat).ask("/subscribe recip-e sts")
    server.fail(kind="delay", method="sendMessage", seconds=ANSWER_SECONDS, times=None)


async def test_killed_between_onset_and_end_it_tells_each_once(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """The outage ends while nobody watches; the next life of the process tells its end."""
    site.flip("Recip-e", DOWN)
    for chat in CHATS:
        await server.wait_for(chat, "Incident REC-0001")
    await server.wait_until(lambda: not in_flight(server), what="the last answer")
    await asyncio.sleep(4 * ANSWER_SECONDS)  # the bot has marked what was answered
    await bot.kill()
    site.flip("Recip-e", FINE)
    await bot.start()
    for chat in CHATS:
        await server.wait_for(chat, lambda one: one.silent, PATIENCE)
        assert len(pings(server, chat, "REC-0001")) == 2, server.transcript(chat)
        assert len(ends(server, chat, "REC-0001")) == 1, server.transcript(chat)


async def test_told_to_end_it_finishes_what_it_began(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """SIGTERM in the middle of pings: none is left in doubt; the rest is told, nobody twice."""
    enough = server.flood.sends + 5
    site.flip("Recip-e", DOWN)
    await server.wait_until(lambda: server.flood.sends >= enough and in_flight(server), PATIENCE)
    assert await bot.terminate() == 0, bot.log
    assert unsettled(bot) == 0
    await bot.start()
    for chat in CHATS:
        await server.wait_for(chat, "Incident REC-0002", PATIENCE)
    site.flip("Recip-e", FINE)
    for chat in CHATS:
        await server.wait_for(
            chat, lambda one: one.silent and "Incident REC-0002" in one.text, PATIENCE
        )
        assert len(pings(server, chat, "REC-0002")) == 2, server.transcript(chat)
