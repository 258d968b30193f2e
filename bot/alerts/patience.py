"""What to do while the store cannot be used: wait, and try the same step again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.alerts.ports import Alarm, Trouble
from bot.faults import StoreUnavailableError

log = logging.getLogger(__name__)

FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
Result = TypeVar("Result")


class Patience:
    """Repeats steps that the store refused, and knows whether it refuses now."""

    def __init__(self, alarm: Alarm) -> None:
        self._alarm = alarm
        self._failing = False

    @property
    def failing(self) -> bool:
        """Whether the last step failed for the store's sake."""
        return self._failing

    async def __call__(self, step: Callable[[], Awaitable[Result]]) -> Result:
        """Does the step until it succeeds; tells the operators once each time it begins to fail."""
        wait = FIRST_WAIT
        while True:
            try:
                result = await step()
            except StoreUnavailableError as error:
                await self._tell(error)
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            else:
                self._failing = False
                return result

    async def _tell(self, error: StoreUnavailableError) -> None:
        if self._failing:
            return
        self._failing = True
        log.error("the store cannot be used, nothing is sent: %s", error)
        await self._alarm(Trouble.STORE_UNAVAILABLE)
