"""What a process that died left in the outbox, and what a new one makes of it."""

from datetime import datetime, timedelta

from sqlalchemy import and_, exists
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.model import DeliveryState
from bot.alerts.plans import OPENING
from bot.alerts.ports import Recovered
from bot.alerts.scene import TIME_TO_LIVE
from bot.status.model import ChangeKind
from bot.store.marking import UNCERTAIN_RESENDS, dead_at, in_state, set_rows, uncertain_until
from bot.store.tables import deliveries, incidents


async def take_over(
    connection: AsyncConnection, now: datetime, wait: timedelta, *, leased: bool
) -> Recovered:
    """Rows in mid-send (`leased`: whose lease has ended) are of uncertain fate; edits just retry.

    The first repeat is due at once, later ones after `wait`, so that a crash loop exposes little.
    """
    left = in_state(DeliveryState.SENDING)
    if leased:
        left = and_(left, deliveries.c.lease_until <= now)
    edit = deliveries.c.message_id.is_not(None)
    await set_rows(connection, and_(left, edit), state=DeliveryState.RETRY, not_before=now)
    spent = deliveries.c.uncertain >= UNCERTAIN_RESENDS
    dead = await set_rows(connection, and_(left, spent), **dead_at(now))
    first = deliveries.c.uncertain == 0
    soon = await set_rows(connection, and_(left, first), **uncertain_until(now))
    later = await set_rows(connection, left, **uncertain_until(now + wait))
    return Recovered(soon + later, dead)


async def renew(connection: AsyncConnection, now: datetime) -> None:
    """After a time away, an onset that still holds is told once more in full time."""
    waiting = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.UNCERTAIN)
    kinds = OPENING - {ChangeKind.PLANNED}
    still = exists().where(
        incidents.c.id == deliveries.c.incident_id, incidents.c.ended_at.is_(None)
    )
    until = now + TIME_TO_LIVE[ChangeKind.ONSET]
    stale = and_(deliveries.c.expires_at < until, deliveries.c.kind.in_(sorted(kinds)))
    await set_rows(
        connection, and_(deliveries.c.state.in_(waiting), stale, still), expires_at=until
    )
