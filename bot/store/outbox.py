"""The outbox: a row for each event and chat, from the change that caused it to the message.

pending -> sending (lease, fence) -> sent; -> retry; -> uncertain; -> superseded, expired, blocked,
dead. A claim is committed before anything leaves, and each answer is marked at once, so that a
kill can cause a copy but never a loss (https://microservices.io/patterns/data/transactional-outbox.html).
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, case, select, update

from bot.alerts.model import OPEN_STATES, DeliveryState
from bot.alerts.parcels import Judge, Parcel, sounds
from bot.alerts.ports import Claimed, Due, Hand, Recorded, Recovered
from bot.alerts.rulings import Plan
from bot.status.model import Confirmed
from bot.store.chat_state import ChatState
from bot.store.claiming import Take
from bot.store.confirming import keep_confirmed
from bot.store.database import Database
from bot.store.lease import Lease, Presence
from bot.store.marking import (
    UNCERTAIN_RESENDS,
    dead_at,
    given_up,
    held,
    in_state,
    set_rows,
    uncertain_until,
)
from bot.store.moving import migrate_chat
from bot.store.recording import keep_act, record_changes
from bot.store.recovering import renew, take_over
from bot.store.retention import purge
from bot.store.statements import DUE, MARK_SENT, RIPEN
from bot.store.tables import chats, deliveries
from bot.store.together import Together

UNCERTAIN_WAIT = timedelta(seconds=30)
DOUBTFUL = deliveries.c.uncertain > 0
WAITS = case((DOUBTFUL, DeliveryState.UNCERTAIN.value), else_=DeliveryState.RETRY.value)
"""What may have arrived before stays in the serial lane."""
MANY_ROWS = 5_000
"""From this many new rows on, SQLite's log is worked into the file at once."""


