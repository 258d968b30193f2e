"""People who come and go, in the middle of everything."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import time

from bot.preferences import ALL_SERVICES, Preferences, QuietHours
from tests.alerts.world import SERVICES
from tests.simulation.faults import Fault
from tests.simulation.process import Process
from tests.simulation.telegram import Person
from tests.simulation.world import World

NAMES = tuple(one.id for one in SERVICES)
QUIET = (None, None, None, QuietHours(time(22), time(7)), QuietHours(time(1), time(2, 30)))
PROFESSIONS = (None, "pharmacist", "nurse")
FOREVER = float("inf")


@dataclass(frozen=True)
class Left:
    """From `at` until `until`, this person must not be written to."""

    person: int
    at: float
    until: float = FOREVER


class People:
    """All who ever subscribed. `left`: when nobody may write to them."""

    def __init__(self, world: World, process: Process) -> None:
        self._world, self._process = world, process
        self._random, self._telegram = world.random, world.telegram
        self.left: list[Left] = []
        self.faithful: dict[int, Preferences] = {}
        """Those who never did anything but subscribe, and since when that held."""
        self._turns: dict[int, asyncio.Lock] = {}

    async def come(self, most: int) -> None:
        """The first few subscribe."""
        for number in range(1, self._random.randint(2, most) + 1):
            chat_id = number if self._random.random() < 0.7 else -number
            await self.add(self._chosen(chat_id))

    async def add(self, preferences: Preferences) -> None:
        """One of them, who chose this."""
        chat_id = preferences.chat_id
        person = self._telegram.people[chat_id] = Person(chat_id)
        self._turns[id(person)] = asyncio.Lock()
        await self._process.surely(lambda: self._process.chats.save(preferences))
        self.faithful[chat_id] = preferences

    async def act(self, doing: Callable[[Person], Awaitable[None]]) -> None:
        """Someone does it; each does one thing at a time."""
        person = self._random.choice(list(self._telegram.people.values()))
        async with self._turns[id(person)]:
            await self._heard_of_move(person)
            self.faithful.pop(person.chat_id, None)
            await doing(person)

    async def stop(self, person: Person) -> None:
        """/stop; half of them come back."""
        self._note(person, Fault.STOP, Fault.STOP_MID_BROADCAST)
        await self._process.surely(lambda: self._process.chats.forget(person.chat_id))
        if kept := self._world.disk.count(f"chat_id = {person.chat_id}"):
            self._world.broken.append(f"{kept} rows of a chat were kept after its /stop")
        self.left.append(Left(person.chat_id, self._world.now))
        if self._random.random() < 0.5:
            return
        await asyncio.sleep(self._random.choice((1, 30, 600)))
        self.left = [
            replace(one, until=min(one.until, self._world.now))
            if one.person == person.chat_id
            else one
            for one in self.left
        ]
        again = self._chosen(person.chat_id)
        await self._process.surely(lambda: self._process.chats.save(again))

    async def unsubscribe(self, person: Person) -> None:
        """/unsubscribe all."""
        self._note(person, Fault.UNSUBSCRIBE, Fault.UNSUBSCRIBE_MID_BROADCAST)
        await self._process.surely(lambda: self._process.chats.save(Preferences(person.chat_id)))
        self.left.append(Left(person.chat_id, self._world.now))

    async def block(self, person: Person) -> None:
        """Blocks the bot, and after a while lets it in again, which Telegram tells."""
        person.blocked = True
        await asyncio.sleep(self._random.random() * 900)
        person.blocked = False
        chats = self._process.chats
        if (await self._process.surely(lambda: chats.load(person.chat_id))).services:
            await self._process.surely(
                lambda: self._process.chats.set_reachable(person.chat_id, reachable=True)
            )

    async def mute(self, person: Person) -> None:
        """Mutes the incident of the last message."""
        if person.shown:
            self._world.weather.note(Fault.MUTE)
            code = person.shown[-1].codes[0]
            await self._process.surely(lambda: self._process.chats.mute(person.chat_id, code))

    async def migrate(self, person: Person) -> None:
        """A group becomes a supergroup; the bot hears of it at once, or by its next message."""
        if not -1000 < person.chat_id < 0:
            return
        old, new = person.chat_id, person.chat_id - 1_000_000_000_000
        del self._telegram.people[old]
        person.chat_id = new
        self._telegram.people[new] = person
        self._telegram.moved[old] = new
        self.left = [replace(one, person=new) if one.person == old else one for one in self.left]
        self._telegram.asked = [
            replace(one, person=new) if one.person == old else one for one in self._telegram.asked
        ]
        if self._random.random() < 0.5:
            await self._heard_of_move(person)

    def _chosen(self, chat_id: int) -> Preferences:
        chosen = [name for name in NAMES if self._random.random() < 0.4]
        return Preferences(
            chat_id,
            profession=self._random.choice(PROFESSIONS),
            services=frozenset(chosen or [ALL_SERVICES]),
            quiet=self._random.choice(QUIET),
        )

    async def _heard_of_move(self, person: Person) -> None:
        """Updates come in order, so a move is heard of before whatever the chat does next."""
        for old, new in self._telegram.moved.items():
            if new == person.chat_id:
                await self._process.surely(lambda: self._process.chats.migrate(old, new))  # noqa: B023 - awaited here

    def _note(self, person: Person, kind: Fault, amid: Fault) -> None:
        waiting = "state IN ('pending', 'sending', 'retry', 'uncertain')"
        mine = f"{waiting} AND chat_id = {person.chat_id}"
        self._world.weather.note(amid if self._world.disk.count(mine) else kind)
