"""Parts that are broken on purpose: the rules must find each of them."""

from datetime import datetime

from bot.alerts.errors import StoreUnavailableError
from bot.alerts.limiter import Limiter
from bot.alerts.parcels import Judge, Parcel
from bot.alerts.plans import Plan
from bot.alerts.ports import Claimed, Hand, Recorded, Recovered
from bot.status.model import Confirmed
from bot.store.outbox import SqlOutbox


class MarksBeforeSending(SqlOutbox):
    """As who wants no copy at any price."""

    async def claim(self, limit: int, now: datetime, judge: Judge, busy: frozenset[int]) -> Claimed:
        claimed = await super().claim(limit, now, judge, busy)
        for parcel in claimed.parcels:
            await self.mark_sent(parcel, 1, now)
        return claimed


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
