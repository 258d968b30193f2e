"""A group became a supergroup: all that was kept of it moves to the new id."""

from sqlalchemy import Table, and_, delete, func, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import RowId, chats, deliveries, mutes, subscriptions

CHOSEN = "language profession quiet_start quiet_end night_off_until thread_id".split()
EVENT = (deliveries.c.incident_id, deliveries.c.kind, deliveries.c.version)


async def migrate_chat(database: Database, connection: AsyncConnection, old: int, new: int) -> None:
    """Moves or, where the new id is known already, merges; what both have is kept once.

    The numbers of messages begin anew: under its old one there is, by now, another message.
    """
    if old == new:
        return
    await _fill(connection, old, new)
    await _copy(database, connection, chats, old, new)
    await _copy(database, connection, subscriptions, old, new)
    await _copy(database, connection, mutes, old, new)
    theirs = select(*EVENT).where(deliveries.c.chat_id == new)
    twice = and_(deliveries.c.chat_id == old, tuple_(*EVENT).in_(theirs))
    await connection.execute(delete(deliveries).where(twice))
    mine = deliveries.c.chat_id == old
    await connection.execute(update(deliveries).where(mine).values(chat_id=new, message_id=None))
    await connection.execute(delete(chats).where(chats.c.chat_id == old))


async def _fill(connection: AsyncConnection, old: int, new: int) -> None:
    """What the group chose, where the new id is known (a question is enough) and chose nothing."""
    group = chats.alias()
    theirs = {name: select(group.c[name]).where(group.c.chat_id == old) for name in CHOSEN}
    values = {
        name: func.coalesce(chats.c[name], chosen.scalar_subquery())
        for name, chosen in theirs.items()
    }
    await connection.execute(update(chats).where(chats.c.chat_id == new).values(values))


async def _copy(
    database: Database, connection: AsyncConnection, table: Table, old: int, new: int
) -> None:
    others = [column for column in table.c if column.name != "chat_id"]
    chosen = select(literal(new, RowId), *others).where(table.c.chat_id == old)
    statement = database.insert(table).from_select(
        ["chat_id", *(column.name for column in others)], chosen
    )
    await connection.execute(statement.on_conflict_do_nothing())
