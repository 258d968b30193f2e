"""Replies leave in their own lane of the one limiter, so that a broadcast never holds them up."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.alerts.limiter import Limiter

COUNTED = ("send", "edit")
"""What such methods begin with counts towards Telegram's limits; the rest goes at once."""
LONGEST_WAIT = 30.0
"""Seconds that a person still waits for a reply; after longer ones it is too late to matter."""


class ReplyLane(BaseRateLimiter[None]):
    """Python-telegram-bot's requests through `Limiter.reply`; a "too many requests" is shared.

    Raises RetryAfter where Telegram asks to wait longer than half a minute, or twice.
    """

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter

    async def initialize(self) -> None:
        """Nothing to make ready."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    async def process_request(  # noqa: PLR0913, PLR0917 - the signature is python-telegram-bot's
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """See `BaseRateLimiter`. One that was surely not taken is sent once more."""
        del data, rate_limit_args
        if not endpoint.startswith(COUNTED):
            return await callback(*args, **kwargs)
        try:
            return await self._in_turn(callback, args, kwargs)
        except RetryAfter as error:
            if seconds_of(error) > LONGEST_WAIT:
                raise
        return await self._in_turn(callback, args, kwargs)

    async def _in_turn(
        self, callback: Callable[..., Coroutine[Any, Any, Any]], args: Any, kwargs: dict[str, Any]
    ) -> Any:
        """Each wait that Telegram asks for holds for all, for a second time too."""
        await self._limiter.reply()
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._limiter.ban(seconds_of(error))
            raise


def seconds_of(error: RetryAfter) -> float:
    """Given as a number or a timedelta, by python-telegram-bot's version."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
