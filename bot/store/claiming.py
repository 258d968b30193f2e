"""Taking rows up: judged, leased and fenced in one transaction, before anything leaves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, update

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
from bot.alerts.ports import Claimed
from bot.alerts.quiet import day_start
from bot.alerts.scene import TIME_TO_LIVE
from bot.status.model import ChangeKind
from bot.store import rows
from bot.store.statements import (
    HEADS,
    ROWS,
    TAKE,
    TOLD_BY,
)
from bot.store.tables import deliveries

GONE = Verdict(Act.DROP, Why.UNSUBSCRIBED, state=DeliveryState.SUPERSEDED)
"""A row whose chat is not known (any longer)."""
Alike = tuple[str, bool]
"""Kind, and whether it edits: rows of one chat that agree in both leave as one message."""
MOST_TOLD = 8
"""Incidents of one message: of more, some would not fit. The rest leaves in the next."""
HEADS_PER_PLACE = 4
"""Rows looked at for each free place: one chat may have several, which leave together."""


@dataclass
class Take:
    """One claim in the making."""

    connection: Connection
    now: datetime
    judge: Judge
    lease: timedelta
    group: timedelta
    closed: Counter[DeliveryState] = field(default_factory=Counter)

    def parcels(self, state: DeliveryState, limit: int, busy: frozenset[int]) -> Claimed:
        """Up to `limit` parcels of as many chats out of the rows in this state."""
        heads = self._heads(state, limit, busy)
        if not heads:
            return Claimed()
        asked = {
            "chats": sorted(heads),
            "now": self.now,
            "today": day_start(self.now),
            "lately": self.now - self.group,
        }
        found = self.connection.execute(ROWS[self._shared][state], asked).mappings().all()
        known = {row["chat_id"]: row for row in found if row["known_chat"] is not None}
        parcels = []
        for chat_id, items in _by_chat(found, heads).items():
            chat = rows.recipient(known[chat_id]) if chat_id in known else None
            leaving = self._judged(items, chat)
            if leaving and chat is not None:
                join = known[chat_id]["just_sent"] if _may_join(leaving[0]) else None
                parcels.append(self._parcel(chat, leaving, join))
        self._take(parcels)
        return Claimed(tuple(parcels), len(found), dict(self.closed))

    @property
    def _shared(self) -> bool:
        return self.connection.dialect.name != "sqlite"

    def _heads(self, state: DeliveryState, limit: int, busy: frozenset[int]) -> dict[int, Alike]:
        """The most urgent chats, each with what can leave together with its most urgent row."""
        asked = {"now": self.now, "busy": sorted(busy), "most": limit * HEADS_PER_PLACE}
        heads: dict[int, Alike] = {}
        for row in (self.connection.execute(HEADS[self._shared][state], asked)).mappings():
            if len(heads) < limit:
                heads.setdefault(row["chat_id"], _alike(row))
        return heads

    def _judged(self, items: list[Item], chat: Recipient | None) -> list[Item]:
        """Carries out what judgement says of each; returns those that leave now."""
        leaving = []
        for item in items:
            verdict = GONE if chat is None else self.judge(item, chat, self.now)
            if verdict.act is Act.SEND:
                leaving.append(item)
            else:
                self._settle(item, verdict)
        return leaving

    def _settle(self, item: Item, verdict: Verdict) -> None:
        values: dict[str, object] = {"reason": verdict.why.value}
        if verdict.act is Act.DROP and verdict.state is not None:
            values |= {"state": verdict.state.value, "closed_at": self.now}
            self.closed[verdict.state] += 1
        else:
            until = verdict.until or self.now + LOOK_AGAIN
            state = DeliveryState.UNCERTAIN if item.uncertain else DeliveryState.RETRY
            values |= {"state": state.value, "not_before": until}
            if item.held_back:
                values["reason"] = Why.DIGEST.value
            if verdict.until is not None:  # waiting for the chat's sake does not use up its time
                values["expires_at"] = max(item.expires_at, until + TIME_TO_LIVE[item.kind])
        mine = deliveries.c.id == item.id
        self.connection.execute(update(deliveries).where(mine).values(values))

    def _parcel(self, recipient: Recipient, items: list[Item], join: int | None) -> Parcel:
        if items[0].edits:
            items = [one for one in items if one.opening == items[0].opening]
        else:
            items = items[:MOST_TOLD]
        made = parcel(recipient, items, join=join)
        if made.edit is None:
            return made
        also = self._told_by(recipient.chat_id, made.edit)
        if not items[0].edits and len(also) + len(items) > MOST_TOLD:
            return parcel(recipient, items)
        return replace(made, also=also)

    def _take(self, parcels: Sequence[Parcel]) -> None:
        """One statement for all that are alike: most have the same fence and change no message."""
        alike: dict[tuple[int, int | None], list[Item]] = defaultdict(list)
        for each in parcels:
            alike[each.items[0].fence, each.edit].extend(each.items)
        for (fence, edits), items in alike.items():
            claim = {
                "rows": [item.id for item in items],
                "held": fence,
                "until": self.now + self.lease,
                "now": self.now,
                "message": edits,
            }
            self.connection.execute(TAKE[self._shared], claim)

    def _told_by(self, chat_id: int, message_id: int) -> tuple[Told, ...]:
        """The incidents that a message already tells of."""
        asked = {"chat": chat_id, "message": message_id}
        found = (self.connection.execute(TOLD_BY, asked)).mappings()
        return tuple(rows.told(row, row["version"]) for row in found)


def _by_chat(found: Iterable[RowMapping], heads: dict[int, Alike]) -> dict[int, list[Item]]:
    """What can leave together, under one new fence greater than any it had."""
    mine: dict[int, list[RowMapping]] = {chat_id: [] for chat_id in heads}
    for row in found:
        if _alike(row) == heads[row["chat_id"]]:
            mine[row["chat_id"]].append(row)
    return {chat_id: _fenced(theirs) for chat_id, theirs in mine.items()}


def _fenced(theirs: list[RowMapping]) -> list[Item]:
    fence = 1 + max((row["fence"] for row in theirs), default=0)
    return [rows.item(row, fence=fence) for row in theirs]


def _may_join(lead: Item) -> bool:
    return lead.kind is ChangeKind.ONSET and not lead.uncertain


def _alike(row: RowMapping) -> Alike:
    return row["kind"], row["edits"]