class SqlOutbox:
    """`bot.alerts.ports.Outbox` over SQL.

    Args:
        database: where.
        lease: how long a claim of a dead process holds where several share the work.
        group: onsets this near to each other share a message.
        uncertain_wait: before a row of uncertain fate is repeated; four times as long each time.
        leading: of the process that reads the sources, where several could; what one saw that
            stood still meanwhile is not recorded.
    """

    def __init__(
        self,
        database: Database,
        *,
        lease: timedelta = timedelta(seconds=120),
        group: timedelta = timedelta(seconds=30),
        uncertain_wait: timedelta = UNCERTAIN_WAIT,
        leading: Lease | None = None,
    ) -> None:
        self._database = database
        self._lease = lease
        self._group = group
        self._uncertain_wait = uncertain_wait
        self._leading = leading
        self._marks = Together(database, MARK_SENT)
        self._presence = Presence(database)
        self._latest = datetime.min.replace(tzinfo=UTC)

    async def record(
        self,
        plan: Plan,
        confirmed: tuple[Confirmed, ...],
        at: datetime,
        by: Hand | None = None,
    ) -> Recorded:
        """See `Outbox.record`."""
        async with self._database.write() as connection:
            if self._leading is not None and by is None:
                await self._leading.check(connection)
            recorded = await record_changes(connection, plan, at)
            await keep_act(connection, recorded, by, at)
            await keep_confirmed(self._database, connection, confirmed, at)
        if recorded.rows >= MANY_ROWS:
            await self._database.checkpoint()
        return recorded

    async def recover(self, now: datetime, *, started: bool) -> Recovered:
        """See `Outbox.recover`. Alone on SQLite, every open send is a dead process's own."""
        shared = self._database.shared
        if not (started or shared):
            return Recovered()
        async with self._database.write() as connection:
            found = await take_over(connection, now, self._uncertain_wait, leased=shared)
            if started:
                await renew(connection, now)
            return found

    async def due(self, now: datetime) -> Due:
        """See `Outbox.due`. Looks before it writes, so that idling costs no write."""
        self._latest = max(self._latest, now)
        async with self._database.read() as connection:
            ripe, pending, uncertain = (await connection.execute(DUE, {"now": now})).one()
        if ripe:
            async with self._database.write() as connection:
                await connection.execute(RIPEN, {"now": now})
        return Due(pending=bool(pending or ripe), uncertain=bool(uncertain))

    @property
    def marking(self) -> int:
        """See `Outbox.marking`."""
        return self._marks.unmarked

    async def claim(self, limit: int, now: datetime, judge: Judge, busy: frozenset[int]) -> Claimed:
        """See `Outbox.claim`. Marks that wait by then share its commit."""
        return await self._claim(DeliveryState.PENDING, limit, now, judge, busy)

    async def claim_uncertain(
        self, limit: int, now: datetime, judge: Judge, busy: frozenset[int]
    ) -> Claimed:
        """See `Outbox.claim_uncertain`."""
        return await self._claim(DeliveryState.UNCERTAIN, limit, now, judge, busy)

    async def _claim(
        self,
        state: DeliveryState,
        limit: int,
        now: datetime,
        judge: Judge,
        busy: frozenset[int],
    ) -> Claimed:
        # Until a clock that was set back has caught up, an old message looks like one just sent.
        group = self._group if now >= self._latest else timedelta(0)

        def take(connection: Connection) -> Claimed:
            taking = Take(connection, now, judge, self._lease, group)
            return taking.parcels(state, limit, busy)

        return await self._marks.after(take)

    async def mark_sent(self, parcel: Parcel, message_id: int, at: datetime) -> None:
        """See `Outbox.mark_sent`."""
        sound = not parcel.silent and any(sounds(item) for item in parcel.items)
        chat = parcel.recipient.chat_id
        how = {"chat": chat, "message": message_id, "at": at, "sound": sound}
        await self._marks([how | {"row": item.id, "held": item.fence} for item in parcel.items])

    async def part(self, parcel: Parcel, at: datetime) -> bool:
        """See `Outbox.part`. Its lease begins anew: one request has used up much of it."""
        lease = at + self._lease
        async with self._database.write() as connection:
            mine = and_(held(parcel), in_state(DeliveryState.SENDING))
            ours = await set_rows(connection, mine, message_id=None, lease_until=lease)
        return ours > 0

    async def postpone(
        self, parcel: Parcel, until: datetime, *, tried: bool = True, refused: bool = False
    ) -> None:
        """See `Outbox.postpone`."""
        async with self._database.write() as connection:
            await set_rows(
                connection,
                held(parcel),
                state=WAITS,
                not_before=until,
                message_id=None,
                attempt=deliveries.c.attempt + int(tried),
                refusals=deliveries.c.refusals + int(refused),
            )

    async def mark_uncertain(self, parcel: Parcel, at: datetime) -> int:
        """See `Outbox.mark_uncertain`."""
        # A doubt is counted once, however often it is told: after that the row is not sending.
        mine = and_(held(parcel), in_state(DeliveryState.SENDING))
        spent = and_(mine, deliveries.c.uncertain >= UNCERTAIN_RESENDS)
        doubts = max(item.uncertain for item in parcel.items)
        until = at + self._uncertain_wait * 4**doubts
        async with self._database.write() as connection:
            await set_rows(connection, spent, **dead_at(at))
            await set_rows(connection, mine, **uncertain_until(until))
            return (await connection.execute(given_up(parcel))).scalar_one()

    async def close(self, parcel: Parcel, state: DeliveryState, reason: str, at: datetime) -> None:
        """See `Outbox.close`."""
        async with self._database.write() as connection:
            await set_rows(connection, held(parcel), state=state, reason=reason, closed_at=at)

    async def block(self, parcel: Parcel, reason: str, at: datetime) -> None:
        """See `Outbox.block`. A group that moved meanwhile is told under its new id."""
        chat_id = parcel.recipient.chat_id
        moved = and_(held(parcel), deliveries.c.chat_id != chat_id)
        async with self._database.write() as connection:
            gone = chats.c.chat_id == chat_id
            values = {"state": ChatState.BLOCKED.value, "blocked_at": at}
            await connection.execute(update(chats).where(gone).values(values))
            theirs = and_(deliveries.c.chat_id == chat_id, deliveries.c.state.in_(OPEN_STATES))
            blocked = DeliveryState.BLOCKED
            await set_rows(connection, theirs, state=blocked, reason=reason[:30], closed_at=at)
            await set_rows(connection, moved, state=WAITS, not_before=at, message_id=None)

    async def unblock(self, chat_ids: frozenset[int], until: datetime) -> None:
        """See `Outbox.unblock`."""
        async with self._database.write() as connection:
            theirs = chats.c.chat_id.in_(sorted(chat_ids))
            values = {"state": ChatState.ACTIVE.value, "blocked_at": None}
            since = select(chats.c.blocked_at).where(chats.c.chat_id == deliveries.c.chat_id)
            closed_with_it = and_(
                deliveries.c.chat_id.in_(sorted(chat_ids)),
                deliveries.c.state == DeliveryState.BLOCKED.value,
                deliveries.c.closed_at >= since.scalar_subquery(),
            )
            await set_rows(
                connection,
                closed_with_it,
                state=WAITS,
                not_before=until,
                closed_at=None,
                refusals=deliveries.c.refusals + 1,
            )
            await connection.execute(update(chats).where(theirs).values(values))

    async def migrate(self, old: int, new: int) -> None:
        """See `Outbox.migrate`."""
        async with self._database.write() as connection:
            await migrate_chat(self._database, connection, old, new)

    async def leave_thread(self, parcel: Parcel) -> None:
        """See `Outbox.leave_thread`."""
        chat, thread = parcel.recipient.chat_id, parcel.recipient.thread_id
        gone = and_(chats.c.chat_id == chat, chats.c.thread_id == thread)
        async with self._database.write() as connection:
            await connection.execute(update(chats).where(gone).values(thread_id=None))

    async def senders(self, now: datetime) -> int:
        """See `Outbox.senders`."""
        return await self._presence.count(now)

    async def purge(self, now: datetime) -> None:
        """See `Outbox.purge`."""
        async with self._database.write() as connection:
            await purge(self._database, connection, now)
