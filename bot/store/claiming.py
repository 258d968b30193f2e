"""Taking rows up: judged, leased and fenced in one transaction, before anything leaves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.model import DeliveryState
from bot.alerts.parcels import (
    LOOK_AGAIN,
    Act,
    Item,
    Judge,
    Parcel,
    Recipient,
    Told,
    Verdict,
    Why,
    parcel,
)
from bot.alerts.plans import OPENING
from bot.alerts.policy import TIME_TO_LIVE
from bot.alerts.ports import Claimed
from bot.alerts.quiet import day_start
from bot.status.model import ChangeKind
from bot.store import rows
from bot.store.rows import word
from bot.store.tables import chats, deliveries, incidents, mutes, subscriptions

GONE = Verdict(Act.DROP, Why.UNSUBSCRIBED, state=DeliveryState.SUPERSEDED)
"""A row whose chat is not known (any longer)."""
Alike = tuple[str, bool]
"""Kind, and whether it edits: rows of one chat that agree in both leave as one message."""
HEADS_PER_PLACE = 4
"""Rows looked at for each free place: one chat may have several, which leave together."""


@dataclass
class Take:
    """One claim in the making."""

    connection: AsyncConnection
    now: datetime
    judge: Judge
    lease: timedelta
    group: timedelta
    closed: Counter[DeliveryState] = field(default_factory=Counter)

    async def parcels(self, state: DeliveryState, limit: int, busy: frozenset[int]) -> Claimed:
        """Up to `limit` parcels of as many chats out of the rows in this state."""
        heads = await self._heads(state, limit, busy)
        if not heads:
            return Claimed()
        found = await self._rows(state, heads)
        recipients = await self._recipients(frozenset(heads))
        muted = await self._muted(frozenset(heads))
        parcels = []
        for chat_id, alike in heads.items():
            mine = [row for row in found if row["chat_id"] == chat_id and _alike(row) == alike]
            items = _items(mine, muted)
            sent = await self._judged(items, recipients.get(chat_id))
            if sent:
                parcels.append(await self._parcel(recipients[chat_id], sent))
        return Claimed(tuple(parcels), len(found), dict(self.closed))

    async def _heads(
        self, state: DeliveryState, limit: int, busy: frozenset[int]
    ) -> dict[int, Alike]:
        """The most urgent chats, each with what can leave together with its most urgent row."""
        columns = (deliveries.c.chat_id, deliveries.c.kind, deliveries.c.edits)
        query = select(*columns).where(_ready(state, self.now))
        if busy:
            query = query.where(deliveries.c.chat_id.not_in(sorted(busy)))
        query = query.order_by(*_order(state)).limit(limit * HEADS_PER_PLACE)
        query = query.with_for_update(skip_locked=True)
        heads: dict[int, Alike] = {}
        for row in (await self.connection.execute(query)).mappings():
            if len(heads) < limit:
                heads.setdefault(row["chat_id"], _alike(row))
        return heads

    async def _rows(self, state: DeliveryState, heads: dict[int, Alike]) -> Sequence[RowMapping]:
        query = _row_query().where(
            deliveries.c.chat_id.in_(sorted(heads)),
            deliveries.c.kind.in_(sorted({kind for kind, _ in heads.values()})),
            _ready(state, self.now),
        )
        query = query.order_by(deliveries.c.priority, deliveries.c.id)
        query = query.with_for_update(of=deliveries, skip_locked=True)
        return (await self.connection.execute(query)).mappings().all()

    async def _recipients(self, chat_ids: frozenset[int]) -> dict[int, Recipient]:
        services: dict[int, set[str]] = defaultdict(set)
        named = select(subscriptions).where(subscriptions.c.chat_id.in_(sorted(chat_ids)))
        for chat_id, service in await self.connection.execute(named):
            services[chat_id].add(service)
        sounded = await self._sounded(chat_ids)
        known = select(chats).where(chats.c.chat_id.in_(sorted(chat_ids)))
        return {
            row["chat_id"]: rows.recipient(
                row, frozenset(services[row["chat_id"]]), sounded.get(row["chat_id"], 0)
            )
            for row in (await self.connection.execute(known)).mappings()
        }

    async def _sounded(self, chat_ids: frozenset[int]) -> dict[int, int]:
        count = func.count(deliveries.c.message_id.distinct())
        query = select(deliveries.c.chat_id, count).where(
            deliveries.c.chat_id.in_(sorted(chat_ids)),
            deliveries.c.sounded,
            deliveries.c.closed_at >= day_start(self.now),
        )
        found = await self.connection.execute(query.group_by(deliveries.c.chat_id))
        return {chat_id: number for chat_id, number in found}  # noqa: C416 - rows are no pairs

    async def _muted(self, chat_ids: frozenset[int]) -> frozenset[tuple[int, int]]:
        query = select(mutes).where(mutes.c.chat_id.in_(sorted(chat_ids)))
        found = await self.connection.execute(query)
        return frozenset((chat_id, incident_id) for chat_id, incident_id in found)

    async def _judged(self, items: list[Item], chat: Recipient | None) -> list[Item]:
        """Carries out what judgement says of each; returns those that leave now."""
        sent = []
        for item in items:
            verdict = GONE if chat is None else self.judge(item, chat, self.now)
            if verdict.act is Act.SEND:
                sent.append(item)
            else:
                await self._settle(item, verdict)
        return sent

    async def _settle(self, item: Item, verdict: Verdict) -> None:
        values: dict[str, object] = {"reason": verdict.why.value}
        if verdict.act is Act.DROP and verdict.state is not None:
            values |= {"state": verdict.state.value, "closed_at": self.now}
            self.closed[verdict.state] += 1
        else:
            until = verdict.until or self.now + LOOK_AGAIN
            state = DeliveryState.UNCERTAIN if item.uncertain else DeliveryState.RETRY
            values |= {"state": state.value, "not_before": until}
            if verdict.until is not None:  # waiting for the chat's sake does not use up its time
                values["expires_at"] = max(item.expires_at, until + TIME_TO_LIVE[item.kind])
        await self._update([item.id], values)

    async def _parcel(self, recipient: Recipient, items: list[Item]) -> Parcel:
        if items[0].edits:
            items = [one for one in items if one.opening == items[0].opening]
        join = await self._join(recipient.chat_id, items[0])
        made = parcel(recipient, items, join=join, also=())
        values: dict[str, object] = {
            "state": DeliveryState.SENDING.value,
            "fence": items[0].fence,
            "lease_until": self.now + self.lease,
            "started_at": self.now,
            "message_id": made.edit,
            "reason": None,
        }
        await self._update([one.id for one in items], values)
        if made.edit is None:
            return made
        also = await self._told_by(recipient.chat_id, made.edit)
        return parcel(recipient, items, join=join, also=also)

    async def _join(self, chat_id: int, lead: Item) -> int | None:
        """The onset message that the chat got a moment ago, if there is one."""
        if lead.kind is not ChangeKind.ONSET or lead.uncertain or not self.group:
            return None
        query = select(deliveries.c.message_id).where(
            deliveries.c.chat_id == chat_id,
            deliveries.c.kind == ChangeKind.ONSET.value,
            deliveries.c.state == DeliveryState.SENT.value,
            deliveries.c.closed_at >= self.now - self.group,
        )
        query = query.order_by(deliveries.c.closed_at.desc()).limit(1)
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def _told_by(self, chat_id: int, message_id: int) -> tuple[Told, ...]:
        """The incidents that a message already tells of."""
        query = _row_query().where(
            deliveries.c.chat_id == chat_id,
            deliveries.c.message_id == message_id,
            deliveries.c.kind.in_(sorted(OPENING)),
            deliveries.c.state == DeliveryState.SENT.value,
        )
        found = (await self.connection.execute(query)).mappings()
        return tuple(rows.told(row, row["version"]) for row in found)

    async def _update(self, ids: list[int], values: dict[str, object]) -> None:
        await self.connection.execute(
            update(deliveries).where(deliveries.c.id.in_(ids)).values(values)
        )


def _alike(row: RowMapping) -> Alike:
    return row["kind"], row["edits"]


def _ready(state: DeliveryState, now: datetime) -> ColumnElement[bool]:
    ready = deliveries.c.state == word(state)
    if state is DeliveryState.PENDING:
        return ready
    return ready & (deliveries.c.not_before <= now)


def _order(state: DeliveryState) -> tuple[ColumnElement[object], ...]:
    if state is DeliveryState.PENDING:
        return (deliveries.c.priority, deliveries.c.id)
    return (deliveries.c.not_before, deliveries.c.id)


def _row_query() -> Select[tuple[object, ...]]:
    """Rows of the outbox with their incident, and the row that first told of it."""
    opening = deliveries.alias("opening")
    return (
        select(
            deliveries,
            incidents.c.service,
            incidents.c.prefix,
            incidents.c.number,
            incidents.c.state.label("incident_state"),
            incidents.c.source,
            incidents.c.since,
            incidents.c.ended_at,
            incidents.c.announced,
            incidents.c.words,
            incidents.c.emergency_since,
            incidents.c.emergency_route,
            opening.c.state.label("opening_state"),
            opening.c.message_id.label("opening_message_id"),
        )
        .join(incidents, incidents.c.id == deliveries.c.incident_id)
        .outerjoin(opening, opening.c.id == deliveries.c.follows)
    )


def _items(mine: Iterable[RowMapping], muted: frozenset[tuple[int, int]]) -> list[Item]:
    """The rows as items, under one new fence that is greater than any they had."""
    kept = list(mine)
    fence = 1 + max((row["fence"] for row in kept), default=0)
    return [
        rows.item(row, fence=fence, muted=(row["chat_id"], row["incident_id"]) in muted)
        for row in kept
    ]
