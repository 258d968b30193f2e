"""A small knowledge base, changes to feed in, and a Telegram that remembers what chats saw."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from bot.alerts.errors import MessageGoneError, SendError, ThreadGoneError
from bot.alerts.graph import Graph
from bot.alerts.model import Outgoing, Ping
from bot.alerts.rulings import Category, OpenIncident
from bot.knowledge import Knowledge, Localized, LocalizedLists, Profession, Service
from bot.status.model import Change, ChangeKind, Confirmed, Incident, State

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
"""A Monday, twelve o'clock in Belgium."""


def text(value: str) -> Localized:
    """The same words in the four languages."""
    return Localized(fr=value, nl=value, de=value, en=value)


def service(name: str, code: str, professions: str, *depends_on: str) -> Service:
    """A service of the small knowledge base."""
    words = LocalizedLists(fr=(name,), nl=(name,), de=(name,), en=(name,))
    return Service(
        id=name,
        code=code,
        names=text(name),
        aliases=words,
        professions=tuple(professions.split()),
        depends_on=depends_on,
    )


def profession(name: str, *blocking: str) -> Profession:
    """A profession of the small knowledge base."""
    words = LocalizedLists(fr=(name,), nl=(name,), de=(name,), en=(name,))
    return Profession(id=name, names=text(name), aliases=words, blocking=blocking)


SERVICES = (
    service("platform", "PLA", "all"),
    service("sts", "STS", "all", "platform"),
    service("recip-e", "REC", "pharmacist general-practitioner", "sts"),
    service("mycarenet", "MCN", "pharmacist nurse", "sts"),
    service("vitalink", "VIT", "nurse"),
    service("eid", "EID", "all"),
)
PROFESSIONS = (
    profession("pharmacist", "recip-e"),
    profession("general-practitioner", "recip-e"),
    profession("nurse"),
)
KNOWLEDGE = Knowledge(
    professions=MappingProxyType({one.id: one for one in PROFESSIONS}),
    services=MappingProxyType({one.id: one for one in SERVICES}),
    sources=MappingProxyType({}),
    contacts=MappingProxyType({}),
    references=MappingProxyType({}),
    procedures=MappingProxyType({}),
)
GRAPH = Graph(KNOWLEDGE)


def change(kind: ChangeKind, name: str, at: datetime, incident: Incident | None = None) -> Change:
    """A change as the tracker gives it; what the states are follows from the kind."""
    previous, current = STATES[kind]
    key = incident.id if incident else f"{name}:{at.date()}"
    return Change(kind, name, previous, current, at, at, "ehealth", key, incident)


STATES = {
    ChangeKind.ONSET: (State.OPERATIONAL, State.MAJOR_OUTAGE),
    ChangeKind.WORSENED: (State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE),
    ChangeKind.UPDATE: (State.MAJOR_OUTAGE, State.MAJOR_OUTAGE),
    ChangeKind.RESOLVED: (State.MAJOR_OUTAGE, State.OPERATIONAL),
    ChangeKind.UNSTABLE: (State.OPERATIONAL, State.MAJOR_OUTAGE),
    ChangeKind.STEADY: (State.MAJOR_OUTAGE, State.OPERATIONAL),
    ChangeKind.PLANNED: (State.OPERATIONAL, State.MAINTENANCE),
    ChangeKind.REPLANNED: (State.OPERATIONAL, State.MAINTENANCE),
    ChangeKind.CALLED_OFF: (State.OPERATIONAL, State.OPERATIONAL),
    ChangeKind.REMINDER: (State.MAJOR_OUTAGE, State.MAJOR_OUTAGE),
    ChangeKind.EMERGENCY_ON: (State.MAJOR_OUTAGE, State.MAJOR_OUTAGE),
    ChangeKind.EMERGENCY_OFF: (State.OPERATIONAL, State.OPERATIONAL),
}


def onset(name: str, at: datetime, state: State = State.MAJOR_OUTAGE) -> Change:
    """The service is down."""
    return replace(change(ChangeKind.ONSET, name, at), current=state)


