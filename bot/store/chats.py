"""What chats have chosen. `bot.preferences.PreferenceStore`, over SQL."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.codes import parsed
from bot.alerts.graph import Audience
from bot.alerts.model import OPEN_STATES, DeliveryState
from bot.alerts.parcels import Why
from bot.alerts.rulings import OPENING
from bot.clock import Clock
from bot.preferences import Forgotten, Preferences
from bot.store.chat_state import ChatState
from bot.store.database import Database
from bot.store.moving import migrate_chat
from bot.store.recipients import REACHED, SUBSCRIBED, followed_by
from bot.store.rows import quiet_hours
from bot.store.tables import RowId, UtcDateTime, chats, deliveries, incidents, mutes, subscriptions

# Built once: that takes longer than SQLite takes to run them.
WHOSE = bindparam("whose", type_=RowId)
FORGET = {
    table: delete(table).where(table.c.chat_id == WHOSE)
    for table in (deliveries, subscriptions, mutes, chats)
}
SUBSCRIBE = insert(subscriptions)
WAKE = (
    update(deliveries)
    .where(
        deliveries.c.chat_id == WHOSE,
        deliveries.c.state == DeliveryState.RETRY.value,
        deliveries.c.reason == Why.QUIET.value,
    )
    .values(not_before=bindparam("now", type_=UtcDateTime))
)
SAVED = """language profession quiet_start quiet_end last_procedure last_asked_at thread_id seen_at
    state blocked_at""".split()


class SqlChats:
    """Preferences of chats, and counts of them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def load(self, chat_id: int) -> Preferences:
        """See `PreferenceStore.load`."""
        async with self._database.read() as connection:
            query = select(chats).where(chats.c.chat_id == chat_id)
            row = (await connection.execute(query)).mappings().one_or_none()
            if row is None:
                return Preferences(chat_id)
            named = select(subscriptions.c.service).where(subscriptions.c.chat_id == chat_id)
            services = frozenset((await connection.execute(named)).scalars())
        return Preferences(
            chat_id,
            language=row["language"],
            profession=row["profession"],
            services=services,
            quiet=quiet_hours(row),
            last_procedure=row["last_procedure"],
            last_asked_at=row["last_asked_at"],
            night_off_until=row["night_off_until"],
            thread_id=row["thread_id"],
        )

    async def save(self, preferences: Preferences) -> None:
        """See `PreferenceStore.save`. New quiet hours count for what already waits."""
        now = self._clock()
        values = {
            "language": preferences.language,
            "profession": preferences.profession,
            "quiet_start": preferences.quiet.start if preferences.quiet else None,
            "quiet_end": preferences.quiet.end if preferences.quiet else None,
            "last_procedure": preferences.last_procedure,
            "last_asked_at": preferences.last_asked_at,
            "thread_id": preferences.thread_id,
            "seen_at": now,
            "state": ChatState.ACTIVE.value,  # who speaks to us can be reached
            "blocked_at": None,
        }
        row = values | {"chat_id": preferences.chat_id, "created_at": now}
        async with self._database.write() as connection:
            await connection.execute(_save(self._database.insert), row)
            await _subscribe(connection, preferences)
            await _wake(connection, preferences.chat_id, now)

    async def leave_quiet(self, chat_id: int, until: datetime) -> None:
        """See `PreferenceStore.leave_quiet`."""
        async with self._database.write() as connection:
            await _update_chat(connection, chat_id, night_off_until=until)
            await _wake(connection, chat_id, self._clock())

    async def forget(self, chat_id: int) -> Forgotten:
        """See `PreferenceStore.forget`."""
        async with self._database.write() as connection:
            waiting = and_(deliveries.c.chat_id == chat_id, deliveries.c.state.in_(OPEN_STATES))
            pending = await _count(connection, deliveries, waiting)
            theirs = subscriptions.c.chat_id == chat_id
            subscribed_to = await _count(connection, subscriptions, theirs)
            for statement in FORGET.values():  # the chat itself is the last: whether it was known
                gone = await connection.execute(statement, {"whose": chat_id})
        return Forgotten(gone.rowcount > 0, subscribed_to, pending)

    async def mute(self, chat_id: int, code: str) -> bool:
        """See `PreferenceStore.mute`. All incidents that the same message tells of are muted."""
        async with self._database.write() as connection:
            incident_id = await _incident(connection, code)
            known = await _count(connection, chats, chats.c.chat_id == chat_id)
            if incident_id is None or not known:
                return False
            message = select(deliveries.c.message_id).where(
                deliveries.c.chat_id == chat_id, deliveries.c.incident_id == incident_id
            )
            told = select(deliveries.c.incident_id).where(
                deliveries.c.chat_id == chat_id, deliveries.c.message_id.in_(message)
            )
            together = {incident_id, *(await connection.execute(told)).scalars()}
            for one in sorted(together):
                row = self._database.insert(mutes).values(chat_id=chat_id, incident_id=one)
                await connection.execute(row.on_conflict_do_nothing())
        return True

    async def set_reachable(self, chat_id: int, *, reachable: bool) -> None:
        """See `PreferenceStore.set_reachable`. Of a chat that is not known, nothing is kept."""
        state = ChatState.ACTIVE if reachable else ChatState.BLOCKED
        since = None if reachable else self._clock()
        async with self._database.write() as connection:
            await _update_chat(connection, chat_id, state=state.value, blocked_at=since)

    async def migrate(self, old: int, new: int) -> None:
        """See `PreferenceStore.migrate`."""
        async with self._database.write() as connection:
            await migrate_chat(self._database, connection, old, new)

    async def followers(self, audience: Audience, code: str | None = None) -> int:
        """How many chats an event for this audience would be told to.

        `code`: of an incident; then only those who were told of it and did not mute it.
        """
        query = select(func.count()).select_from(chats)
        query = query.where(chats.c.state == ChatState.ACTIVE.value, SUBSCRIBED)
        async with self._database.read() as connection:
            if code is not None:
                query = query.where(*_told_of(await _incident(connection, code)))
            found = await connection.execute(query, followed_by(audience))
            return int(found.scalar_one())

    async def counts(self) -> tuple[int, int]:
        """How many chats are known, and how many of them follow anything."""
        following = select(func.count(subscriptions.c.chat_id.distinct()))
        async with self._database.read() as connection:
            known = (await connection.execute(select(func.count()).select_from(chats))).scalar_one()
            return int(known), int((await connection.execute(following)).scalar_one())


