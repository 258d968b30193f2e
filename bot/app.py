"""The whole on one page: here the parts are built and joined."""

import asyncio
import random
import sys
import time
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from telegram import Bot

from bot.alerts.courier import Parts as SendingParts
from bot.alerts.fanout import Fanout
from bot.alerts.graph import Graph
from bot.alerts.limiter import Limiter
from bot.alerts.model import Outgoing, Ping
from bot.alerts.ports import Trouble
from bot.alerts.sender import Sender
from bot.chat.admins import Admins
from bot.chat.application import App, build_application
from bot.chat.channels import Channels, listed
from bot.chat.delivery import TelegramTransport
from bot.chat.pacing import ReplyLane
from bot.chat.receiving import check_webhook, needed_token, receiving, sending_bot
from bot.chat.request import Parts
from bot.chat.team import Team
from bot.chat.views import ping as view
from bot.clock import system_clock
from bot.knowledge.problems import Problem
from bot.leading import Tasks, acquire_of, candidacy, lead, together
from bot.lean import give_back
from bot.live_board import LiveBoard, keep_hearing
from bot.loading import Base, check_language, chosen_profession, load_matcher
from bot.opening import opened_store
from bot.operating import (
    heartbeat,
    keep_secrets_out_of_logs,
    log_trouble,
    serve_metrics,
    warn_without_contact,
)
from bot.reloading import Fingerprint, Reloader, fingerprint
from bot.running import hangup_signal, in_background, stop_signal, until_stopped
from bot.settings import Settings
from bot.store.channels import SqlChannels
from bot.store.chats import SqlChats
from bot.store.database import Database
from bot.store.hearing import SqlHearing
from bot.store.history import SqlHistory
from bot.store.lease import Lease
from bot.store.outbox import SqlOutbox
from bot.words import Words


def chat_parts(settings: Settings, base: Base, watch: LiveBoard, database: Database) -> Parts:
    """What the chat is built from."""
    return Parts(
        knowledge=lambda: base.knowledge,
        answer=lambda question, context: base.answer(watch.board(), question, context),
        board=watch.board,
        preferences=SqlChats(database, system_clock),
        words=Words(),
        clock=system_clock,
        settings=settings,
        history=SqlHistory(database),
    )


async def log_alone(problems: tuple[Problem, ...]) -> None:
    """In the terminal nobody else is to be told: the log has it."""


async def run_chat(settings: Settings, language: str | None, profession: str | None) -> int:
    """The bot in the terminal: the same handlers behind a transport of our own."""
    from bot.console.session import TOKEN, run_console  # noqa: PLC0415 - a server draws no screen

    taken, base = fingerprint(settings.knowledge_dir), Base(load_matcher(settings))
    check_language(language)
    profession = chosen_profession(profession, base.knowledge)
    watch = LiveBoard(settings, lambda: base.knowledge)
    reloads = Reloader(
        base=base,
        folder=settings.knowledge_dir,
        taken=taken,
        load=partial(load_matcher, settings),
        adopt=watch.adopt,
        tell=log_alone,
        asked=asyncio.Event(),
    )
    async with (
        opened_store(settings) as database,
        in_background(watch.run()),
        in_background(reloads.run()),
    ):
        parts = chat_parts(settings, base, watch, database)
        unhurried = replace(parts, messages_per_minute=sys.maxsize)
        build = partial(build_application, TOKEN, settings.telegram_api_url, unhurried)
        await run_console(build, language, profession, sys.stdin, sys.stdout)
    return 0


def build_limiter(settings: Settings) -> Limiter:
    """One for pings and replies: Telegram counts both for the token."""
    return Limiter(
        settings.sends_per_second, settings.replies_per_second, time.monotonic, asyncio.sleep
    )


@dataclass(frozen=True)
class Pings:
    """What tells subscribers: from a change of state to a message that left."""

    graph: Graph
    limiter: Limiter
    admins: Admins
    channels: Channels
    sender: Sender
    fanout: Fanout


