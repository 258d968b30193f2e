"""The doors of this room: where rows are kept, how messages leave, who is told of trouble."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.alerts.model import DeliveryState, Outgoing, Ping
from bot.alerts.parcels import Judge, Parcel
from bot.alerts.rulings import Plan
from bot.status.model import Confirmed

Render = Callable[[Ping], Outgoing]
Heartbeat = Callable[[], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]
Monotonic = Callable[[], float]


class Trouble(StrEnum):
    """What an operator must hear of."""

    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a kind of trouble, no secret
    MANY_REFUSALS = "many_refusals"
    GIVEN_UP = "given_up"
    BAD_MESSAGE = "bad_message"
    STORE_UNAVAILABLE = "store_unavailable"


Alarm = Callable[[Trouble], Awaitable[None]]


class Transport(Protocol):
    """How a message leaves. Raises the errors of `bot.alerts.errors`, classified."""

    async def send(
        self,
        chat_id: int,
        outgoing: Outgoing,
        *,
        silent: bool,
        reply_to: int | None,
        thread_id: int | None = None,
    ) -> int:
        """Sends a message, in a forum to this topic; returns its id."""

    async def edit(self, chat_id: int, message_id: int, outgoing: Outgoing) -> None:
        """Changes a message; one that already reads so is a success."""


@dataclass(frozen=True)
class Hand:
    """Who of the team made a change by hand, what it was, and how many chats it was to reach."""

    admin_id: int
    act: str
    told: int


@dataclass(frozen=True)
class Recorded:
    """What one `record` wrote: how many rows of the outbox, and the codes of its incidents."""

    rows: int
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recovered:
    """Rows found in mid-send: to be repeated, and given up after too many repeats."""

    uncertain: int = 0
    dead: int = 0


@dataclass(frozen=True)
class Due:
    """Whether rows wait to be sent, and whether one of uncertain fate is to be repeated."""

    pending: bool = False
    uncertain: bool = False


@dataclass(frozen=True)
class Claimed:
    """Parcels to send now; how many rows were looked at; and those that were closed, by state."""

    parcels: tuple[Parcel, ...] = ()
    taken_up: int = 0
    closed: dict[DeliveryState, int] = field(default_factory=dict)


class Outbox(Protocol):
    """What of it is due, and what became of it. `bot.store.outbox` is the one that runs.

    Every method is one transaction, and raises StoreUnavailableError where it fails.
    """

    async def record(
        self,
        plan: Plan,
        confirmed: tuple[Confirmed, ...],
        at: datetime,
        by: Hand | None = None,
    ) -> Recorded:
        """History, incidents, events, a row for each chat, and who did it; or none of it.

        Raises NotLeadingError where it was seen by a process that no longer leads.
        """

    async def recover(self, now: datetime, *, started: bool) -> Recovered:
        """What a dead process was sending is now of uncertain fate.

        `started`: this process has just begun, so onsets that still hold get their full time again.
        """

    async def due(self, now: datetime) -> Due:
        """What there is to do now; what waited until now is pending from here on."""

    @property
    def marking(self) -> int:
        """How many parcels were reported as delivered whose marks are not committed yet.

        A claim that is asked for now comes after these marks, or fails with them.
        """

    async def claim(self, limit: int, now: datetime, judge: Judge, busy: frozenset[int]) -> Claimed:
        """Up to `limit` parcels of as many chats, none of `busy`, most urgent first."""

    async def claim_uncertain(
        self, limit: int, now: datetime, judge: Judge, busy: frozenset[int]
    ) -> Claimed:
        """The same for parcels of uncertain fate, that which has waited longest first."""

    async def mark_sent(self, parcel: Parcel, message_id: int, at: datetime) -> None:
        """It was delivered as this message."""

    async def part(self, parcel: Parcel, at: datetime) -> bool:
        """It joins no message: what leaves next is one of its own. False: it is ours no longer."""

    async def postpone(
        self, parcel: Parcel, until: datetime, *, tried: bool = True, refused: bool = False
    ) -> None:
        """It was surely not delivered. `tried`: the attempt counts; `refused`: the chat did."""

    async def mark_uncertain(self, parcel: Parcel, at: datetime) -> int:
        """It may have been delivered: to be repeated alone. Returns how many are given up."""

    async def close(self, parcel: Parcel, state: DeliveryState, reason: str, at: datetime) -> None:
        """It will not be sent."""

    async def block(self, parcel: Parcel, reason: str, at: datetime) -> None:
        """The chat cannot be reached: nothing more is sent to it until it comes back."""

    async def unblock(self, chat_ids: frozenset[int], until: datetime) -> None:
        """These were blocked by mistake: they are active again, their rows due at `until`."""

    async def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: all that was kept moves to the new id."""

    async def leave_thread(self, parcel: Parcel) -> None:
        """Its topic is gone: the chat is told in the general one, unless it chose anew since."""

    async def senders(self, now: datetime) -> int:
        """How many processes send with this token now, this one included."""

    async def purge(self, now: datetime) -> None:
        """Counts and deletes what need not be kept any longer."""