@cache
def _save(insert_into: Callable[[Table], Any]) -> Any:
    statement = insert_into(chats)
    others = {name: statement.excluded[name] for name in SAVED}
    return statement.on_conflict_do_update(index_elements=["chat_id"], set_=others)


async def _subscribe(connection: AsyncConnection, preferences: Preferences) -> None:
    chat_id = preferences.chat_id
    await connection.execute(FORGET[subscriptions], {"whose": chat_id})
    rows = [{"chat_id": chat_id, "service": name} for name in sorted(preferences.services)]
    if rows:
        await connection.execute(SUBSCRIBE, rows)


async def _wake(connection: AsyncConnection, chat_id: int, now: datetime) -> None:
    await connection.execute(WAKE, {"whose": chat_id, "now": now})


async def _update_chat(connection: AsyncConnection, chat_id: int, **values: object) -> None:
    await connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(**values))


async def _count(connection: AsyncConnection, table: Table, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(condition)
    return int((await connection.execute(query)).scalar_one())


def _told_of(incident_id: int | None) -> tuple[ColumnElement[bool], ...]:
    reached = exists().where(
        deliveries.c.chat_id == chats.c.chat_id,
        deliveries.c.incident_id == incident_id,
        deliveries.c.kind.in_(sorted(OPENING)),
        deliveries.c.state.in_(REACHED),
    )
    muted = exists().where(mutes.c.chat_id == chats.c.chat_id, mutes.c.incident_id == incident_id)
    return reached, ~muted


async def _incident(connection: AsyncConnection, code: str) -> int | None:
    """The incident of a code such as REC-0124-1; any version of it."""
    found = parsed(code)
    if found is None:
        return None
    prefix, number = found
    query = select(incidents.c.id).where(incidents.c.prefix == prefix, incidents.c.number == number)
    return (await connection.execute(query)).scalar_one_or_none()
