"""What need not be kept any longer: counted by day and kind, then deleted."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.statements import WINDOW_END
from bot.store.tables import chats, deliveries, incidents, tallies

KEPT = timedelta(days=30)


async def purge(database: Database, connection: AsyncConnection, now: datetime) -> None:
    """Deliveries closed 30 days ago become counts; chats blocked for 30 days are forgotten.

    Announced work whose time is over is closed: nothing else ends it.
    """
    past = incidents.c.ended_at.is_(None) & (now > WINDOW_END)
    await connection.execute(update(incidents).where(past).values(ended_at=WINDOW_END))
    old = deliveries.c.closed_at < now - KEPT
    query = select(deliveries.c.kind, deliveries.c.state, func.count()).where(old)
    counts = (await connection.execute(query.group_by(deliveries.c.kind, deliveries.c.state))).all()
    day = (now - KEPT).date()
    for kind, state, count in counts:
        row = database.insert(tallies).values(day=day, kind=kind, state=state, count=count)
        more = {"count": tallies.c.count + row.excluded.count}
        key = ["day", "kind", "state"]
        await connection.execute(row.on_conflict_do_update(index_elements=key, set_=more))
    await connection.execute(delete(deliveries).where(old))
    lost = (chats.c.state == "blocked") & (chats.c.blocked_at < now - KEPT)
    theirs = select(chats.c.chat_id).where(lost)
    await connection.execute(delete(deliveries).where(deliveries.c.chat_id.in_(theirs)))
    await connection.execute(delete(chats).where(lost))
