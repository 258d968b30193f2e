"""Which chats an event is written for, and in which order they are told."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select

from bot.alerts.graph import Audience
from bot.alerts.model import DeliveryState
from bot.alerts.plans import OPENING, Notice, Ruling, To
from bot.preferences import ALL_SERVICES
from bot.store.tables import RowId, UtcDateTime, chats, deliveries, mutes, subscriptions

RECENT = timedelta(minutes=30)
SPREAD = 1000
"""Places within one urgency, so that the same chats are not always the last."""
STEP = 4 * SPREAD
REACHED = (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNCERTAIN)


def chosen(ruling: Ruling, notice: Notice, incident_id: int) -> Select[Any]:
    """Rows of (chat, the row that opened the incident for it, priority)."""
    if notice.to is To.TOLD:
        return _told_chats(notice, incident_id)
    if ruling.audience is None:
        raise ValueError("a notice to followers needs an audience")
    followers = _followers(ruling.audience, notice, ruling.change.at, incident_id)
    if notice.to is To.UNTOLD:
        reached = _reached(incident_id).where(deliveries.c.chat_id == chats.c.chat_id)
        followers = followers.where(~exists(reached))
    return followers


def _reached(incident_id: int) -> Select[Any]:
    return select(deliveries.c.id).where(
        deliveries.c.incident_id == incident_id,
        deliveries.c.kind.in_(sorted(OPENING)),
        deliveries.c.state.in_(REACHED),
    )


def _told_chats(notice: Notice, incident_id: int) -> Select[Any]:
    latest = func.max(deliveries.c.id)
    priority = notice.order * STEP + _place(deliveries.c.chat_id, incident_id)
    reached = _reached(incident_id).group_by(deliveries.c.chat_id)
    return reached.with_only_columns(deliveries.c.chat_id, latest, priority)


def _followers(audience: Audience, notice: Notice, at: datetime, incident_id: int) -> Select[Any]:
    muted = exists().where(mutes.c.chat_id == chats.c.chat_id, mutes.c.incident_id == incident_id)
    nobody = literal(None, RowId)
    return select(chats.c.chat_id, nobody, _priority(audience, notice, at, incident_id)).where(
        chats.c.state == "active", subscribed(audience), ~muted
    )


def subscribed(audience: Audience) -> ColumnElement[bool]:
    """Whether a chat follows any of the services, by name or as part of its profession."""
    by_name = subscriptions.c.service.in_(sorted(audience.services))
    by_profession = subscriptions.c.service == ALL_SERVICES
    if audience.professions is not None:
        of_those = chats.c.profession.in_(sorted(audience.professions))
        by_profession = and_(by_profession, or_(chats.c.profession.is_(None), of_those))
    return exists().where(subscriptions.c.chat_id == chats.c.chat_id, or_(by_name, by_profession))


def _priority(
    audience: Audience, notice: Notice, at: datetime, incident_id: int
) -> ColumnElement[int]:
    """Urgency, then who asked just now, then whom it blocks, then chance that changes each time."""
    recent = chats.c.last_asked_at >= literal(at - RECENT, UtcDateTime)
    blocked = _among(audience.first)
    late = case((recent, 0), else_=2 * SPREAD) + case((blocked, 0), else_=SPREAD)
    return notice.order * STEP + late + _place(chats.c.chat_id, incident_id)


def _among(professions: Iterable[str]) -> ColumnElement[bool]:
    named = sorted(professions)
    return chats.c.profession.in_(named) if named else false()


def _place(chat_id: ColumnElement[Any], incident_id: int) -> ColumnElement[int]:
    # Small factors: SQLite would turn a product beyond 64 bits into an inexact fraction.
    factor = 7919 + 104729 * (incident_id % 97)
    return ((func.abs(chat_id) % 1_000_003) * factor) % SPREAD
