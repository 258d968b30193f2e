"""The whole on one page: the parts are built here once and joined."""

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.alerts.courier import Parts as SendingParts
from bot.alerts.errors import AlreadyRunningError
from bot.alerts.fanout import Fanout
from bot.alerts.graph import Graph
from bot.alerts.limiter import Limiter
from bot.alerts.sender import Sender
from bot.chat.application import build_application
from bot.chat.delivery import TelegramTransport
from bot.chat.receiving import needed_token, receiving, sending_bot
from bot.chat.request import Parts
from bot.chat.views import ping as ping_view
from bot.clock import system_clock
from bot.console.session import TOKEN, run_console
from bot.faults import OperatorError
from bot.loading import Base, load_matcher, watching
from bot.operating import heartbeat, keep_secrets_out_of_logs, log_trouble
from bot.preferences import PreferenceStore
from bot.running import in_background, stop_signal, until_stopped
from bot.settings import Settings
from bot.status.watcher import Watcher
from bot.store.chats import SqlChats
from bot.store.database import Database, open_database
from bot.store.history import SqlHistory
from bot.store.outbox import SqlOutbox
from bot.words import Words


@asynccontextmanager
async def opened_store(settings: Settings, *, exclusive: bool = True) -> AsyncIterator[Database]:
    """The database, migrated and ours alone (SQLite)."""
    try:
        database = await open_database(settings.database(), settings.data_dir, exclusive=exclusive)
    except AlreadyRunningError as error:
        raise OperatorError(str(error)) from None
    try:
        yield database
    finally:
        await database.close()


def chat_parts(
    settings: Settings, base: Base, watcher: Watcher, preferences: PreferenceStore
) -> Parts:
    """What the chat is built from."""
    return Parts(
        knowledge=lambda: base.knowledge,
        answer=lambda question, context: base.answer(watcher.board(), question, context),
        board=watcher.board,
        preferences=preferences,
        words=Words(),
        clock=system_clock,
        settings=settings,
    )


async def run_chat(settings: Settings, language: str | None, profession: str | None) -> int:
    """The bot in the terminal: the same handlers behind a transport of our own."""
    base = Base(load_matcher(settings))
    async with (
        opened_store(settings) as database,
        watching(settings, base.knowledge) as watcher,
        in_background(watcher.run()),
    ):
        parts = chat_parts(settings, base, watcher, SqlChats(database, system_clock))
        patient = replace(parts, messages_per_minute=sys.maxsize)
        build = partial(build_application, TOKEN, settings.telegram_api_url, patient)
        await run_console(build, language, profession, sys.stdin, sys.stdout)
    return 0


async def run_bot(settings: Settings) -> int:
    """The Telegram bot, until SIGTERM."""
    token = needed_token(settings)
    keep_secrets_out_of_logs(settings.log_level)
    base = Base(load_matcher(settings))
    asked_to_stop = stop_signal()
    async with opened_store(settings) as database, AsyncExitStack() as stack:
        graph, words = Graph(base.knowledge), Words()
        outbox = SqlOutbox(database, group=timedelta(seconds=settings.group_seconds))
        limiter = Limiter(
            settings.sends_per_second, settings.replies_per_second, time.monotonic, asyncio.sleep
        )
        bot = await stack.enter_async_context(sending_bot(token, settings.telegram_api_url))
        sender = Sender(
            SendingParts(
                outbox=outbox,
                transport=TelegramTransport(bot),
                render=lambda ping: ping_view.render(ping, base.knowledge, words),
                graph=graph,
                limiter=limiter,
                clock=system_clock,
                monotonic=time.monotonic,
                random=random.random,
                alarm=log_trouble,
                heartbeat=heartbeat(settings.heartbeat_url),
            )
        )
        fanout = Fanout(outbox, graph, sender.wake)
        confirmed = await SqlHistory(database).confirmed()
        watcher = await stack.enter_async_context(
            watching(settings, base.knowledge, fanout.record, confirmed)
        )
        parts = chat_parts(settings, base, watcher, SqlChats(database, system_clock))
        application = build_application(token, settings.telegram_api_url, parts)
        async with (
            in_background(sender.run()) as sending,
            in_background(watcher.run()) as reading,
            receiving(application, settings),
        ):
            await until_stopped(asked_to_stop, sending, reading)
            await sender.stop()
    return 0
