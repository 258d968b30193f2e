"""Telegram in virtual time: the truth of what each person saw, and every way to fail."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bot.alerts.errors import (
    ChatGoneError,
    MessageGoneError,
    MigratedError,
    RetryAfterError,
    RetryError,
    SendError,
    SuspiciousForbiddenError,
    TokenRefusedError,
    UncertainError,
)
from bot.alerts.model import Outgoing, Ping
from tests.simulation.faults import OF_REQUESTS, Fault, Weather

HALF = 0.5


@dataclass(frozen=True)
class Shown:
    """A message in a chat. `codes`: what it tells of, each as (prefix and number, version)."""

    at: float
    message_id: int
    kind: str
    codes: tuple[str, ...]
    silent: bool
    reply_to: int | None = None

    @property
    def edit(self) -> bool:
        """Whether it changed a message instead of being one."""
        return self.kind.startswith("edit")


@dataclass(frozen=True)
class Way:
    """How a message is to leave."""

    silent: bool
    reply_to: int | None = None
    edits: int | None = None


@dataclass(frozen=True)
class Asked:
    """A request that began: when, in which life of the process, to whom, with what."""

    at: float
    life: int
    person: int
    kind: str
    codes: tuple[str, ...]


@dataclass
class Person:
    """One chat, whatever its id is now."""

    chat_id: int
    blocked: bool = False
    shown: list[Shown] = field(default_factory=list)
    doubts: dict[str, int] = field(default_factory=dict)
    """By code: messages that came although no process that lived on was told so."""


def render(ping: Ping) -> Outgoing:
    """Kind and codes: all that the rules are about."""
    return Outgoing(f"{ping.kind.value}|{','.join(one.code for one in ping.affected)}")


class Telegram:
    """The transport of all lives of the process."""

    def __init__(self, random: Random, weather: Weather) -> None:
        self._random = random
        self._weather = weather
        self.people: dict[int, Person] = {}
        self.moved: dict[int, int] = {}
        self.asked: list[Asked] = []
        self.bans: list[tuple[float, int, float]] = []
        """From, in which life, until."""
        self.in_flight: list[Asked] = []
        self.most_in_flight = 0
        self.life = 0
        self.dies: Callable[[], bool] = lambda: False
        self._oldest = 0
        self._landed: dict[object, tuple[Person, tuple[str, ...]]] = {}
        """By the task that asked: what came and may not be written down yet."""
        self._last_id = 0

    async def send(
        self,
        chat_id: int,
        outgoing: Outgoing,
        *,
        silent: bool,
        reply_to: int | None,
        thread_id: int | None = None,
    ) -> int:
        """See `Transport.send`."""
        return await self._request(chat_id, outgoing, Way(silent, reply_to))

    async def edit(self, chat_id: int, message_id: int, outgoing: Outgoing) -> None:
        """See `Transport.edit`."""
        await self._request(chat_id, outgoing, Way(silent=True, edits=message_id))

    def pass_on(self) -> int:
        """Another process takes over. Returns how many messages came that none wrote down."""
        self.life += 1
        waiting = [task for task in self._landed if not _done(task)]
        for task in waiting:
            self._doubt(*self._landed[task])
        self._landed.clear()
        return len(waiting)

    def bury(self) -> int:
        """The same, and all that was asked before is over."""
        self._oldest = self.life + 1
        self.in_flight.clear()
        return self.pass_on()

    async def _request(self, chat_id: int, outgoing: Outgoing, way: Way) -> int:
        loop, life = asyncio.get_running_loop(), self.life
        person = self.people[self.moved.get(chat_id, chat_id)]
        kind, _, rest = outgoing.text.partition("|")
        codes = tuple(rest.split(","))
        asked = Asked(loop.time(), life, person.chat_id, kind, codes)
        self.asked.append(asked)
        self.in_flight.append(asked)
        flying = sum(one.life == life for one in self.in_flight)
        self.most_in_flight = max(self.most_in_flight, flying)
        try:
            fault = self._fault(loop.time())
            await self._travel(life)
            self._refuse(chat_id, asked, fault)
            message_id = self._show(person, kind, codes, way)
            if life != self.life:  # nobody waits for the answer: its process was given up
                self._doubt(person, codes)
            else:
                self._landed[asyncio.current_task()] = person, codes
            await self._answer(fault, person, codes)
            await self._travel(life)
        finally:
            if asked in self.in_flight:
                self.in_flight.remove(asked)
        return message_id

    def _show(self, person: Person, kind: str, codes: tuple[str, ...], way: Way) -> int:
        now = asyncio.get_running_loop().time()
        if way.edits is not None:
            if all(one.message_id != way.edits for one in person.shown):
                raise MessageGoneError
            person.shown.append(Shown(now, way.edits, f"edit {kind}", codes, silent=True))
            return way.edits
        self._last_id += 1
        person.shown.append(Shown(now, self._last_id, kind, codes, way.silent, way.reply_to))
        return self._last_id

    async def _travel(self, life: int) -> None:
        if self.dies() or life < self._oldest:
            await asyncio.Future()
        await asyncio.sleep(self._random.choice((0.005, 0.02, 0.08, 1.5)))
        if life < self._oldest:
            await asyncio.Future()

    def _fault(self, now: float) -> Fault | None:
        spell = self._weather.strikes(OF_REQUESTS, now)
        return None if spell is None else spell.fault

    def _refuse(self, chat_id: int, asked: Asked, fault: Fault | None) -> None:
        """What is answered instead of carrying it out."""
        if fault is Fault.RESET and self._random.random() < HALF:
            self._weather.note(fault)
            raise UncertainError
        if fault is not None and fault in REFUSALS:
            self._weather.note(fault)
            raise self._refusal(fault, asked.life)
        if chat_id in self.moved:
            self._weather.note(Fault.MIGRATED)
            raise MigratedError(self.moved[chat_id])
        if self.people[chat_id].blocked:
            self._weather.note(Fault.BLOCKED)
            raise ChatGoneError("forbidden: bot was blocked by the user")

    def _refusal(self, fault: Fault, life: int) -> SendError:
        if fault is not Fault.TOO_MANY:
            return REFUSALS[fault]()
        now, seconds = asyncio.get_running_loop().time(), self._random.choice((1, 5, 60, 600, 3600))
        self.bans.append((now, life, now + seconds))
        return RetryAfterError(seconds)

    async def _answer(self, fault: Fault | None, person: Person, codes: tuple[str, ...]) -> None:
        """What came is answered, or not."""
        if fault not in {Fault.LOST_ANSWER, Fault.RESET}:
            return
        self._weather.note(fault)
        await asyncio.sleep(30 if fault is Fault.LOST_ANSWER else 0)
        if self._landed.pop(asyncio.current_task(), None) is not None:
            self._doubt(person, codes)
        raise UncertainError

    def _doubt(self, person: Person, codes: tuple[str, ...]) -> None:
        for code in codes:
            person.doubts[code] = person.doubts.get(code, 0) + 1


REFUSALS: dict[Fault, Callable[[], SendError]] = {
    Fault.REFUSED: RetryError,
    Fault.SERVER_ERROR: RetryError,
    Fault.TOO_MANY: lambda: RetryAfterError(0),
    Fault.PROXY_403: SuspiciousForbiddenError,
    Fault.TOKEN_REFUSED: TokenRefusedError,
    Fault.ALL_FORBIDDEN: lambda: ChatGoneError("forbidden: user is deactivated"),
}


def _done(task: object) -> bool:
    return isinstance(task, asyncio.Task) and task.done()
