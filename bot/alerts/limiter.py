"""How fast messages may leave: our own token bucket, for pings and for replies.

Telegram's limits are about 30 messages a second over all chats
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). When it asks us
to wait, everything stops; afterwards pings begin slowly and speed up by one a second each second.
"""

import math
from collections import deque
from dataclasses import dataclass, field

from bot.alerts.ports import Monotonic, Sleep

BURST = 3
RESTART_RATE = 5.0
RATE_GAIN = 1.0
"""How much faster for each second without being told to wait."""
WINDOW = 1.1
"""Seconds in which at most a second's number leaves: on the way some are late, the next are not."""
ROUNDING = 1e-6


@dataclass
class Bucket:
    """Tokens at `rate` a second, at most `burst` saved up. `rate` may be below 1."""

    rate: float
    burst: float
    tokens: float = field(init=False)
    filled_at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def fill(self, now: float, rate: float) -> None:
        """Adds what came since the last call, at the rate that held."""
        if now > self.filled_at:
            gained = (now - self.filled_at) * rate
            self.tokens = min(self.tokens + gained, self.burst)
            self.filled_at = now

    def dry_until(self, moment: float) -> None:
        """No tokens come before then."""
        self.tokens = min(self.tokens, 0.0)
        self.filled_at = max(self.filled_at, moment)

    def wait(self, now: float, rate: float) -> float:
        """Seconds until there is a whole token."""
        return max(self.filled_at - now, 0.0) + max(1.0 - self.tokens, 0.0) / rate


class Limiter:
    """Says when the next message may leave. Not shared between event loops.

    Args:
        sends_per_second: of pings. replies_per_second: of replies, on top of it.
        monotonic: seconds that never run backwards. sleep: waits that many seconds.
    """

    def __init__(
        self,
        sends_per_second: float,
        replies_per_second: float,
        monotonic: Monotonic,
        sleep: Sleep,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._bulk = Bucket(sends_per_second, min(BURST, max(1.0, sends_per_second)))
        self._reply = Bucket(replies_per_second, min(BURST, max(1.0, replies_per_second)))
        self._bulk.filled_at = self._reply.filled_at = monotonic()
        self._most = max(1, math.floor(sends_per_second + replies_per_second))
        self._recent: deque[float] = deque()
        self._closed_until = -math.inf
        self._bulk_closed_until = -math.inf
        self._slowed_at: float | None = None
        self._share = 1.0

    def ban(self, seconds: float, jitter: float = 0.0) -> None:
        """Telegram asked to wait: nothing leaves; replies resume first, pings slowly."""
        now = self._monotonic()
        self._closed_until = max(self._closed_until, now + seconds)
        self._bulk_closed_until = max(self._bulk_closed_until, self._closed_until + jitter)
        self._slowed_at = self._bulk_closed_until
        self._bulk.dry_until(self._bulk_closed_until)

    def pause(self, seconds: float) -> None:
        """Pings stop; replies go on."""
        until = self._monotonic() + seconds
        self._bulk_closed_until = max(self._bulk_closed_until, until)

    def share(self, processes: int) -> None:
        """Several processes send with the same token: each takes its part of the rate."""
        self._share = 1.0 / max(1, processes)

    def take(self, wanted: int) -> int:
        """As many pings as may leave now, at most `wanted`; never waits."""
        granted = 0
        while granted < wanted and self.delay() <= 0:
            self._bulk.tokens -= 1
            self._recent.append(self._monotonic())
            granted += 1
        return granted

    def give_back(self, unused: int) -> None:
        """Taken, but nothing left under them."""
        for _ in range(min(unused, len(self._recent))):
            self._bulk.tokens += 1
            self._recent.pop()

    def delay(self) -> float:
        """Seconds until a ping may leave."""
        now = self._monotonic()
        rate = self._bulk_rate(now)
        self._bulk.fill(now, rate)
        return _settled(self.shut_for(), self._bulk.wait(now, rate), self._full_for(now))

    def shut_for(self) -> float:
        """Seconds in which no ping may leave, whatever tokens there are or were taken."""
        gate = max(self._closed_until, self._bulk_closed_until) - self._monotonic()
        return max(gate, 0.0)

    async def reply(self) -> None:
        """Waits until a reply may leave."""
        while (seconds := self._reply_delay()) > 0:
            await self._sleep(seconds)
        now = self._monotonic()
        lender = self._bulk if _settled(self._own_wait(now)) else self._reply
        lender.tokens -= 1
        self._recent.append(now)

    def _own_wait(self, now: float) -> float:
        """Seconds until replies have a token of their own."""
        rate = self._reply.rate * self._share
        self._reply.fill(now, rate)
        return self._reply.wait(now, rate)

    def _reply_delay(self) -> float:
        now = self._monotonic()
        bulk_rate = self._bulk_rate(now)
        self._bulk.fill(now, bulk_rate)
        # A reply may borrow the pings' next second: a person waits for it.
        borrow = max(-bulk_rate - self._bulk.tokens, 0.0) / bulk_rate
        token = min(self._own_wait(now), borrow)
        return _settled(self._closed_until - now, token, self._full_for(now))

    def _bulk_rate(self, now: float) -> float:
        full = self._bulk.rate * self._share
        if self._slowed_at is None:
            return full
        clean_seconds = math.floor(max(now - self._slowed_at, 0.0))
        return min(full, RESTART_RATE + RATE_GAIN * clean_seconds)

    def _full_for(self, now: float) -> float:
        """Seconds until fewer than the allowed number left within one second."""
        while self._recent and self._recent[0] <= now - WINDOW:
            self._recent.popleft()
        most = max(1, math.floor(self._most * self._share))
        if len(self._recent) < most:
            return 0.0
        return self._recent[-most] + WINDOW - now


def _settled(*waits: float) -> float:
    """The longest wait; what is left by rounding is no wait."""
    longest = max(waits)
    return longest if longest > ROUNDING else 0.0
