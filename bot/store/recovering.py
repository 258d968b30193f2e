"""What a process that died left in the outbox, and what a new one makes of it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, bindparam, exists, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.model import DeliveryState
from bot.alerts.ports import Recovered
from bot.alerts.rulings import OPENING
from bot.alerts.scene import TIME_TO_LIVE
from bot.status.model import ChangeKind
from bot.store.marking import UNCERTAIN_RESENDS, dead_at, in_state, uncertain_until
from bot.store.tables import UtcDateTime, deliveries, incidents

# Built once: that takes longer than SQLite takes to run them.
NOW, LATER = bindparam("now", type_=UtcDateTime), bindparam("later", type_=UtcDateTime)
LEFT = {
    False: in_state(DeliveryState.SENDING),
    True: and_(in_state(DeliveryState.SENDING), deliveries.c.lease_until <= NOW),
}
"""Rows in mid-send; True: whose lease has ended."""


def _changed(*conditions: ColumnElement[bool], **values: Any) -> Update:
    return update(deliveries).where(*conditions).values(**values)


EDITS = {
    leased: _changed(
        left,
        deliveries.c.edits,
        deliveries.c.message_id.is_not(None),  # of a group that moved, they are messages
        state=DeliveryState.RETRY,
        not_before=NOW,
        message_id=None,
    )
    for leased, left in LEFT.items()
}
SPENT = {
    leased: _changed(left, deliveries.c.uncertain >= UNCERTAIN_RESENDS, **dead_at(NOW))
    for leased, left in LEFT.items()
}
FIRST = {
    leased: _changed(left, deliveries.c.uncertain == 0, **uncertain_until(NOW))
    for leased, left in LEFT.items()
}
REST = {leased: _changed(left, **uncertain_until(LATER)) for leased, left in LEFT.items()}
RENEW = _changed(
    deliveries.c.state.in_((DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.UNCERTAIN)),
    deliveries.c.expires_at < LATER,
    deliveries.c.kind.in_(sorted(OPENING - {ChangeKind.PLANNED})),
    exists().where(incidents.c.id == deliveries.c.incident_id, incidents.c.ended_at.is_(None)),
    expires_at=LATER,
)


async def take_over(
    connection: AsyncConnection, now: datetime, wait: timedelta, *, leased: bool
) -> Recovered:
    """Rows in mid-send (`leased`: whose lease has ended) are of uncertain fate; edits just retry.

    The first repeat is due at once, later ones after `wait`, so that a crash loop exposes little.
    """
    moments = {"now": now, "later": now + wait}
    await connection.execute(EDITS[leased], moments)
    dead = await connection.execute(SPENT[leased], moments)
    soon = await connection.execute(FIRST[leased], moments)
    later = await connection.execute(REST[leased], moments)
    return Recovered(soon.rowcount + later.rowcount, dead.rowcount)


async def renew(connection: AsyncConnection, now: datetime) -> None:
    """After a time away, an onset that still holds is told once more in full time."""
    await connection.execute(RENEW, {"later": now + TIME_TO_LIVE[ChangeKind.ONSET]})
