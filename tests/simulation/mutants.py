"""Parts that are broken on purpose: the rules must find each of them."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from bot.alerts.limiter import Limiter
from bot.alerts.parcels import Judge, Parcel
from bot.alerts.ports import Claimed, Hand, Recorded, Recovered
from bot.alerts.rulings import OpenIncident, Plan, Ruling
from bot.faults import StoreUnavailableError
from bot.preferences import Forgotten, Preferences
from bot.status.model import Confirmed
from bot.store.chats import SqlChats
from bot.store.outbox import SqlOutbox
from bot.store.tables import deliveries


class MarksBeforeSending(SqlOutbox):
    """As who wants no copy at any price."""

    async def claim(self, limit: int, now: datetime, judge: Judge, busy: frozenset[int]) -> Claimed:
        claimed = await super().claim(limit, now, judge, busy)
        for parcel in claimed.parcels:
            await self.mark_sent(parcel, 1, now)
        return claimed


class LastFirst(SqlOutbox):
    """Among those who are due, whoever is."""

    async def claim(self, limit: int, now: datetime, judge: Judge, busy: frozenset[int]) -> Claimed:
        claimed = await super().claim(limit, now, judge, busy)
        return replace(claimed, parcels=claimed.parcels[::-1])


class NeverRecovers(SqlOutbox):
    """What a dead process was sending stays its own."""

    async def recover(self, now: datetime, *, started: bool) -> Recovered:
        return Recovered()


class NeverBelieves(SqlOutbox):
    """A first success is taken for a failure."""

    async def mark_sent(self, parcel: Parcel, message_id: int, at: datetime) -> None:
        if any(item.attempt for item in parcel.items):
            await super().mark_sent(parcel, message_id, at)
        else:
            await self.postpone(parcel, at)


class NeverFences(SqlOutbox):
    """One thought dead may put off what its successor is sending."""

    async def postpone(
        self, parcel: Parcel, until: datetime, *, tried: bool = True, refused: bool = False
    ) -> None:
        async with self._database.read() as connection:
            query = select(deliveries.c.fence).where(deliveries.c.id == parcel.items[0].id)
            fence = (await connection.execute(query)).scalar_one_or_none() or 0
        items = tuple(replace(item, fence=fence) for item in parcel.items)
        theirs = replace(parcel, items=items)
        await super().postpone(theirs, until, tried=tried, refused=refused)


class NeverReplaces(SqlOutbox):
    """What is no longer news is told all the same."""

    async def record(
        self,
        plan: Plan,
        confirmed: tuple[Confirmed, ...],
        at: datetime,
        by: Hand | None = None,
    ) -> Recorded:
        def keeps_all(incidents: tuple[OpenIncident, ...]) -> tuple[Ruling, ...]:
            return tuple(replace(ruling, replaces=frozenset()) for ruling in plan(incidents))

        return await super().record(keeps_all, confirmed, at, by)


class NeverEnds(SqlOutbox):
    """That something is over is kept, and told to nobody."""

    async def record(
        self,
        plan: Plan,
        confirmed: tuple[Confirmed, ...],
        at: datetime,
        by: Hand | None = None,
    ) -> Recorded:
        def keeps_ends(incidents: tuple[OpenIncident, ...]) -> tuple[Ruling, ...]:
            rulings = plan(incidents)
            return tuple(replace(one, notices=()) if one.closes else one for one in rulings)

        return await super().record(keeps_ends, confirmed, at, by)


class LosesChanges(SqlOutbox):
    """What cannot be written now is dropped."""

    async def record(
        self,
        plan: Plan,
        confirmed: tuple[Confirmed, ...],
        at: datetime,
        by: Hand | None = None,
    ) -> Recorded:
        try:
            return await super().record(plan, confirmed, at, by)
        except StoreUnavailableError:
            return Recorded(0)


class NeverWaits(Limiter):
    """Goes on while Telegram asks to wait."""

    def ban(self, seconds: float, jitter: float = 0.0) -> None:
        """Nothing."""


class NeverCounts(Limiter):
    """Sends as fast as it can."""

    def take(self, wanted: int) -> int:
        return wanted if self.delay() <= 0 else 0


class StopsHalf(SqlChats):
    """Takes /stop for /unsubscribe."""

    async def forget(self, chat_id: int) -> Forgotten:
        await self.save(Preferences(chat_id))
        return Forgotten(known=True, subscriptions=0, pending=0)


class NeverStops(SqlChats):
    """Says that it stopped."""

    async def forget(self, chat_id: int) -> Forgotten:
        return Forgotten(known=True, subscriptions=0, pending=0)
