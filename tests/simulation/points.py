"""Where the process can die: before each statement, after each commit, on each leg of a request.

Between two points nothing changes that outlives it: to die at each is to die at each await.
"""

import asyncio
from collections.abc import Awaitable, Callable

from tests.simulation.engine import NOTHING
from tests.simulation.faults import OF_DISK, Fault
from tests.simulation.world import World

NEVER = 10**9
SPARED = {Fault.BUSY: ("PRAGMA",), Fault.DISK_FULL: ("PRAGMA", "BEGIN", "SELECT")}
"""Statements that work all the same."""


class Points:
    """Counts them; at each the process may be killed, and at a statement the disk may fail.

    `dead`: set once it is; `kill`: called at the point at which it is to die.
    """

    def __init__(self, world: World, dead: asyncio.Event, kill: Callable[[], None]) -> None:
        self._world, self._dead, self._kill = world, dead, kill
        self.passed = 0
        self.kills_at: frozenset[int] | None = None
        """Points, counted from the story's beginning, at which it is killed; None: by chance."""
        self._left = NEVER
        world.telegram.dies = self.dies
        world.disk.asked.before, world.disk.asked.after = self._before_statement, self._after_commit

    def begin(self) -> None:
        """A new life: in half of them it is not killed."""
        self._left = NEVER
        if self.kills_at is None:
            chance = self._world.random
            soon, later = chance.randint(1, 12), chance.randint(5, 400)
            self._left = chance.choice((NEVER, NEVER, NEVER, later, later, soon))

    def kill_within(self, points: int) -> None:
        """It dies at that many points from now at the latest."""
        self._left = min(self._left, points)

    def dies(self) -> bool:
        """Whether it is dead here, or dies here."""
        self.passed += not self._world.calm
        self._left -= 1
        if self._left <= 0 or self.passed in (self.kills_at or ()):
            self._kill()
        return self._dead.is_set()

    def _before_statement(self, sql: str) -> Awaitable[None]:
        if self.dies():
            return asyncio.Future()
        if self._world.random.random() < 0.2:
            return self._hesitate(sql)
        self._fail(sql)
        return NOTHING

    async def _hesitate(self, sql: str) -> None:
        await asyncio.sleep(0)
        self._fail(sql)

    def _fail(self, sql: str) -> None:
        spell = self._world.weather.strikes(OF_DISK, self._world.now)
        if spell is not None and not sql.startswith(SPARED[spell.fault]):
            self._world.weather.note(spell.fault)
            raise self._world.disk.error(spell.fault)

    def _after_commit(self) -> Awaitable[None]:
        return asyncio.Future() if self.dies() else NOTHING