def build_pings(
    settings: Settings, base: Base, database: Database, bot: Bot, lease: Lease | None
) -> Pings:
    """The outbox in the middle: `fanout` writes into it, `sender` takes out of it."""
    words, graph = Words(), Graph(base.knowledge)
    chats = SqlChats(database, system_clock)
    outbox = SqlOutbox(database, group=timedelta(seconds=settings.group_seconds), leading=lease)
    limiter = build_limiter(settings)
    admins = Admins(TelegramTransport(bot), limiter, settings.admin_ids, chats, words)
    kept = SqlChannels(database, system_clock)
    channels = Channels(bot, kept, listed(settings.channels, base.knowledge), words)

    def render(ping: Ping) -> Outgoing:
        return channels.fitted(ping, view.render(ping, base.knowledge, words))

    async def alarm(trouble: Trouble) -> None:
        await log_trouble(trouble)
        await admins.troubled(trouble)

    sender = Sender(
        SendingParts(
            outbox=outbox,
            transport=TelegramTransport(bot),
            render=render,
            graph=graph,
            limiter=limiter,
            clock=system_clock,
            monotonic=time.monotonic,
            random=random.random,
            alarm=alarm,
            heartbeat=heartbeat(settings.heartbeat_url),
        )
    )
    return Pings(graph, limiter, admins, channels, sender, Fanout(outbox, graph, sender.wake))


def build_watch(settings: Settings, base: Base, database: Database, pings: Pings) -> LiveBoard:
    """Reads the sources; each change goes to history and outbox in one."""
    history = SqlHistory(database)
    return LiveBoard(
        settings,
        lambda: base.knowledge,
        pings.fanout.record,
        kept=history.kept,
        announced=history.announced,
    )


def build_chat(
    settings: Settings, base: Base, database: Database, pings: Pings, watch: LiveBoard
) -> App:
    """Answers people; its replies have a lane of their own in the one limiter."""
    chats, history = SqlChats(database, system_clock), SqlHistory(database)
    team = Team(history, chats, pings.fanout, pings.graph, heard=watch.hear_team)
    parts = replace(chat_parts(settings, base, watch, database), team=team)
    lane = ReplyLane(pings.limiter)
    return build_application(needed_token(settings), settings.telegram_api_url, parts, lane=lane)


def build_reloader(
    settings: Settings, base: Base, taken: Fingerprint, pings: Pings, watch: LiveBoard
) -> Reloader:
    """Takes up a changed knowledge base at once: the graph of services and the sources too."""

    def adopt() -> None:
        pings.graph.adopt(base.knowledge)
        watch.adopt()
        give_back()

    return Reloader(
        base=base,
        folder=settings.knowledge_dir,
        taken=taken,
        load=partial(load_matcher, settings),
        adopt=adopt,
        tell=pings.admins.refused,
        asked=hangup_signal(),
    )


async def run_bot(settings: Settings) -> int:
    """The Telegram bot, until SIGTERM."""
    token = needed_token(settings)
    check_webhook(settings)
    keep_secrets_out_of_logs(settings.log_level)
    serve_metrics(settings.metrics_listen)
    taken, base = fingerprint(settings.knowledge_dir), Base(load_matcher(settings))
    asked_to_stop = stop_signal()
    async with (
        opened_store(settings) as database,
        sending_bot(token, settings.telegram_api_url) as bot,
        candidacy(database) as lease,
    ):
        pings = build_pings(settings, base, database, bot, lease)
        watch = build_watch(settings, base, database, pings)
        application = build_chat(settings, base, database, pings, watch)
        reloads = build_reloader(settings, base, taken, pings, watch)

        def leading() -> AbstractAsyncContextManager[Tasks]:
            return together(
                in_background(watch.run()),
                in_background(keep_hearing(watch.board, SqlHearing(database).note)),
                receiving(application, settings),
            )

        warn_without_contact(settings.contact)
        give_back()
        await pings.channels.look()
        async with (
            in_background(pings.sender.run()) as sending,
            in_background(pings.channels.keep_looking()) as looking,
            in_background(reloads.run()) as reloading,
            in_background(lead(acquire_of(lease), leading)) as reading,
        ):
            await until_stopped(asked_to_stop, sending, looking, reloading, reading)
            await pings.sender.stop()
    return 0
