"""The process is killed at the worst moments: no ping is lost, and copies stay few."""

import asyncio
import random

import pytest

from tests.stories.process import BotProcess
from tests.stories.site import DOWN, FINE, StatusSite
from tests.stories.talking import Chat
from tests.telegram_server import Message, TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHATS = range(500, 540)
IN_FLIGHT = 8
KILLS = 3
ANSWER_SECONDS = 0.05
"""Telegram's answers take so long that a kill finds some of them still due."""
PATIENCE = 90.0


def pings(server: TelegramServer, chat: int, code: str) -> list[Message]:
    """Those of an incident, in the order in which the chat got them."""
    return [message for message in server.sent(chat) if f"Incident {code}" in message.text]


def ends(server: TelegramServer, chat: int, code: str) -> list[Message]:
    """The messages that say that it is over: silent, unlike its onset."""
    return [message for message in pings(server, chat, code) if message.silent]


async def kill_after(bot: BotProcess, server: TelegramServer, sends: int, seconds: float) -> None:
    """Kills once so many more messages were sent (or none are left), a moment later."""
    wanted = len(server.calls("sendMessage")) + sends
    for _ in range(100):
        if len(server.calls("sendMessage")) >= wanted:
            break
        await asyncio.sleep(0.05)
    await asyncio.sleep(seconds)
    await bot.kill()


async def kill_often(bot: BotProcess, server: TelegramServer, chance: random.Random) -> None:
    for _ in range(KILLS):
        await kill_after(bot, server, chance.randint(1, 9), chance.uniform(0, 0.1))
        await bot.start()


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
    await server.wait_until(lambda: server.flood.in_flight == 0, what="the last answer")
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
    """SIGTERM in the middle of pings: after the restart the rest is told, and nobody twice."""
    sent = len(server.calls("sendMessage"))
    site.flip("Recip-e", DOWN)
    await server.wait_until(lambda: len(server.calls("sendMessage")) >= sent + 5, PATIENCE)
    assert await bot.terminate() == 0, bot.log
    await bot.start()
    for chat in CHATS:
        await server.wait_for(chat, "Incident REC-0002", PATIENCE)
    site.flip("Recip-e", FINE)
    for chat in CHATS:
        await server.wait_for(
            chat, lambda one: one.silent and "Incident REC-0002" in one.text, PATIENCE
        )
        assert len(pings(server, chat, "REC-0002")) == 2, server.transcript(chat)


async def test_killed_in_the_middle_of_pings_it_loses_none(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """Six kills at random: each is told of both; copies only of what was in flight."""
    seed = random.randrange(10**9)
    chance = random.Random(seed)
    site.flip("Session Management", DOWN)
    await kill_often(bot, server, chance)
    for chat in CHATS:
        await server.wait_for(chat, "Incident STS-0001", PATIENCE)
    site.flip("Session Management", FINE)
    await kill_often(bot, server, chance)
    for chat in CHATS:
        await server.wait_for(
            chat, lambda one: one.silent and "Incident STS-0001" in one.text, PATIENCE
        )
    copies = 0
    for chat in CHATS:
        told, over = pings(server, chat, "STS-0001"), ends(server, chat, "STS-0001")
        assert not told[0].silent, f"seed {seed}\n{server.transcript(chat)}"
        assert {one.message_id for one in over} == {one.message_id for one in told[-len(over) :]}
        copies += len(told) - 2
    assert copies <= 2 * KILLS * IN_FLIGHT, f"seed {seed}"
