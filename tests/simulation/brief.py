"""A short story, always the same: to be killed at each of its points in turn."""

import asyncio

from bot.status.model import State
from tests.simulation.disk import Disk
from tests.simulation.making import Makers
from tests.simulation.story import READ_EVERY, READS, Story


class Brief(Story):
    """Two services fail, one grows worse; of those who are told one leaves and one moves."""

    last = 12 * 3600.0

    def __init__(self, disk: Disk, kills_at: frozenset[int], makers: Makers | None = None) -> None:
        super().__init__(0, disk, makers)
        self.process.points.kills_at = kills_at
        self._left = False

    async def _happen(self) -> None:
        await self._turn({"sts": State.PARTIAL_OUTAGE, "vitalink": State.DEGRADED})
        self._go_on(self.people.act(self.people.migrate))
        await self._turn({"sts": State.MAJOR_OUTAGE})
        await self._turn({"sts": State.OPERATIONAL})
        await asyncio.gather(*self._going_on)

    async def _turn(self, states: dict[str, State]) -> None:
        for name, state in states.items():
            self.sources.turn(name, state)
        self._look()
        await asyncio.sleep(READS * READ_EVERY)

    async def _break_in(self) -> None:
        if not self._left:  # whoever stays must be told to the end
            self._left = True
            await self.people.act(self.people.stop)


def kills(number: int, points: int) -> frozenset[int]:
    """First one kill at each point; then two, ever further apart."""
    first, apart = number % points + 1, number // points
    return frozenset({first, first + apart})
