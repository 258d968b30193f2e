"""How pings leave over Telegram, and what each of its refusals means for the outbox.

Which texts mean that a chat is gone for good is read out of the Bot API server itself
(https://github.com/tdlib/telegram-bot-api/blob/master/telegram-bot-api/Client.cpp).
"""

import re
from collections.abc import Callable
from typing import Any

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.alerts.errors import (
    BadMessageError,
    ChatGoneError,
    MayNotWriteError,
    MessageGoneError,
    MigratedError,
    RetryAfterError,
    RetryError,
    SendError,
    SuspiciousForbiddenError,
    ThreadGoneError,
    TokenRefusedError,
    UncertainError,
)
from bot.alerts.model import Outgoing
from bot.chat.pacing import seconds_of
from bot.chat.replies import NO_LONGER_THERE, NOT_MODIFIED, in_html_or_plain, keyboard
from bot.chat.wire import NEVER_LEFT

UNTOLD_WAIT = 30.0
"""Seconds to wait where a proxy says "too many requests" and not for how long."""

_CHAT = "(group|supergroup|channel) chat"
GONE = re.compile(
    "forbidden: (bot was blocked by the user|user is deactivated|the group chat was deleted"
    f"|bot was kicked from the {_CHAT}|bot is not a member of the {_CHAT})"
    "|(private )?chat not found|need administrator rights in the channel chat"
)
NO_THREAD = ("message thread not found", "topic_deleted", "topic_closed")
"""The first is the Bot API server's own wording, the others are passed on by it."""
MAY_NOT_WRITE = ("not enough rights to send", "have no rights to send", "chat_write_forbidden")
STATUS = re.compile(r"\((\d{3})\)")
TOO_MANY = 429
SERVER_ERROR = 500


class TelegramTransport:
    """`bot.alerts.ports.Transport` over a bot without a rate limiter of its own."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(
        self,
        chat_id: int,
        outgoing: Outgoing,
        *,
        silent: bool,
        reply_to: int | None,
        thread_id: int | None = None,
    ) -> int:
        """Sends it; a message to answer that is gone, or in a closed topic, does not hold it up."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        how = {"disable_notification": silent, "message_thread_id": thread_id}
        try:
            return await self._send(chat_id, outgoing, reply_parameters=reply, **how)
        except ThreadGoneError:
            if thread_id is not None or reply is None:
                raise
            # Without a topic, an answer goes to that of the message which it answers.
            return await self._send(chat_id, outgoing, **how)

    async def _send(self, chat_id: int, outgoing: Outgoing, **how: Any) -> int:
        message = await self._carefully(
            lambda text, mode: self._bot.send_message(
                chat_id,
                text,
                parse_mode=mode,
                reply_markup=keyboard(outgoing),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                **how,
            ),
            outgoing,
        )
        return int(message.message_id)

    async def edit(self, chat_id: int, message_id: int, outgoing: Outgoing) -> None:
        """Changes it; "not modified" says that an earlier try arrived."""
        await self._carefully(
            lambda text, mode: self._bot.edit_message_text(
                text,
                chat_id,
                message_id,
                parse_mode=mode,
                reply_markup=keyboard(outgoing),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            outgoing,
        )

    async def _carefully(self, call: Callable[[str, str | None], Any], outgoing: Outgoing) -> Any:
        """Raises what a failure means."""
        try:
            return await in_html_or_plain(call, outgoing)
        except TelegramError as error:
            if isinstance(error, BadRequest) and NOT_MODIFIED in error.message.casefold():
                return None
            raise classify(error) from error


def classify(error: TelegramError) -> SendError:
    """What python-telegram-bot raised, as what must be done. Pure.

    The order matters: BadRequest and TimedOut are kinds of NetworkError to the library. A cause
    that is itself a TelegramError says that the body was no JSON: a proxy spoke, not Telegram.
    """
    return next(meaning(error) for kind, meaning in MEANINGS if isinstance(error, kind))


def _no_json(error: TelegramError) -> bool:
    return isinstance(error.__cause__, TelegramError)


def _retry_after(error: Any) -> SendError:
    return RetryAfterError(seconds_of(error))


def _migrated(error: Any) -> SendError:
    return MigratedError(error.new_chat_id)


def _forbidden(error: TelegramError) -> SendError:
    text = error.message.casefold()
    if not _no_json(error) and GONE.fullmatch(text):
        return ChatGoneError(text)
    if not _no_json(error) and _may_not_write(text):
        return MayNotWriteError("we may not write there")
    return SuspiciousForbiddenError("a refusal that Telegram does not word so")


def _may_not_write(text: str) -> bool:
    return any(refused in text for refused in MAY_NOT_WRITE)


def _invalid_token(error: TelegramError) -> SendError:
    if _no_json(error):
        return RetryError("a page instead of an answer")
    return TokenRefusedError("the token was refused")


def _bad_request(error: TelegramError) -> SendError:
    text = error.message.casefold()
    if _no_json(error):
        return RetryError("a page instead of an answer")
    if GONE.fullmatch(text):
        return ChatGoneError(text)
    if any(gone in text for gone in NO_LONGER_THERE):
        return MessageGoneError("the message is gone")
    if any(gone in text for gone in NO_THREAD):
        return ThreadGoneError("the topic is gone or closed")
    if _may_not_write(text):
        return MayNotWriteError("we may not write there")
    return BadMessageError(text[:80])


def _network(error: TelegramError) -> SendError:
    if isinstance(error.__cause__, NEVER_LEFT):
        return RetryError(type(error.__cause__).__name__)
    if isinstance(error.__cause__, TelegramError):
        return _page(error)
    if error.__cause__ is not None:
        return UncertainError(type(error.__cause__).__name__)
    return RetryError("Telegram itself failed")


def _page(error: TelegramError) -> SendError:
    """An HTML page: what stands before Telegram answered."""
    found = STATUS.search(error.message)
    status = int(found[1]) if found else SERVER_ERROR
    if status == TOO_MANY:
        return RetryAfterError(UNTOLD_WAIT)
    if status >= SERVER_ERROR:
        return UncertainError(f"a page with status {status}")
    return RetryError(f"a page with status {status}")


def _other(_: TelegramError) -> SendError:
    return UncertainError("an answer that cannot be read")


MEANINGS: tuple[tuple[type[TelegramError], Callable[[TelegramError], SendError]], ...] = (
    (RetryAfter, _retry_after),
    (ChatMigrated, _migrated),
    (Forbidden, _forbidden),
    (InvalidToken, _invalid_token),
    (BadRequest, _bad_request),
    (TimedOut, _network),
    (NetworkError, _network),
    (TelegramError, _other),
)
