"""What the people of ADMIN_IDS are told, in their private chats and their languages."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.alerts.limiter import Limiter
from bot.alerts.ports import Trouble
from bot.chat.admins import TOLD, Admins
from bot.chat.delivery import TelegramTransport
from bot.chat.receiving import sending_bot
from bot.knowledge.problems import Problem
from bot.preferences import Preferences
from bot.words import Words
from tests.chat.memory import MemoryStore
from tests.telegram_server import TOKEN, TelegramServer

ANNA, BORIS = 100, 101
"""Boris never wrote to the bot."""
# python-telegram-bot warns that retry_after will change its type.
quiet = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest_asyncio.fixture(name="server")
async def make_server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as made:
        made.add_chat(ANNA)
        yield made
        assert made.violations == []


@pytest.fixture(name="limiter")
def make_limiter() -> Limiter:
    return Limiter(25, 5, time.monotonic, asyncio.sleep)


@pytest_asyncio.fixture(name="admins")
async def make_admins(server: TelegramServer, limiter: Limiter) -> AsyncIterator[Admins]:
    store = MemoryStore()
    store.kept[ANNA] = Preferences(ANNA, language="nl")
    async with sending_bot(TOKEN, server.url) as bot:
        yield Admins(TelegramTransport(bot), limiter, {BORIS, ANNA}, store, Words())


async def test_a_refused_base_is_told_with_its_places(
    admins: Admins, server: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    """One who never wrote to the bot is only counted in the log."""
    problem = Problem("services.yaml", 12, 3, "hue: <b> is not allowed", "remove the key")
    await admins.refused((problem,))
    [told] = server.sent(ANNA)
    assert told.text.startswith("De gewijzigde kennisbank is geweigerd.")
    assert "services.yaml:12:3: hue: <b> is not allowed -> remove the key" in told.text
    assert "an admin could not be told: " in caplog.text
    assert str(BORIS) not in caplog.text


@pytest.mark.parametrize("trouble", TOLD)
async def test_trouble_with_pings_is_told_once_an_hour(
    admins: Admins, server: TelegramServer, trouble: Trouble
) -> None:
    """It may strike each of ten thousand chats; another trouble is told beside it."""
    for _ in range(5):
        await admins.troubled(trouble)
    other = next(one for one in TOLD if one is not trouble)
    await admins.troubled(other)
    await server.wait_until(lambda: len(server.sent(ANNA)) == 2)
    await server.wait_until(lambda: len(server.calls("sendMessage")) == 4)
    wanted = {Words().text("nl", TOLD[one]) for one in (trouble, other)}
    assert {told.text for told in server.sent(ANNA)} == wanted


@quiet
@pytest.mark.parametrize(("seconds", "told"), [(1, True), (300, False)])
async def test_a_wait_that_telegram_asks_for_holds_for_all(
    admins: Admins, server: TelegramServer, limiter: Limiter, seconds: int, told: bool
) -> None:
    """After a short one they are told all the same; nothing else leaves in between."""
    server.fail(chat_id=ANNA, retry_after=seconds)
    telling = asyncio.create_task(admins.refused(()))
    await server.wait_until(lambda: limiter.shut_for() > 0)
    assert seconds - 1 < limiter.shut_for() <= seconds
    if told:
        await telling
    else:
        telling.cancel()
    assert bool(server.sent(ANNA)) is told


async def test_where_nothing_can_be_sent_nothing_is_tried(
    admins: Admins, server: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A refused token, a lost store: the log tells, and the dead-man's switch."""
    caplog.set_level(logging.INFO)
    for trouble in set(Trouble) - set(TOLD):
        await admins.troubled(trouble)
    assert set(Trouble) - set(TOLD) == {Trouble.TOKEN_REFUSED, Trouble.STORE_UNAVAILABLE}
    assert not admins._telling
