"""An error in a handler: logged without any text, and told in one calm sentence."""

import logging
import traceback
from typing import Any

from telegram import Update
from telegram.error import Conflict, NetworkError, TelegramError

from bot.chat import replies
from bot.chat.door import language_hint
from bot.chat.views.start import simple
from bot.words import FALLBACK, Words

logger = logging.getLogger(__name__)


class Errors:
    """The Application's error handler."""

    def __init__(self, words: Words) -> None:
        self._words = words

    async def handle(self, update: object, context: Any) -> None:
        """Names the kind and place of the error, never its message: that may quote a person."""
        error = context.error
        if isinstance(error, Conflict):
            logger.error("another process polls with this token: stop it, or revoke the token")
            return
        number = update.update_id if isinstance(update, Update) else None
        level = logging.WARNING if isinstance(error, NetworkError) else logging.ERROR
        logger.log(level, "update %s: %s at %s", number, type(error).__name__, place(error))
        if isinstance(update, Update) and update.effective_message is not None:
            await self._tell(update)

    async def _tell(self, update: Update) -> None:
        told = self._words.text(language_hint(update) or FALLBACK, "error-calm")
        try:
            await replies.send(update, simple(told))
        except TelegramError as error:
            logger.warning("update %s: not told: %s", update.update_id, type(error).__name__)


def place(error: BaseException) -> str:
    """Where it was raised, innermost of our own code first: `asking.py:31 in question`."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/bot/" in frame.filename] or list(frames)
    last = own[-1:] or [traceback.FrameSummary("?", 0, "?")]
    return f"{last[0].filename.rsplit('/', 1)[-1]}:{last[0].lineno} in {last[0].name}"
