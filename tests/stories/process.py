"""The bot as an operator runs it: a process with an environment, a log and a data folder."""

import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.stories.folder import Content
from tests.stories.site import StatusSite
from tests.telegram_server import TOKEN, TelegramServer

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0
OURS = ("TELEGRAM", "WEBHOOK", "DATABASE", "KNOWLEDGE", "METRICS", "HEARTBEAT", "PYTHONDONTWRITE")
QUICK = {
    "ALLOW_PRIVATE_SOURCES": "true",
    "ONSET_READS": "1",
    "CONFIRM_SECONDS": "0",
    "CLEAR_READS": "1",
    "CLEAR_SECONDS": "0",
    "GROUP_SECONDS": "0",
    "LOG_LEVEL": "DEBUG",
    "NO_COLOR": "1",
}
"""A change is believed at once, and the log tells all that it ever could."""


def environment(content: Content, data: Path, **settings: str) -> dict[str, str]:
    """That of a bot on this content; nothing that this machine sets for a bot stays."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    own = {
        "DATA_DIR": str(data),
        "KNOWLEDGE_DIR": str(content.folder),
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(content.compiled),
    }
    return {**plain, **own, **QUICK, **settings}


def with_cache(content: Content, data: Path) -> Path:
    """The data folder, with what was learnt from the content before."""
    if not data.exists():
        shutil.copytree(content.cache, data / "cache")
    return data


class BotProcess:
    """`python -m bot run`; may be killed and started again on the same data."""

    def __init__(
        self,
        folder: Path,
        content: Content,
        server: TelegramServer,
        site: StatusSite,
        **settings: str,
    ) -> None:
        self.folder, self.server, self.site = folder, server, site
        self.data = with_cache(content, folder / "data")
        self.settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, **settings}
        self.content = content
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.kill()

    @property
    def log(self) -> str:
        """All that any of its lives wrote to standard output and standard error."""
        path = self.folder / "log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "the bot was not started"
        return self._process

    async def launch(self) -> None:
        """Starts the process and does not wait for it."""
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                cwd=self.folder,
                env=environment(self.content, self.data, **self.settings),
                stdout=log,
                stderr=log,
            )

    async def start(self) -> None:
        """Starts it, and waits until it listens and has read its sources."""
        asked, read = self._listens(), self.site.reads
        await self.launch()
        await self.server.wait_until(
            lambda: self._ended or (self._listens() > asked and self.site.reads > read),
            START_SECONDS,
            "the bot's first look at Telegram and its sources",
        )
        assert not self._ended, self.log

    async def ended(self) -> int:
        """Waits for its end by itself; gives the exit code."""
        return await asyncio.wait_for(self.running.wait(), START_SECONDS)

    async def terminate(self) -> int:
        """SIGTERM, as a container sends it; gives the exit code."""
        self.running.send_signal(signal.SIGTERM)
        return await self.ended()

    async def kill(self) -> None:
        """SIGKILL: nothing can be put in order."""
        if self._process is not None and not self._ended:
            self._process.kill()
            await self._process.wait()

    @property
    def _ended(self) -> bool:
        return self._process is not None and self._process.returncode is not None

    def _listens(self) -> int:
        polls = len(self.server.calls("getUpdates"))
        return polls + len(self.server.calls("setWebhook"))
