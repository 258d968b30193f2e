"""Short stories, each of what one part is for: broken, it harms in no other so soon."""

import asyncio
from datetime import time

from bot.preferences import ALL_SERVICES, Preferences, QuietHours
from bot.status.model import State
from tests.simulation.disk import Disk
from tests.simulation.faults import Fault, Spell
from tests.simulation.making import Makers
from tests.simulation.process import End
from tests.simulation.story import READ_EVERY, READS, Story
from tests.simulation.world import RATES, STARTS

MINUTE = 60.0


class Scene(Story):
    """Some follow everything, and nothing breaks that the scene does not break."""

    people_there: tuple[Preferences, ...] = tuple(
        Preferences(number, services=frozenset({ALL_SERVICES})) for number in range(1, 5)
    )
    last = 12 * 60 * MINUTE

    def __init__(self, seed: int, disk: Disk, makers: Makers | None = None) -> None:
        super().__init__(seed, disk, makers)
        self.world.start, self.world.rate = STARTS[0], RATES[0]
        self.process.points.kills_at = frozenset()

    async def _begin(self) -> None:
        for preferences in self.people_there:
            await self.people.add(preferences)
        await self.process.surely(self.process.look)

    async def _turn(self, name: str, state: State, seconds: float = READS * READ_EVERY) -> None:
        self.sources.turn(name, state)
        self._look()
        await asyncio.sleep(seconds)

    async def _break_in(self) -> None:
        """Not here."""


class Standstill(Scene):
    """A process stands still while its changes are refused; its successor makes them meanwhile."""

    async def _happen(self) -> None:
        await self._turn("sts", State.DEGRADED)
        await self._turn("sts", State.PARTIAL_OUTAGE)
        self.process.looking.on_news = self._stand_still
        await self._turn("sts", State.MAJOR_OUTAGE)  # too soon to sound again: a change alone

    def _stand_still(self) -> None:
        now = self.world.now
        self.world.weather.spells.append(Spell(now, now + 0.05, Fault.SERVER_ERROR, 1.0, 0))
        asyncio.get_running_loop().call_later(0.02, self.process.end, End.STALLED)


class Afternoon(Scene):
    """It grows worse twice while people rest: they hear of it once."""

    people_there = (
        Preferences(1, services=frozenset({ALL_SERVICES}), quiet=QuietHours(time(12), time(15))),
    )

    async def _happen(self) -> None:
        for state in (State.DEGRADED, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE):
            await self._turn("sts", state, 70 * MINUTE)
        await asyncio.sleep(60 * MINUTE)


class Queue(Scene):
    """Those who cannot work without it are told first."""

    people_there = tuple(
        Preferences(number, profession=profession, services=frozenset({"recip-e"}))
        for number, profession in enumerate(("nurse", "pharmacist") * 3, 1)
    )
    in_order = True

    async def _happen(self) -> None:
        await self._turn("recip-e", State.MAJOR_OUTAGE)
