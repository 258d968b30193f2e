"""A watcher whose far side, store, clock and chance the test holds."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.knowledge.base import Knowledge
from bot.knowledge.model import Source
from bot.status.fetched import Answer, Fetched, Validators
from bot.status.hysteresis import Thresholds
from bot.status.model import Change, Confirmed
from bot.status.unreadable import UnreadableError
from bot.status.watcher import Watcher
from tests.status.samples import NOON, knowledge, service, source

AT_ONCE = Thresholds(onset_reads=1, confirm_seconds=0, clear_reads=1, clear_seconds=0)


def page(state: str = "operational") -> bytes:
    """A Statuspage body with one component, STS."""
    listed = [{"id": "sts", "name": "sts", "status": state}]
    return json.dumps({"page": {}, "components": listed}).encode()


@dataclass
class FarSide:
    """Serves what the test says, per source; keeps what was asked."""

    bodies: dict[str, bytes | UnreadableError | Callable[[], Fetched]]
    asked: list[tuple[str, Validators]] = field(default_factory=list)

    async def __call__(self, source: Source, known: Validators) -> Fetched:
        """As a Fetcher."""
        self.asked.append((source.id, known))
        served = self.bodies[source.id]
        if isinstance(served, UnreadableError):
            raise served
        if isinstance(served, bytes):
            return Fetched.of({source.id: Answer(served, etag="1")})
        return served()


@dataclass
class Desk:
    """Takes the changes, or refuses them for so many times."""

    refusals: int = 0
    taken: list[tuple[tuple[Change, ...], tuple[Confirmed, ...]]] = field(default_factory=list)

    async def __call__(
        self, changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: datetime
    ) -> None:
        """As a fan-out."""
        if self.refusals:
            self.refusals -= 1
            raise ConnectionError("the store is away")
        self.taken.append((changes, confirmed))

    @property
    def told(self) -> list[str]:
        """What was told, in order."""
        return [
            f"{change.kind.value} {change.service}"
            for changes, _ in self.taken
            for change in changes
        ]


@dataclass
class Hands:
    """A watcher whose clock and chance the test holds."""

    base: Knowledge
    far: FarSide
    desk: Desk = field(default_factory=Desk)
    now: datetime = NOON
    pauses: list[float] = field(default_factory=list)

    def watcher(self, thresholds: Thresholds = AT_ONCE) -> Watcher:
        """With all of it."""

        async def pause(seconds: float) -> None:
            self.pauses.append(seconds)
            await asyncio.sleep(0)

        return Watcher(
            knowledge=self.base,
            fetch=self.far,
            on_changes=self.desk,
            thresholds=thresholds,
            clock=lambda: self.now,
            chance=lambda: 0.5,
            pause=pause,
        )


def hands(**bodies: bytes | UnreadableError) -> Hands:
    """For one source or more, all about STS."""
    sources = [source(name, services={"sts": "sts"}) for name in bodies]
    return Hands(knowledge(service("sts"), *sources), FarSide(dict(bodies)))


def rows(number: int) -> bytes:
    """A Statuspage body with STS and so many others, all of them fine."""
    listed = [
        {"id": str(n), "name": "sts" if n == 0 else str(n), "status": "operational"}
        for n in range(number)
    ]
    return json.dumps({"page": {}, "components": listed}).encode()