def resolved(name: str, at: datetime) -> Change:
    """The service is back."""
    return change(ChangeKind.RESOLVED, name, at)


def worsened(name: str, at: datetime) -> Change:
    """From partial to major outage."""
    return change(ChangeKind.WORSENED, name, at)


def new_end(name: str, at: datetime, ends: datetime) -> Change:
    """The source says until when it will last."""
    incident = Incident("i1", "ehealth", "down", None, (name,), ends_at=ends)
    return change(ChangeKind.UPDATE, name, at, incident)


def window(
    at: datetime,
    starts: datetime,
    hours: float | None = 2,
    *,
    kind: ChangeKind = ChangeKind.PLANNED,
    felt: bool = True,
) -> Change:
    """Planned work on vitalink. `hours` None: nobody says when it ends."""
    ends = None if hours is None else starts + timedelta(hours=hours)
    impact = State.UNKNOWN if felt else State.OPERATIONAL
    planned = Incident(
        "m1", "ehealth", "work", None, ("vitalink",), impact, starts_at=starts, ends_at=ends
    )
    return change(kind, "vitalink", at, planned)


def called_off(at: datetime, starts: datetime) -> Change:
    """It will not take place."""
    return window(at, starts, kind=ChangeKind.CALLED_OFF)


def confirmed(made: Change) -> Confirmed:
    """The state that the tracker confirms with a change."""
    return Confirmed(made.service, made.current, made.since, made.source, made.key)


def is_open(name: str, category: Category = Category.OUTAGE, **more: object) -> OpenIncident:
    """An incident that was told at noon."""
    base = OpenIncident(
        7, name, category, f"{name}:{NOON.date()}", State.MAJOR_OUTAGE, NOON, "ehealth"
    )
    return replace(base, **more)  # type: ignore[arg-type]


def word(ping: Ping) -> Outgoing:
    """A wording that a test can read: kind, code, services with their children."""
    parts = [
        f"{one.service}={'over' if one.ended_at else one.state.value}"
        + (f"[{','.join(one.children)}]" if one.children else "")
        for one in ping.affected
    ]
    return Outgoing(f"{ping.kind.value} {ping.code} {' '.join(parts)}")


@dataclass
class Seen:
    """One message as its chat sees it."""

    message_id: int
    text: str
    silent: bool
    reply_to: int | None
    thread_id: int | None = None
    edits: list[str] = field(default_factory=list)


@dataclass
class Telegram:
    """The truth of what each chat saw, and faults to raise: each is asked once per request.

    While `answering` is cleared, whatever is sent stays in flight. `lost`: topics deleted since.
    """

    chats: dict[int, list[Seen]] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    fault: Callable[[int], SendError | None] = lambda _: None
    count: int = 0
    answering: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answering.set()

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
        await self.answering.wait()
        self._fail(chat_id)
        if thread_id in self.lost:
            raise ThreadGoneError
        self.count += 1
        seen = Seen(self.count, outgoing.text, silent, reply_to, thread_id)
        self.chats.setdefault(chat_id, []).append(seen)
        return self.count

    async def edit(self, chat_id: int, message_id: int, outgoing: Outgoing) -> None:
        """See `Transport.edit`."""
        self._fail(chat_id)
        mine = self.chats.get(chat_id, [])
        found = [seen for seen in mine if seen.message_id == message_id]
        if not found:
            raise MessageGoneError
        found[0].edits.append(outgoing.text)

    def texts(self, chat_id: int) -> list[str]:
        """What the chat got, without the codes."""
        return [_without_code(seen.text) for seen in self.chats.get(chat_id, [])]

    def edits(self, chat_id: int) -> list[str]:
        """What was changed in the chat, in order of the messages."""
        return [_without_code(t) for seen in self.chats.get(chat_id, []) for t in seen.edits]

    def _fail(self, chat_id: int) -> None:
        error = self.fault(chat_id)
        if error is not None:
            raise error


def _without_code(value: str) -> str:
    kind, _, rest = value.split(" ", 2)
    return f"{kind} {rest}"
