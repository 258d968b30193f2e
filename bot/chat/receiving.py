"""How updates come in: long polling, or a webhook where one is set."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Updater

from bot.chat.application import ALLOWED_UPDATES, App
from bot.chat.wire import Wire
from bot.faults import OperatorError
from bot.settings import Settings

log = logging.getLogger(__name__)

SENDS_AT_ONCE = 8
FOREVER = -1
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds between two tries to reach Telegram at the start."""
UNKNOWN_TOKEN = "Telegram does not know this token. Check TELEGRAM_TOKEN."  # noqa: S105 - a sentence
HOW_TO_GET_ONE = (
    "There is no token. Open @BotFather in Telegram, send /newbot, and put what it gives you "
    "into TELEGRAM_TOKEN (or its file's path into TELEGRAM_TOKEN_FILE). "
    "Without a token you can talk to the bot here: python -m bot chat"
)


def needed_token(settings: Settings) -> str:
    """The token. Raises OperatorError that says how to get one."""
    try:
        token = settings.token()
    except OSError as error:
        raise OperatorError(f"TELEGRAM_TOKEN_FILE cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise OperatorError("TELEGRAM_TOKEN_FILE cannot be read: it is no text") from None
    if not token:
        raise OperatorError(HOW_TO_GET_ONE)
    return token


@asynccontextmanager
async def sending_bot(token: str, api_url: str) -> AsyncIterator[Bot]:
    """A bot for pings alone, with connections of its own, so that replies never wait for one."""
    request = Wire(api_url, SENDS_AT_ONCE)
    base_url = f"{api_url.rstrip('/')}/bot"
    bot = Bot(token, base_url=base_url, request=request, get_updates_request=request)
    async with request:
        yield bot


@asynccontextmanager
async def receiving(application: App, settings: Settings) -> AsyncIterator[None]:
    """Takes updates during the block; what was taken is finished before it ends."""
    try:
        await _reach(application)
        if application.post_init is not None:
            await application.post_init(application)
        await application.start()
        await _listen(application, settings)
        yield
    finally:
        if application.updater is not None and application.updater.running:
            await application.updater.stop()
        if application.running:
            await application.stop()
        await application.shutdown()
        await application.bot.shutdown()  # of one that never reached Telegram, its connections


async def _reach(application: App) -> None:
    """Asks Telegram who we are, until it can be reached: a machine may start before its network."""
    wait = FIRST_WAIT
    while True:
        try:
            return await application.initialize()
        except InvalidToken:
            raise OperatorError(UNKNOWN_TOKEN) from None
        except NetworkError as error:
            name = type(error).__name__
            log.warning("Telegram cannot be reached (%s): next try in %g s", name, wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


async def _listen(application: App, settings: Settings) -> None:
    updater = application.updater
    if updater is None:
        return
    if settings.webhook_url is None:
        await updater.start_polling(
            allowed_updates=list(ALLOWED_UPDATES),
            bootstrap_retries=FOREVER,
            error_callback=_polling_error,
        )
        return
    try:
        await _take_calls(updater, settings.webhook_url, settings)
    except OSError as error:
        raise OperatorError(
            f"WEBHOOK_LISTEN {settings.webhook_listen} cannot be listened on: {error.strerror}"
        ) from None


def check_webhook(settings: Settings) -> None:
    """Refuses before anything starts what could not be listened on, or by anyone be called.

    Raises OperatorError.
    """
    if settings.webhook_url is None:
        return
    if settings.webhook_secret is None:
        raise OperatorError("WEBHOOK_URL is set, WEBHOOK_SECRET is not: anyone could call the bot.")
    if not settings.webhook_listen.rpartition(":")[2].isdecimal():
        raise OperatorError("WEBHOOK_LISTEN cannot be used: it is an address such as 0.0.0.0:8080.")


async def _take_calls(updater: Updater, url: str, settings: Settings) -> None:
    host, _, port = settings.webhook_listen.rpartition(":")
    secret = settings.webhook_secret
    await updater.start_webhook(
        listen=host,
        port=int(port),
        url_path=urlsplit(url).path,
        webhook_url=url,
        secret_token=secret.get_secret_value() if secret else None,
        allowed_updates=list(ALLOWED_UPDATES),
        bootstrap_retries=FOREVER,
    )


def _polling_error(error: TelegramError) -> None:
    """One line; python-telegram-bot tries again by itself."""
    if isinstance(error, Conflict):
        log.error("Another process polls with this token: stop one of the two.")
    else:
        log.warning("polling: %s", type(error).__name__)
