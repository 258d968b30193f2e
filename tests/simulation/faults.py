"""Every way in which the world around the process can fail, and how often each did."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """One way to fail; counted when it strikes, not when it is planned."""

    REFUSED = "connection refused"
    SERVER_ERROR = "5xx"
    TOO_MANY = "429"
    LOST_ANSWER = "timeout with effect"
    RESET = "reset"
    PROXY_403 = "403 of a proxy"
    ALL_FORBIDDEN = "403 to everyone"
    TOKEN_REFUSED = "401"
    BLOCKED = "403 of a chat"
    MIGRATED = "migrated"
    DISK_FULL = "disk full"
    BUSY = "SQLITE_BUSY"
    CRASH = "crash"
    CRASH_LOOP = "crash soon after a start"
    CRASH_AFTER_EFFECT = "crash between effect and mark"
    STALL = "stalled process answers late"
    TERMINATED = "SIGTERM"
    CLOCK_JUMP = "clock jump"
    SUMMER_TIME = "summer time begins or ends"
    SOURCE_DOWN = "source down"
    ALL_SOURCES_DOWN = "all sources down"
    DRIFT = "layout drift"
    FLAPPING = "flapping"
    STOP = "/stop"
    STOP_MID_BROADCAST = "/stop in mid-broadcast"
    UNSUBSCRIBE = "/unsubscribe"
    UNSUBSCRIBE_MID_BROADCAST = "/unsubscribe in mid-broadcast"
    MUTE = "mute"


OF_REQUESTS = (
    Fault.REFUSED,
    Fault.SERVER_ERROR,
    Fault.TOO_MANY,
    Fault.LOST_ANSWER,
    Fault.RESET,
    Fault.PROXY_403,
    Fault.ALL_FORBIDDEN,
    Fault.TOKEN_REFUSED,
)
OF_DISK = (Fault.DISK_FULL, Fault.BUSY)
OF_SOURCES = (Fault.SOURCE_DOWN, Fault.ALL_SOURCES_DOWN, Fault.DRIFT)


@dataclass(frozen=True)
class Spell:
    """While it lasts, this share of what could be hit is. `place`: of several, the one meant."""

    begin: float
    end: float
    fault: Fault
    share: float
    place: int


@dataclass
class Weather:
    """All spells of one story, and a count of what struck."""

    seed: int
    random: Random
    spells: list[Spell] = field(default_factory=list)
    struck: Counter[Fault] = field(default_factory=Counter)
    over: bool = False

    def plan(self, kinds: tuple[Fault, ...], most: int, length: float, now: float) -> None:
        """Up to `most` spells soon; of each kind in turn, so that few seeds are enough for all."""
        for _ in range(self.random.randint(0, most)):
            begin = now + self.random.choice((0, 95, 95, 200 * self.random.random()))
            end = begin + self.random.choice((20.0, 60.0, length))
            before = sum(spell.fault in kinds for spell in self.spells)
            fault = kinds[(5 * self.seed + before) % len(kinds)]
            share = self.random.choice((0.2, 0.7, 1.0))
            self.spells.append(Spell(begin, end, fault, share, self.random.randint(0, 1)))

    def strikes(self, kinds: Iterable[Fault], now: float) -> Spell | None:
        """The spell that hits now, if one does. Whoever carries it out counts it."""
        for spell in () if self.over else self.spells:
            meant = spell.fault in kinds and spell.begin <= now < spell.end
            if meant and self.random.random() < spell.share:
                return spell
        return None

    def note(self, fault: Fault) -> None:
        """It struck."""
        self.struck[fault] += 1
