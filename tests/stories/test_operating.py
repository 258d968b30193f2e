"""Starting and ending: tokens, a second process, a webhook. Faults are told in one clear line."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from tests.stories.conftest import TRACEBACK
from tests.stories.folder import Content, free_port
from tests.stories.process import START_SECONDS, BotProcess
from tests.stories.site import StatusSite
from tests.stories.talking import Chat
from tests.telegram_server import TOKEN, TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

STRANGE_TOKEN = "987654321:AAnobody-knows-this-token-at-all-1111"
SECRET = "only-telegram-knows"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest_asyncio.fixture(loop_scope="module")
async def fresh(
    tmp_path: Path, content: Content, server: TelegramServer, site: StatusSite
) -> AsyncIterator[BotProcess]:
    """A bot of its own, not yet started."""
    await server.reset()
    made = BotProcess(tmp_path, content, server, site)
    yield made
    await made.kill()
    assert TRACEBACK not in made.log


WEBHOOK = {"WEBHOOK_URL": "https://bot.example.be/hook"}
FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "no token": ({"TELEGRAM_TOKEN": ""}, "@BotFather"),
    "wrong token": ({"TELEGRAM_TOKEN": STRANGE_TOKEN}, "Telegram does not know this token"),
    "no file": (
        {"TELEGRAM_TOKEN": "", "TELEGRAM_TOKEN_FILE": "/nowhere"},
        "TELEGRAM_TOKEN_FILE cannot be read",
    ),
    "no text": (
        {"TELEGRAM_TOKEN": "", "TELEGRAM_TOKEN_FILE": sys.executable},
        "TELEGRAM_TOKEN_FILE cannot be read: it is no text",
    ),
    "log level": ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
    "no secret": (WEBHOOK, "WEBHOOK_SECRET is not"),
    "no address": (
        {**WEBHOOK, "WEBHOOK_SECRET": SECRET, "WEBHOOK_LISTEN": "somewhere"},
        "WEBHOOK_LISTEN",
    ),
}


async def test_a_fault_of_the_operator_ends_the_start_with_one_line(
    content: Content, server: TelegramServer, site: StatusSite, tmp_path: Path
) -> None:
    """Exit code 1, what is wrong and how to mend it, and never the token itself."""
    bots = {
        name: BotProcess(tmp_path / name, content, server, site, **settings)
        for name, (settings, _) in FAULTS.items()
    }
    for bot in bots.values():
        await bot.launch()
    for name, bot in bots.items():
        assert await bot.ended() == 1, name
        assert FAULTS[name][1] in bot.log
        assert STRANGE_TOKEN not in bot.log
        assert TRACEBACK not in bot.log


async def test_a_telegram_that_cannot_be_reached_is_waited_for(
    fresh: BotProcess, server: TelegramServer
) -> None:
    """A machine that starts before its network: the bot says so, and begins when it is there."""
    await server.stop()
    await fresh.launch()
    await server.wait_until(lambda: "cannot be reached" in fresh.log, START_SECONDS, fresh.log)
    await server.start()
    assert (await Chat(server, 703).ask("/privacy")).text.startswith("Ce que Bis conserve")
    assert await fresh.terminate() == 0


async def test_the_token_may_stand_in_a_file(
    fresh: BotProcess, server: TelegramServer, tmp_path: Path
) -> None:
    """As a Docker secret does."""
    secret = tmp_path / "token"
    secret.write_text(f"{TOKEN}\n", encoding="utf-8")
    fresh.settings |= {"TELEGRAM_TOKEN": "", "TELEGRAM_TOKEN_FILE": str(secret)}
    async with fresh:
        assert (await Chat(server, 700).ask("/privacy")).text.startswith("Ce que Bis conserve")


async def test_a_second_process_on_the_same_data_refuses_to_start(
    fresh: BotProcess, content: Content, server: TelegramServer, site: StatusSite, tmp_path: Path
) -> None:
    """The first one goes on; the second says why it does not, and ends."""
    second = BotProcess(tmp_path / "second", content, server, site, DATA_DIR=str(fresh.data))
    async with fresh:
        await second.launch()
        assert await second.ended() == 1
        assert second.log.startswith("Another Bis process works on")
        assert TRACEBACK not in second.log
        assert (await Chat(server, 701).ask("/privacy")).text.startswith("Ce que Bis conserve")


async def test_updates_may_come_by_a_webhook(fresh: BotProcess, server: TelegramServer) -> None:
    """Telegram is told the secret; who does not know it is refused, and nothing is done."""
    address = f"127.0.0.1:{free_port()}"
    fresh.settings |= {
        "WEBHOOK_URL": f"http://{address}/hook",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_LISTEN": address,
    }
    async with fresh:
        assert (await Chat(server, 702).ask("/privacy")).text.startswith("Ce que Bis conserve")
        update = {"update_id": 1, "message": {"text": "/stop"}}
        async with httpx.AsyncClient() as client:
            for headers in ({}, {SECRET_HEADER: "guessed"}):
                answer = await client.post(f"http://{address}/hook", json=update, headers=headers)
                assert answer.status_code == httpx.codes.FORBIDDEN
        assert await fresh.terminate() == 0
    assert SECRET not in fresh.log
