"""Planned faults and the flood limit, with counters of how the bot behaved."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from .forms import Form
from .refusals import RefusalError, too_many_requests

Kind = Literal["answer", "drop_before", "drop_after_effect", "delay", "broken_json"]
KINDS: tuple[Kind, ...] = ("answer", "drop_before", "drop_after_effect", "delay", "broken_json")
PAGE = "<html><head><title>{code}</title></head><body><h1>{code}</h1><hr>proxy</body></html>"
WORDS = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    409: "Conflict", 500: "Internal Server Error", 502: "Bad Gateway",
    503: "Service Unavailable", 504: "Gateway Timeout",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One planned fault; an empty condition fits every request."""

    kind: Kind = "answer"
    method: str = ""
    code: int = 500
    description: str = ""
    retry_after: int = 0
    migrate_to: int = 0
    contains: str = ""
    chat_id: int | None = None
    html: bool = False
    seconds: float | None = None
    times: int | None = 1

    def fits(self, method: str, form: Form) -> bool:
        """Whether the fault is meant for this request."""
        right_chat = self.chat_id is None or form.text("chat_id") == str(self.chat_id)
        right_method = self.method.lower() in ("", method.lower())
        in_values = any(self.contains in value for value in form.values.values())
        return right_method and right_chat and (not self.contains or in_values)

    def refusal(self) -> RefusalError:
        """Return the JSON answer of the fault."""
        if self.retry_after:
            return too_many_requests(self.retry_after)
        migration = {"migrate_to_chat_id": self.migrate_to} if self.migrate_to else None
        code = 400 if self.migrate_to else self.code
        return RefusalError(self.description or WORDS.get(code, "Error"), code, migration)

    def page(self) -> str:
        """Return what a proxy in front of the API would show."""
        return PAGE.format(code=f"{self.code} {WORDS.get(self.code, '')}")


class Faults:
    """The queue of planned faults; the first that fits is taken."""

    def __init__(self) -> None:
        """Start without faults."""
        self.queue: list[Fault] = []
        self.taken: list[Fault] = []
        self._released = asyncio.Event()

    def add(self, fault: Fault) -> None:
        """Plan a fault."""
        if fault.kind not in KINDS:
            raise ValueError(f"unknown kind of fault: {fault.kind!r}")
        self.queue.append(fault)

    def take(self, method: str, form: Form) -> Fault | None:
        """Return the fault for this request, if any; getUpdates must be named to be hit."""
        for place, fault in enumerate(self.queue):
            unnamed_poll = method.lower() == "getupdates" and not fault.method
            if not unnamed_poll and fault.fits(method, form):
                self._use(place, fault)
                return fault
        return None

    def _use(self, place: int, fault: Fault) -> None:
        self.taken.append(fault)
        if fault.times is not None and fault.times <= 1:
            del self.queue[place]
        elif fault.times is not None:
            self.queue[place] = replace(fault, times=fault.times - 1)

    async def hold(self, fault: Fault) -> None:
        """Keep an answer back: for a time, or without one until `release` is called."""
        if fault.seconds is not None:
            await asyncio.sleep(fault.seconds)
        else:
            await self._released.wait()

    def release(self) -> None:
        """Let the answers go that are held back without an end."""
        self._released.set()
        self._released = asyncio.Event()


@dataclass
class Flood:
    """The limit over all chats, and what the bot did while it held.

    Telegram's figure for bulk messages is about 30 a second (core.telegram.org/bots/faq).
    """

    per_second: int | None = None
    retry_after: int = 1
    clock: Callable[[], float] = time.monotonic
    max_in_a_second: int = 0
    in_flight: int = 0
    max_in_flight: int = 0
    sends: int = 0
    sends_during_retry_after: int = 0
    banned_until: float = 0.0
    recent: deque[float] = field(default_factory=deque)

    def count(self, method: str) -> None:
        """Count a send and refuse it when the limit is reached."""
        if not is_send(method):
            return
        now = self.clock()
        while self.recent and self.recent[0] <= now - 1:
            self.recent.popleft()
        self.recent.append(now)
        self.sends += 1
        self.max_in_a_second = max(self.max_in_a_second, len(self.recent))
        self.sends_during_retry_after += now < self.banned_until
        self._refuse_over_limit(now)

    def _refuse_over_limit(self, now: float) -> None:
        if self.per_second is None:
            return
        if now < self.banned_until:
            raise too_many_requests(int(self.banned_until - now) + 1)
        if len(self.recent) > self.per_second:
            raise too_many_requests(self.retry_after)

    def ban(self, seconds: int) -> None:
        """Remember that the bot was told to wait."""
        self.banned_until = max(self.banned_until, self.clock() + seconds)

    def enter(self, method: str) -> None:
        """Count a send that begins."""
        self.in_flight += is_send(method)
        self.max_in_flight = max(self.max_in_flight, self.in_flight)

    def leave(self, method: str) -> None:
        """Count a send that is answered."""
        self.in_flight -= is_send(method)

    def to_json(self) -> dict[str, int]:
        """Return the counters."""
        return {
            "sends": self.sends,
            "max_in_a_second": self.max_in_a_second,
            "max_in_flight": self.max_in_flight,
            "sends_during_retry_after": self.sends_during_retry_after,
        }


def is_send(method: str) -> bool:
    """Whether a method puts a new message into a chat."""
    name = method.lower()
    return name.startswith(("send", "copy", "forward")) and name != "sendchataction"
