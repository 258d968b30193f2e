"""How much memory the whole bot takes while very many pings wait: its process alone."""

import shutil
from pathlib import Path

from bot.store.database import open_database
from tests.benchmarks.desk import follow
from tests.stories.folder import Content, prepare
from tests.stories.process import BotProcess
from tests.stories.site import DOWN, StatusSite
from tests.telegram_server import TelegramServer

SERVICE, COMPONENT = "recip-e", "Recip-e"
SENT = 500
"""Twenty seconds of sending."""
SECONDS = 120
MOMENTS = {"VmRSS": "now", "VmHWM": "at most"}


async def memory(folder: Path, database_url: str | None, count: int, *, first: bool = False) -> str:
    """`python -m bot run` over the shipped knowledge, before and while the rows wait.

    `first`: nothing is kept yet of what was learnt from the knowledge.
    """
    content = prepare(folder)
    async with StatusSite(content.port) as site, TelegramServer() as server:
        await compiled(folder, content, server, site)
        if first:
            shutil.rmtree(content.cache)
            content.cache.mkdir()
        settings = {} if database_url is None else {"DATABASE_URL": database_url}
        bot = BotProcess(folder / "bot", content, server, site, LOG_LEVEL="INFO", **settings)
        await followed(bot, server, database_url, count)
        async with bot:
            await site.until_read(2)  # what each source shows has been read once
            before = used(bot)
            site.flip(COMPONENT, DOWN)
            await server.wait_until(lambda: server.flood.sends > 0, SECONDS, "the first ping")
            begun = used(bot)
            await server.wait_until(lambda: server.flood.sends >= SENT, SECONDS, "more pings")
            after = used(bot)
    start = "the very first start" if first else "a start with what an earlier one kept"
    return (
        f"memory of the whole bot, {start}: {before} before; {count} pending, "
        f"{begun} at the first ping, {after} after {SENT}"
    )


async def compiled(
    folder: Path, content: Content, server: TelegramServer, site: StatusSite
) -> None:
    """As pip leaves what it installs: to compile the libraries takes 12 MB that none then need."""
    async with BotProcess(folder / "earlier", content, server, site):
        pass


async def followed(
    bot: BotProcess, server: TelegramServer, database_url: str | None, count: int
) -> None:
    """The database as a bot left it that has so many followers."""
    url = database_url or f"sqlite+aiosqlite:///{bot.data / 'bis.sqlite3'}"
    database = await open_database(url, bot.data)
    await follow(database, count, SERVICE)
    await database.close()
    for chat in range(1, count + 1):
        server.add_chat(chat)


def used(bot: BotProcess) -> str:
    """As the kernel counts it."""
    lines = Path(f"/proc/{bot.running.pid}/status").read_text(encoding="ascii").splitlines()
    found = dict(line.split(":", 1) for line in lines)
    sizes = {word: int(found[name].split()[0]) / 1024 for name, word in MOMENTS.items()}
    return ", ".join(f"{size:.0f} MB {word}" for word, size in sizes.items())
