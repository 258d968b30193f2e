"""The whole bot in one process: the fake Telegram, the real store and sender, a clock of ours."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.alerts.courier import Parts as SendingParts
from bot.alerts.fanout import Fanout
from bot.alerts.graph import Graph
from bot.alerts.limiter import Limiter
from bot.alerts.model import Outgoing, Ping
from bot.alerts.ports import Trouble
from bot.alerts.sender import Pace, Sender
from bot.chat.application import build_application
from bot.chat.delivery import TelegramTransport
from bot.chat.receiving import sending_bot
from bot.chat.request import Parts
from bot.chat.team import Team
from bot.chat.views import ping as ping_view
from bot.preferences import Preferences
from bot.running import in_background
from bot.settings import Settings
from bot.status.by_hand import Announced, with_announced
from bot.status.model import Board, Change, ChangeKind, State
from bot.status.topology import Topology
from bot.store.chats import SqlChats
from bot.store.database import Database, open_database
from bot.store.history import SqlHistory
from bot.store.outbox import SqlOutbox
from bot.words import Words
from tests.chat.samples import NOW, knowledge
from tests.chat.samples import Asked as Samples
from tests.chat.test_over_http import serve
from tests.telegram_server import TOKEN, Message, TelegramServer

PATIENCE = 20.0
TEAM = (500, 501)
"""People of ADMIN_IDS."""


class House:
    """What a test holds in its hands; `now` is the only clock that decides."""

    def __init__(self, server: TelegramServer, database: Database) -> None:
        self.server, self.database = server, database
        self.samples = Samples(knowledge())
        self.chats = SqlChats(database, lambda: self.samples.now)
        self.history = SqlHistory(database)
        self.graph, self.words = Graph(self.samples.known), Words()
        self.troubles: list[Trouble] = []
        self.announced: tuple[Announced, ...] = ()
        self.fit: Callable[[Ping, Outgoing], Outgoing] = lambda _, outgoing: outgoing

    @property
    def parts(self) -> Parts:
        """What the chat is built from, once the sender stands."""
        settings = Settings(_env_file=None, admin_ids=frozenset(TEAM))
        team = Team(self.history, self.chats, self.fanout, self.graph, self._hear_team)
        return replace(
            self.samples.parts,
            preferences=self.chats,
            settings=settings,
            team=team,
            board=self._board,
        )

    async def _hear_team(self) -> None:
        self.announced = await self.history.announced()

    def _board(self) -> Board:
        board = self.samples.parts.board()
        return with_announced(board, self.announced, Topology(self.samples.known))

    def passes(self, **length: float) -> None:
        """Time goes on."""
        self.samples.now += timedelta(**length)

    async def ask(self, chat: int, text: str, language: str = "fr") -> Message:
        """Types it; gives the bot's next message."""
        return await self.server.ask(chat, text, language_code=language)

    async def press(self, chat: int, label: str) -> None:
        """Presses the newest button with this label and waits until its clock stops."""
        await self.server.wait_for_answer(await self.server.press(chat, label))

    async def pressed(self, chat: int, label: str) -> Message:
        """The message that the press brings."""
        before = self.server.sent(chat)[-1].message_id
        await self.press(chat, label)
        return await self.server.wait_for(chat, after=before)

    async def follow(self, chat: int, *services: str, **more: Any) -> None:
        """The chat subscribes."""
        self.server.add_chat(chat)
        given = {"language": "fr", "services": frozenset(services), **more}
        await self.chats.save(Preferences(chat, **given))

    async def happens(self, kind: ChangeKind, service: str, state: State) -> None:
        """A source is read to say so."""
        now = self.samples.now
        before = State.OPERATIONAL if kind is ChangeKind.ONSET else State.MAJOR_OUTAGE
        change = Change(kind, service, before, state, now, now, "ehealth", f"{service}:1")
        await self.fanout.record((change,), (), now)

    async def rows(self, table: Any) -> list[dict[str, Any]]:
        """All that a table holds."""
        async with self.database.read() as connection:
            return [dict(row) for row in (await connection.execute(select(table))).mappings()]

    async def until(self, holds: Callable[[dict[str, Any]], bool], table: Any) -> None:
        """Waits for a row of the table of which it holds."""
        async with asyncio.timeout(PATIENCE):
            while not any(map(holds, await self.rows(table))):  # noqa: ASYNC110 - rows give no sign
                await asyncio.sleep(0.01)

    def send_with(self, transport: TelegramTransport) -> Sender:
        """The sender over the store, and the fan-out that wakes it."""
        outbox = SqlOutbox(self.database, group=timedelta(0))
        sender = Sender(
            SendingParts(
                outbox=outbox,
                transport=transport,
                render=self._render,
                graph=self.graph,
                limiter=Limiter(1000, 1000, time.monotonic, _no_sleep),
                clock=lambda: self.samples.now,
                monotonic=time.monotonic,
                random=lambda: 0.5,
                alarm=self._alarm,
                heartbeat=_no_heartbeat,
            ),
            Pace(idle=0.01),
        )
        self.fanout = Fanout(outbox, self.graph, sender.wake)
        return sender

    def _render(self, ping: Ping) -> Outgoing:
        return self.fit(ping, ping_view.render(ping, self.samples.known, self.words))

    async def _alarm(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)


async def _no_sleep(_: float) -> None:
    """The limiter has tests of its own."""


async def _no_heartbeat() -> None:
    """Nobody listens."""


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """It runs during the block; no request of it may break the Bot API's rules."""
    database = await open_database(f"sqlite+aiosqlite:///{folder / 'bis.sqlite3'}", folder)
    try:
        async with TelegramServer(os.environ.get("BOT_API_SPEC")) as server:
            made = House(server, database)
            async with sending_bot(TOKEN, server.url) as bot:
                sender = made.send_with(TelegramTransport(bot))
                application = build_application(TOKEN, server.url, made.parts)
                async with in_background(sender.run()):
                    async for _ in serve(server, application):
                        yield made
                    await sender.stop()
            assert server.violations == []
            assert made.troubles == []
    finally:
        await database.close()


__all__ = ["NOW", "TEAM", "House", "house"]
