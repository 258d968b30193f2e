"""What stands in a table, as plain values."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, select, update

from bot.store.database import Database
from bot.store.tables import deliveries


async def kept(database: Database, table: Table, *columns: str) -> list[Any]:
    """Its rows in order of their keys: a tuple of these columns, one value, or all by name."""
    async with database.read() as connection:
        query = select(table).order_by(*table.primary_key.columns)
        found = (await connection.execute(query)).mappings().all()
    if not columns:
        return [dict(row) for row in found]
    chosen = [tuple(row[name] for name in columns) for row in found]
    return chosen if len(columns) > 1 else [value for (value,) in chosen]


async def rows(database: Database, *columns: str) -> list[Any]:
    """The rows of the outbox."""
    return await kept(database, deliveries, *columns)


async def put(database: Database, ids: Sequence[int], **values: Any) -> None:
    """Sets columns of some rows of the outbox, as an earlier time would have left them."""
    async with database.write() as connection:
        mine = deliveries.c.id.in_(ids)
        await connection.execute(update(deliveries).where(mine).values(**values))
