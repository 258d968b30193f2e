"""Which chats an event is written for, and in which order they are told."""

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)

from bot.alerts.graph import Audience
from bot.alerts.model import DeliveryState
from bot.alerts.rulings import OPENING, Notice, Ruling, To
from bot.preferences import ALL_SERVICES
from bot.store.chat_state import ChatState
from bot.store.tables import RowId, UtcDateTime, chats, deliveries, mutes, subscriptions

RECENT = timedelta(minutes=30)
SPREAD = 1000
"""Places within one urgency, so that the same chats are not always the last."""
STEP = 4 * SPREAD
REACHED = (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNCERTAIN)
NOBODY = Audience(frozenset(), frozenset(), frozenset())


def _some(name: str) -> BindParameter[Any]:
    return bindparam(name, type_=String, expanding=True)


# The statements are built once: that takes longer than SQLite takes to run them.
CONSTANTS: dict[str, BindParameter[Any]] = {
    "incident_id": bindparam("its_incident", type_=RowId),
    "kind": bindparam("its_kind", type_=String),
    "version": bindparam("its_version", type_=Integer),
    "state": bindparam("its_state", type_=String),
    "edits": bindparam("its_edits", type_=Boolean),
    "not_before": bindparam("its_due", type_=UtcDateTime),
    "expires_at": bindparam("its_end", type_=UtcDateTime),
    "created_at": bindparam("its_moment", type_=UtcDateTime),
}
"""What is the same in all rows of an event."""
INCIDENT = CONSTANTS["incident_id"]
REACHED_ROWS = select(deliveries.c.id).where(
    deliveries.c.incident_id == INCIDENT,
    deliveries.c.kind.in_(sorted(OPENING)),
    deliveries.c.state.in_(REACHED),
)
SUBSCRIBED: ColumnElement[bool] = exists().where(
    subscriptions.c.chat_id == chats.c.chat_id,
    or_(
        subscriptions.c.service.in_(_some("by_name")),
        and_(
            subscriptions.c.service == ALL_SERVICES,
            or_(
                bindparam("by_any_profession", type_=Boolean),
                chats.c.profession.is_(None),
                chats.c.profession.in_(_some("by_profession")),
            ),
        ),
    ),
)
"""Whether a chat follows any of the services, by name or as part of its profession."""
MUTED = exists().where(mutes.c.chat_id == chats.c.chat_id, mutes.c.incident_id == INCIDENT)


def _priority(chat_id: ColumnElement[Any], late: ColumnElement[int]) -> ColumnElement[int]:
    """Urgency, then `late`, then chance that changes each time."""
    # Small factors: SQLite would turn a product beyond 64 bits into an inexact fraction.
    place = ((func.abs(chat_id) % 1_000_003) * bindparam("by_factor", type_=RowId)) % SPREAD
    return bindparam("by_order", type_=Integer) + late + place


def _followers() -> Select[Any]:
    """Who asked just now goes first, then whom it blocks."""
    recent = chats.c.last_asked_at >= bindparam("recent", type_=UtcDateTime)
    blocked = chats.c.profession.in_(_some("by_need"))
    late = case((recent, 0), else_=2 * SPREAD) + case((blocked, 0), else_=SPREAD)
    columns = chats.c.chat_id, literal(None, RowId), _priority(chats.c.chat_id, late)
    return select(*columns).where(chats.c.state == ChatState.ACTIVE.value, SUBSCRIBED, ~MUTED)


def _untold() -> Select[Any]:
    return _followers().where(~exists(REACHED_ROWS.where(deliveries.c.chat_id == chats.c.chat_id)))


def _told() -> Select[Any]:
    latest = func.max(deliveries.c.id)
    priority = _priority(deliveries.c.chat_id, literal(0))
    reached = REACHED_ROWS.group_by(deliveries.c.chat_id)
    return reached.with_only_columns(deliveries.c.chat_id, latest, priority)


FAN_OUT = {
    to: insert(deliveries).from_select(
        ["chat_id", "follows", "priority", *CONSTANTS], rows.add_columns(*CONSTANTS.values())
    )
    for to, rows in {
        To.FOLLOWERS: _followers(),
        To.UNTOLD: _untold(),
        To.TOLD: _told(),
    }.items()
}
"""A row for each chat: with the row that opened the incident for it, and its place."""


def followed_by(audience: Audience) -> dict[str, Any]:
    """The parameters of `SUBSCRIBED`."""
    return {
        "by_name": sorted(audience.services),
        "by_any_profession": audience.professions is None,
        "by_profession": sorted(audience.professions or ()),
    }


def told_in_order(ruling: Ruling, notice: Notice, incident_id: int) -> dict[str, Any]:
    """The parameters of `FAN_OUT` that say whom it is for, and in which order."""
    if notice.to is not To.TOLD and ruling.audience is None:
        raise ValueError("a notice to followers needs an audience")
    audience = ruling.audience or NOBODY
    return followed_by(audience) | {
        "by_need": sorted(audience.first),
        "by_order": notice.order * STEP,
        "by_factor": 7919 + 104729 * (incident_id % 97),
        "recent": ruling.change.at - RECENT,
    }
