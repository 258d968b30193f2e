"""The watcher that runs now: another takes its place when services or sources have changed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.clock import system_clock
from bot.faults import StoreUnavailableError
from bot.knowledge import Knowledge
from bot.looking import note_nothing, opened_watcher
from bot.running import in_background
from bot.settings import Settings
from bot.status.by_hand import Announced, with_announced
from bot.status.kept import AskKept, nothing_kept
from bot.status.model import Board
from bot.status.watcher import OnChanges, Watcher

log = logging.getLogger(__name__)


TEAM_EVERY = 10.0
"""Seconds between two looks at what the team announced: another process may have done it."""


async def nothing_announced() -> tuple[Announced, ...]:
    """Where there is no team."""
    return ()


class LiveBoard:
    """Holds the board across watchers.

    Args:
        settings: of the connections and thresholds.
        knowledge: the base as it stands.
        on_changes: what each watcher hands its changes to.
        kept: what the store keeps; a new watcher goes on from there, so that nothing is told
            twice.
        announced: what the team told by hand and is not over.
    """

    def __init__(
        self,
        settings: Settings,
        knowledge: Callable[[], Knowledge],
        on_changes: OnChanges = note_nothing,
        kept: AskKept = nothing_kept,
        announced: Callable[[], Awaitable[tuple[Announced, ...]]] = nothing_announced,
    ) -> None:
        self._settings, self._knowledge = settings, knowledge
        self._on_changes, self._kept = on_changes, kept
        self._ask_team, self._announced = announced, tuple[Announced, ...]()
        self._watched = knowledge()
        self._watcher: Watcher | None = None
        self._changed = asyncio.Event()

    def board(self) -> Board:
        """What is known now; before the first watcher stands, nothing."""
        if self._watcher is None:
            return Board(system_clock())
        board = self._watcher.board()
        return with_announced(board, self._announced, self._watcher.topology)

    async def hear_team(self) -> None:
        """Takes up what the team has told by hand; where the store fails, what was known stays."""
        try:
            self._announced = await self._ask_team()
        except StoreUnavailableError as error:
            log.warning("what the team announced could not be read: %s", error)

    def adopt(self) -> None:
        """To be called after a reload: where nothing that is watched has changed, all goes on."""
        old, new = self._watched, self._knowledge()
        if (dict(old.services), dict(old.sources)) != (dict(new.services), dict(new.sources)):
            self._changed.set()

    async def run(self) -> None:
        """Watches until cancelled; raises what a watcher ended with."""
        while True:
            self._changed.clear()
            self._watched = self._knowledge()
            kept = await self._kept()
            async with (
                opened_watcher(self._settings, self._watched, self._on_changes, kept) as watcher,
                in_background(self._keep_hearing_team()),
            ):
                self._watcher = watcher
                await self._until_changed(watcher)

    async def _until_changed(self, watcher: Watcher) -> None:
        async with (
            in_background(watcher.run()) as reading,
            in_background(self._wait()) as waiting,
        ):
            done, _ = await asyncio.wait({reading, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if reading in done:
                reading.result()

    async def _keep_hearing_team(self) -> None:
        while True:
            await self.hear_team()
            await asyncio.sleep(TEAM_EVERY)

    async def _wait(self) -> None:
        await self._changed.wait()


async def keep_hearing(
    board: Callable[[], Board], note: Callable[[Board], Awaitable[None]], every: float = 60.0
) -> None:
    """Notes every so many seconds what is known, until cancelled; a lost store is waited for."""
    while True:
        await asyncio.sleep(every)
        try:
            await note(board())
        except StoreUnavailableError as error:
            log.warning("what was heard could not be noted: %s", error)
