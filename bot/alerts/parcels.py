"""What is taken from the outbox for one chat, and the judgement on each row at the last moment.

Deciding here rather than at fan-out means that quiet hours, mutes and subscriptions count as they
are when the message would leave.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.alerts.graph import Graph
from bot.alerts.model import OPEN_STATES, DeliveryState
from bot.alerts.quiet import next_digest, quiet_until
from bot.alerts.rulings import CLOSING, OPENING, SILENT, WORK
from bot.preferences import QuietHours
from bot.status.events import over_from
from bot.status.model import ChangeKind, Emergency, Incident, State

SOUNDS_A_DAY = 10
LOOK_AGAIN = timedelta(seconds=2)
"""When a row is looked at again whose opening message is still on its way."""


@dataclass(frozen=True)
class Told:
    """An incident as it stands now: messages are worded from this, however late they leave."""

    id: int
    service: str
    code: str
    state: State
    source: str
    since: datetime
    ended_at: datetime | None = None
    announced: bool = False
    words: Incident | None = None
    emergency: Emergency | None = None


@dataclass(frozen=True)
class Opening:
    """The row that first told the chat of the incident."""

    state: DeliveryState
    message_id: int | None


@dataclass(frozen=True)
class Item:
    """One claimed row: one event for one chat. `held_back`: until now, as the day was full."""

    id: int
    fence: int
    kind: ChangeKind
    incident: Told
    edits: bool
    expires_at: datetime
    attempt: int = 0
    uncertain: int = 0
    refusals: int = 0
    opening: Opening | None = None
    muted: bool = False
    held_back: bool = False


@dataclass(frozen=True)
class Recipient:
    """The chat as it is now. `thread_id`: of a forum, the topic where it is told."""

    chat_id: int
    language: str | None
    profession: str | None
    services: frozenset[str]
    quiet: QuietHours | None = None
    night_off_until: datetime | None = None
    reachable: bool = True
    sounded_today: int = 0
    thread_id: int | None = None


@dataclass(frozen=True)
class Parcel:
    """Rows of one chat that leave as one message.

    `edit`: the message to change instead of sending one. `reply_to`: the message that opened the
    incident. `also`: other incidents that the edited message tells of.
    """

    recipient: Recipient
    kind: ChangeKind
    items: tuple[Item, ...]
    edit: int | None = None
    reply_to: int | None = None
    silent: bool = False
    also: tuple[Told, ...] = ()

    @property
    def joins(self) -> bool:
        """Whether it is news that is added to a message which the chat has already."""
        return self.edit is not None and not self.items[0].edits


class Act(StrEnum):
    """What becomes of a row that was taken up."""

    SEND = "send"
    WAIT = "wait"
    DROP = "drop"


class Why(StrEnum):
    """The reason of a verdict; kept with the row, counted, never worded to people.

    `DIGEST`: it waited as the day was full; its digest has come since.
    """

    DUE = "due"
    BLOCKED = "blocked"
    MUTED = "muted"
    UNSUBSCRIBED = "unsubscribed"
    EXPIRED = "expired"
    OVER = "over"
    NEVER_TOLD = "never_told"
    OPENING_ON_ITS_WAY = "opening_on_its_way"
    QUIET = "quiet"
    DAY_FULL = "day_full"
    DIGEST = "digest"


@dataclass(frozen=True)
class Verdict:
    """`until`: when a waiting row is looked at again. `state`: how a dropped one ends."""

    act: Act
    why: Why
    until: datetime | None = None
    state: DeliveryState | None = None


Judge = Callable[[Item, Recipient, datetime], Verdict]
GO = Verdict(Act.SEND, Why.DUE)


def judge(item: Item, recipient: Recipient, now: datetime, graph: Graph) -> Verdict:
    """Whether the row leaves now, waits, or is no longer worth sending."""
    reason = _pointless(item, recipient, now, graph)
    if reason is not None:
        return Verdict(Act.DROP, reason, state=ENDS.get(reason, DeliveryState.SUPERSEDED))
    if item.kind not in OPENING:
        waits = _opening_verdict(item.opening)
        if waits is not None:
            return waits
    return _patience(item, recipient, now, graph)


ENDS = {Why.BLOCKED: DeliveryState.BLOCKED, Why.EXPIRED: DeliveryState.EXPIRED}


def _pointless(item: Item, recipient: Recipient, now: datetime, graph: Graph) -> Why | None:
    follows = graph.follows(recipient.services, recipient.profession, item.incident.service)
    over = _is_over(item.incident, item.kind, now) and item.kind not in CLOSING
    # One that may have arrived is repeated even so: whoever got it must hear the end of it.
    owed = item.uncertain > 0 and item.kind in OPENING - WORK
    table = (
        (not recipient.reachable, Why.BLOCKED),
        (item.muted, Why.MUTED),
        (not follows, Why.UNSUBSCRIBED),
        (now >= item.expires_at and not owed, Why.EXPIRED),
        (over and item.uncertain == 0, Why.OVER),
    )
    return next((reason for holds, reason in table if holds), None)


def _is_over(told: Told, kind: ChangeKind, now: datetime) -> bool:
    """Planned work ends with its hours: what waited through them is told to nobody."""
    if kind in WORK and told.words is not None:
        until = over_from(told.words.starts_at, told.words.ends_at)
        return until is not None and until <= now
    return told.ended_at is not None


def _opening_verdict(opening: Opening | None) -> Verdict | None:
    """A change or an end is told only after, and only to who got, its opening message."""
    if opening is not None and opening.state is DeliveryState.SENT:
        return None
    if opening is not None and opening.state in OPEN_STATES:
        return Verdict(Act.WAIT, Why.OPENING_ON_ITS_WAY)
    return Verdict(Act.DROP, Why.NEVER_TOLD, state=DeliveryState.SUPERSEDED)


def _patience(item: Item, recipient: Recipient, now: datetime, graph: Graph) -> Verdict:
    if item.edits:
        return GO  # an edit makes neither a sound nor a notification
    until = quiet_until(recipient.quiet, recipient.night_off_until, now)
    if until is not None:
        return Verdict(Act.WAIT, Why.QUIET, until)
    full = recipient.sounded_today >= SOUNDS_A_DAY and not item.held_back
    if sounds(item) and full:
        told = item.incident
        if not graph.blocks(told.service, told.state, recipient.profession):
            return Verdict(Act.WAIT, Why.DAY_FULL, next_digest(now))
    return GO


def sounds(item: Item) -> bool:
    """Whether the message shall make a sound: news does, its end and its details do not."""
    if item.edits or item.kind in SILENT or item.incident.ended_at is not None:
        return False
    return item.kind is not ChangeKind.PLANNED or _is_felt(item.incident)


def _is_felt(told: Told) -> bool:
    return told.words is None or told.words.impact is not State.OPERATIONAL


def parcel(recipient: Recipient, items: Sequence[Item], *, join: int | None = None) -> Parcel:
    """Rows of one kind as one message. `join`: a message just sent, which tells these too."""
    lead = items[0]
    opening = lead.opening.message_id if lead.opening else None
    edit = opening if lead.edits else join
    return Parcel(
        recipient,
        lead.kind,
        tuple(items),
        edit=edit,
        reply_to=None if edit is not None else opening,
        silent=edit is not None or not any(sounds(item) for item in items),
    )


def alone(joining: Parcel) -> Parcel:
    """The same news in a message of its own."""
    return parcel(joining.recipient, joining.items)
