"""What a chat is told: plain values between the store, the sender and the view."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.status.model import ChangeKind, Emergency, Incident, State


class DeliveryState(StrEnum):
    """Life of one row of the outbox (one event for one chat)."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    DEAD = "dead"
    BLOCKED = "blocked"


OPEN_STATES = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.RETRY,
    DeliveryState.UNCERTAIN,
)
"""Rows in these may still leave, or are on their way; in all others, they have ended."""


@dataclass(frozen=True)
class Affected:
    """One service in a ping, with the services that rest on it and are hit with it.

    `code`: its own incident code, where a ping holds several. `ended_at`: it is back since then,
    as one of several in a message that is edited; `news`: of those, whether it is what changed.
    `words`: of its incident, as its source writes it. `announced`: by hand by the team.
    """

    service: str
    state: State
    since: datetime
    source: str
    children: tuple[str, ...] = ()
    code: str = ""
    ended_at: datetime | None = None
    news: bool = True
    words: Incident | None = None
    announced: bool = False


@dataclass(frozen=True)
class Ping:
    """All that is needed to word one message to one chat.

    `code`: the incident code that each message of an incident carries, such as REC-0124-1; the
    first of `affected` has it. `affected`: worst first; several where they are told at once.
    `incident`: the words of the first. `ended_at`: set on resolved.
    """

    kind: ChangeKind
    code: str
    chat_id: int
    language: str
    profession: str | None
    affected: tuple[Affected, ...]
    incident: Incident | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    emergency: Emergency | None = None


@dataclass(frozen=True)
class Outgoing:
    """A message ready to be sent: HTML text, and rows of (label, callback data) buttons.

    `picture`: PNG that the text says in words; only replies have one, pings never.
    """

    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    picture: bytes | None = None
