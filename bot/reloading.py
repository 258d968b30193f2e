"""A changed knowledge folder is taken up without a restart: whole, or not at all.

Looked at every few seconds, and at once on SIGHUP. What is read and built is built off the event
loop and takes the old one's place in one step. A folder with a fault is refused: the old base goes
on, the fault is logged with its place, and told once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path

from bot.knowledge.problems import KnowledgeError, Problem, whole_file
from bot.loading import Base
from bot.matching.matcher import KnowledgeMatcher

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at the folder."""

Fingerprint = tuple[tuple[str, int, int], ...]
"""Name, size and time of change (ns) of each file: cheap, and enough to see that one was saved."""


class Reload(StrEnum):
    """What became of a changed folder."""

    TAKEN_UP = "taken_up"
    SAME = "same"
    REFUSED = "refused"


class Reloader:
    """Watches one folder for one base.

    Args:
        base: what answers rest on; its matcher is swapped.
        folder: the knowledge folder.
        taken: its fingerprint from before the base was read, so that no change slips between.
        load: reads, checks and builds; called in a thread. Raises KnowledgeError.
        adopt: told after each swap, for what was worked out from the old base.
        tell: told of problems that were not told before.
        asked: set when the folder is to be read at once, changed or not.
        every: seconds between two looks.
    """

    def __init__(  # noqa: PLR0913 - the parts that app.py joins, by keyword
        self,
        *,
        base: Base,
        folder: Path,
        taken: Fingerprint,
        load: Callable[[], KnowledgeMatcher],
        adopt: Callable[[], None],
        tell: Callable[[tuple[Problem, ...]], Awaitable[None]],
        asked: asyncio.Event,
        every: float = LOOK_EVERY,
    ) -> None:
        self._base, self._folder, self._taken, self._load = base, folder, taken, load
        self._adopt, self._tell = adopt, tell
        self._asked, self._every = asked, every
        self._told: frozenset[Problem] = frozenset()

    async def run(self) -> None:
        """Watches until cancelled."""
        seen = self._taken
        while True:
            asked = await self._wait()
            last, seen = seen, await asyncio.to_thread(fingerprint, self._folder)
            # Half of several files saved in a row is no base: two looks must see the same.
            if asked or (seen != self._taken and seen == last):
                self._taken = seen
                await self.reload()

    async def reload(self) -> Reload:
        """Reads the folder now. What fails in it is told, never raised."""
        try:
            fresh = await asyncio.to_thread(self._load)
        except KnowledgeError as error:
            return await self._refuse(error.problems)
        except Exception as error:  # whatever a folder does, the bot goes on with the old base
            log.exception("the knowledge base could not be built")
            what = f"it cannot be read ({type(error).__name__})"
            return await self._refuse([whole_file(self._folder, what, "see the log of the bot")])
        self._told = frozenset()
        if fresh.knowledge.version == self._base.knowledge.version:
            return Reload.SAME
        self._base.matcher = fresh
        self._adopt()
        log.info("the knowledge base was taken up: %d entries", len(fresh.procedures))
        return Reload.TAKEN_UP

    async def _refuse(self, problems: list[Problem]) -> Reload:
        for problem in problems:
            log.error("the changed knowledge base is refused: %s", problem)
        fresh = tuple(problem for problem in problems if problem not in self._told)
        self._told |= frozenset(fresh)
        if fresh:
            await self._tell(fresh)
        return Reload.REFUSED

    async def _wait(self) -> bool:
        """Until the next look. True: asked for by the operator."""
        try:
            await asyncio.wait_for(self._asked.wait(), self._every)
        except TimeoutError:
            return False
        self._asked.clear()
        return True


def fingerprint(folder: Path) -> Fingerprint:
    """All YAML files of the folder as they stand; a file that vanishes meanwhile is left out."""
    found = []
    for path in sorted(folder.rglob("*.y*ml")):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        found.append((path.relative_to(folder).as_posix(), status.st_size, status.st_mtime_ns))
    return tuple(found)
