"""Two bots on one PostgreSQL database: one reads, both send, and who ends hands over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select

from bot.store.database import Database, make_engine
from bot.store.lease import SENDER
from bot.store.tables import leases
from tests.store.servers import postgres
from tests.stories.folder import Content
from tests.stories.process import START_SECONDS, BotProcess
from tests.stories.site import StatusSite
from tests.stories.talking import Chat
from tests.telegram_server import TelegramServer

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.postgres]

PATIENCE = 14.0
"""Less than the lease holds: whoever ends must have given it up."""


@asynccontextmanager
async def launched(bot: BotProcess) -> AsyncIterator[None]:
    """Runs during the block; it is not waited for until it listens, for it may not lead."""
    await bot.launch()
    try:
        yield
    finally:
        await bot.kill()


async def both_there(url: str, server: TelegramServer) -> None:
    """Until two processes say that they send."""
    database = Database(make_engine(make_url(url)))
    query = select(func.count()).where(leases.c.name.startswith(SENDER))
    there = 0
    async with asyncio.timeout(START_SECONDS):
        while there < 2:
            await server.world.updates.changed(0.1)
            async with database.read() as connection:
                there = int((await connection.execute(query)).scalar_one())
    await database.close()


async def test_one_of_two_reads_and_hands_over_when_it_ends(
    tmp_path: Path, content: Content, server: TelegramServer, site: StatusSite
) -> None:
    """Telegram never sees two that poll; after SIGTERM the other answers without a long silence."""
    with postgres(tmp_path / "postgres") as url:
        one, two = (
            BotProcess(tmp_path / name, content, server, site, DATABASE_URL=url)
            for name in ("one", "two")
        )
        async with one, launched(two):
            await both_there(url, server)
            assert await one.terminate() == 0, one.log
            polls = len(server.calls("getUpdates"))
            await server.wait_until(lambda: len(server.calls("getUpdates")) > polls, PATIENCE)
            assert "/status" in (await Chat(server, 700).ask("/help")).text
            assert server.conflicts == 0
            assert await two.terminate() == 0, two.log
