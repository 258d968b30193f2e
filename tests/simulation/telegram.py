"""Telegram in virtual time: the truth of what each person saw, and every way to fail."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from bot.alerts.errors import (
    ChatGoneError,
    MessageGoneError,
    MigratedError,
    RetryAfterError,
    RetryError,
    SuspiciousForbiddenError,
    UncertainError,
)
from bot.alerts.model import Outgoing, Ping
from bot.alerts.parcels import Parcel

HALF = 0.5


class Fault(StrEnum):
    """How a request can fail, as the transport tells it."""

    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    TOO_MANY = "too_many"
    LOST_ANSWER = "lost_answer"
    RESET = "reset"
    PROXY_403 = "proxy_403"


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
    codes: tuple[str, ...]


@dataclass
class Person:
    """One chat, whatever its id is now."""

    chat_id: int
    blocked: bool = False
    shown: list[Shown] = field(default_factory=list)
    doubts: dict[str, int] = field(default_factory=dict)
    """By code: requests whose answer never came, though the message may have."""


def render(ping: Ping) -> Outgoing:
    """Kind and codes: all that the rules are about."""
    return Outgoing(f"{ping.kind.value}|{','.join(one.code for one in ping.affected)}")


class Telegram:
    """The transport of all lives of the process."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.people: dict[int, Person] = {}
        self.moved: dict[int, int] = {}
        self.asked: list[Asked] = []
        self.bans: list[tuple[float, int, float]] = []
        """From, in which life, until."""
        self.faults: list[tuple[float, float, Fault, float]] = []
        """From, until, which, and how likely."""
        self.in_flight: list[Asked] = []
        self.most_in_flight = 0
        self.life = 0
        self.crash: Callable[[], bool] = lambda: False
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

    async def _request(self, chat_id: int, outgoing: Outgoing, way: Way) -> int:
        loop, life = asyncio.get_running_loop(), self.life
        person = self.people[self.moved.get(chat_id, chat_id)]
        kind, _, rest = outgoing.text.partition("|")
        codes = tuple(rest.split(","))
        asked = Asked(loop.time(), life, person.chat_id, codes)
        self.asked.append(asked)
        self.in_flight.append(asked)
        self.most_in_flight = max(self.most_in_flight, len(self.in_flight))
        try:
            fault = self._fault(loop.time())
            await self._travel(life)
            try:
                self._refuse(chat_id, person, fault)
            except UncertainError:
                self._doubt(person, codes)
                raise
            message_id = self._show(person, kind, codes, way)
            await self._answer(fault, person, codes)
            await self._travel(life)
        finally:
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
        if self.crash() or life != self.life:
            await asyncio.Future()
        await asyncio.sleep(self._random.choice((0.005, 0.02, 0.08, 1.5)))
        if life != self.life:
            await asyncio.Future()

    def _fault(self, now: float) -> Fault | None:
        for start, end, fault, share in self.faults:
            if start <= now < end and self._random.random() < share:
                return fault
        return None

    def _refuse(self, chat_id: int, person: Person, fault: Fault | None) -> None:
        now = asyncio.get_running_loop().time()
        if fault is Fault.TOO_MANY:
            seconds = self._random.choice((1, 5, 60, 600))
            self.bans.append((now, self.life, now + seconds))
            raise RetryAfterError(seconds)
        if fault is Fault.RESET and self._random.random() < HALF:
            raise UncertainError
        if fault in {Fault.REFUSED, Fault.SERVER_ERROR}:
            raise RetryError
        if fault is Fault.PROXY_403:
            raise SuspiciousForbiddenError
        if chat_id in self.moved:
            raise MigratedError(self.moved[chat_id])
        if person.blocked:
            raise ChatGoneError("forbidden: bot was blocked by the user")

    async def _answer(self, fault: Fault | None, person: Person, codes: tuple[str, ...]) -> None:
        if fault in {Fault.LOST_ANSWER, Fault.RESET}:
            self._doubt(person, codes)
            await asyncio.sleep(30 if fault is Fault.LOST_ANSWER else 0)
            raise UncertainError

    def doubt(self, parcel: Parcel) -> None:
        """The process died before it could mark what became of this."""
        chat_id = parcel.recipient.chat_id
        person = self.people[self.moved.get(chat_id, chat_id)]
        self._doubt(person, tuple(item.incident.code for item in parcel.items))

    def _doubt(self, person: Person, codes: tuple[str, ...]) -> None:
        for code in codes:
            person.doubts[code] = person.doubts.get(code, 0) + 1
