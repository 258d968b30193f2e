"""Changes of a row's state in the outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CursorResult,
    Select,
    and_,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.model import DeliveryState
from bot.alerts.parcels import Parcel
from bot.store.rows import word
from bot.store.tables import deliveries

Moment = datetime | BindParameter[datetime]
UNCERTAIN_RESENDS = 3
HELD = (DeliveryState.SENDING, DeliveryState.UNCERTAIN)
"""Rows in these are still those of who claimed them, if the fence is theirs."""


def held(parcel: Parcel) -> ColumnElement[bool]:
    """Rows still ours: a successor's claim has another fence. One thought dead may answer late."""
    return and_(
        deliveries.c.id.in_([item.id for item in parcel.items]),
        deliveries.c.fence == parcel.items[0].fence,
        deliveries.c.state.in_(HELD),
    )


def given_up(parcel: Parcel) -> Select[int]:
    """How many of these rows are dead since this claim of them."""
    return select(func.count()).where(
        deliveries.c.id.in_([item.id for item in parcel.items]),
        deliveries.c.fence == parcel.items[0].fence,
        in_state(DeliveryState.DEAD),
    )


def dead_at(at: Moment) -> dict[str, Any]:
    """Given up: too often it was not answered."""
    return {"state": DeliveryState.DEAD, "reason": "never_answered", "closed_at": at}


def uncertain_until(until: Moment) -> dict[str, Any]:
    """It may have been delivered: to be repeated then, too late to join a message."""
    return {
        "state": DeliveryState.UNCERTAIN,
        "uncertain": deliveries.c.uncertain + 1,
        "not_before": until,
        "message_id": None,
    }


def in_state(state: DeliveryState) -> ColumnElement[bool]:
    """Rows in this state, so that its partial index serves."""
    return deliveries.c.state == word(state)


async def set_rows(
    connection: AsyncConnection, condition: ColumnElement[bool], **values: Any
) -> int:
    """Sets these columns. Returns how many rows were so."""
    result: CursorResult[Any] = await connection.execute(
        update(deliveries).where(condition).values(**values)
    )
    return result.rowcount
