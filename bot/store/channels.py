"""Channels that the settings list. `bot.chat.channels.Register`, over SQL."""

from sqlalchemy import ColumnElement, delete, exists
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store.chat_state import ChatState
from bot.store.database import Database
from bot.store.tables import chats, listed_channels, subscriptions


class SqlChannels:
    """Keeps which subscription of a channel is there by the settings alone."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def enter(self, chat_id: int, language: str, service: str) -> None:
        """See `Register.enter`."""
        another = (listed_channels.c.chat_id == chat_id) & (listed_channels.c.service != service)
        follows = {"chat_id": chat_id, "service": service}
        row = self._database.insert(subscriptions).values(follows)
        entry = self._database.insert(listed_channels).values(follows)
        async with self._database.write() as connection:
            await self._reach(connection, chat_id, language)
            await _leave(connection, another)
            new = await connection.execute(row.on_conflict_do_nothing())
            if new.rowcount:
                await connection.execute(entry.on_conflict_do_nothing())

    async def keep_only(self, chat_ids: frozenset[int]) -> int:
        """See `Register.keep_only`."""
        async with self._database.write() as connection:
            return await _leave(connection, listed_channels.c.chat_id.not_in(sorted(chat_ids)))

    async def _reach(self, connection: AsyncConnection, chat_id: int, language: str) -> None:
        now = self._clock()
        reached = {"state": ChatState.ACTIVE.value, "blocked_at": None}
        values = {"language": language, "seen_at": now, **reached}
        row = self._database.insert(chats).values(chat_id=chat_id, created_at=now, **values)
        await connection.execute(row.on_conflict_do_update(index_elements=["chat_id"], set_=values))


async def _leave(connection: AsyncConnection, entries: ColumnElement[bool]) -> int:
    """Ends what the entries stand for. Returns how many there were."""
    by_them = exists().where(
        listed_channels.c.chat_id == subscriptions.c.chat_id,
        listed_channels.c.service == subscriptions.c.service,
        entries,
    )
    await connection.execute(delete(subscriptions).where(by_them))
    return (await connection.execute(delete(listed_channels).where(entries))).rowcount
