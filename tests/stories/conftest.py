"""One bot, one fake Telegram and one status site for the stories of a file."""

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.stories.folder import Content, prepare
from tests.stories.process import BotProcess
from tests.stories.site import StatusSite
from tests.telegram_server import TelegramServer

TRACEBACK = "Traceback (most recent call last)"


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What the bots of a run know."""
    return prepare(tmp_path_factory.mktemp("content"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(content: Content) -> AsyncIterator[StatusSite]:
    """All is well on it."""
    async with StatusSite(content.port) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[TelegramServer]:
    """Checks each request against the Bot API where BOT_API_SPEC is set."""
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as made:
        yield made
        assert made.violations == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(
    tmp_path_factory: pytest.TempPathFactory,
    content: Content,
    server: TelegramServer,
    site: StatusSite,
) -> AsyncIterator[BotProcess]:
    """A bot that runs; whatever it was told, it never wrote a traceback."""
    folder = tmp_path_factory.mktemp("bot")
    async with BotProcess(folder, content, server, site) as made:
        yield made
    assert TRACEBACK not in made.log
