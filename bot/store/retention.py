"""What need not be kept any longer: counted by day and kind, then deleted."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.status.events import ENDLESS
from bot.store.chat_state import ChatState
from bot.store.database import Database
from bot.store.statements import WINDOW_END
from bot.store.tables import UtcDateTime, chats, deliveries, incidents, mutes, tallies

KEPT = timedelta(days=30)


# Built once: that takes longer than SQLite takes to run them.
NOW, BEFORE = bindparam("now", type_=UtcDateTime), bindparam("before", type_=UtcDateTime)
BEGUN = bindparam("begun", type_=UtcDateTime)
CLOSE = (
    update(incidents)
    .where(
        incidents.c.ended_at.is_(None),
        NOW > WINDOW_END,
        or_(incidents.c.ends_at.is_not(None), incidents.c.starts_at < BEGUN),
    )
    .values(ended_at=WINDOW_END)
)
GOES_ON = exists().where(incidents.c.id == deliveries.c.incident_id, incidents.c.ended_at.is_(None))
"""Who was told of its beginning is still to hear of its end."""
OLD = (deliveries.c.closed_at < BEFORE) & ~GOES_ON
OVER = select(incidents.c.id).where(incidents.c.ended_at < BEFORE)
"""Of these nobody is told anything any more."""
LOST = (chats.c.state == ChatState.BLOCKED.value) & (chats.c.blocked_at < BEFORE)
COUNT = (
    select(deliveries.c.kind, deliveries.c.state, func.count())
    .where(OLD)
    .group_by(deliveries.c.kind, deliveries.c.state)
)
DROP = (
    delete(deliveries).where(OLD),
    delete(mutes).where(mutes.c.incident_id.in_(OVER)),
    delete(deliveries).where(deliveries.c.chat_id.in_(select(chats.c.chat_id).where(LOST))),
    delete(chats).where(LOST),
)


async def purge(database: Database, connection: AsyncConnection, now: datetime) -> None:
    """Deliveries closed 30 days ago become counts; chats blocked for 30 days are forgotten.

    What was muted is forgotten 30 days after its end.
    Those of an outage that goes on stay: its end is told to who was told of its beginning.
    Announced work whose time is over is closed: nothing else ends it.
    """
    await connection.execute(CLOSE, {"now": now, "begun": now - ENDLESS})
    old = {"before": now - KEPT}
    day = old["before"].date()
    for kind, state, count in (await connection.execute(COUNT, old)).all():
        row = database.insert(tallies).values(day=day, kind=kind, state=state, count=count)
        more = {"count": tallies.c.count + row.excluded.count}
        key = ["day", "kind", "state"]
        await connection.execute(row.on_conflict_do_update(index_elements=key, set_=more))
    for statement in DROP:
        await connection.execute(statement, old)
