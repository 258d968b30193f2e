"""Brings one parcel to its chat, and writes down at once what became of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts import counters
from bot.alerts.breaker import Breaker
from bot.alerts.composing import compose
from bot.alerts.errors import (
    BadMessageError,
    ChatGoneError,
    MessageGoneError,
    MigratedError,
    RetryAfterError,
    RetryError,
    SendError,
    SuspiciousForbiddenError,
    ThreadGoneError,
    TokenRefusedError,
    UncertainError,
)
from bot.alerts.graph import Graph
from bot.alerts.limiter import Limiter
from bot.alerts.model import DeliveryState
from bot.alerts.parcels import Parcel, alone
from bot.alerts.patience import Patience
from bot.alerts.ports import Alarm, Heartbeat, Monotonic, Outbox, Render, Transport, Trouble
from bot.clock import Clock

log = logging.getLogger(__name__)

FIRST_BACKOFF = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(minutes=5)
TOKEN_PAUSE = 300.0
BREAKER_PAUSE = 60.0
UNANSWERED = 3
"""From so many failures in a row on, pings pause: 1 s, then twice as long each time, to 60 s."""
LONGEST_PAUSE = 60.0
SECOND_LOOK = timedelta(minutes=10)
"""When a chat that refused amid many refusals is asked again."""


@dataclass(frozen=True)
class Parts:
    """What sending rests on.

    `render` words a ping; `transport` sends it; `alarm` tells the operators; `heartbeat` is called
    each minute while the sender works, so that its silence is noticed from outside; `random` gives
    0 to 1.
    """

    outbox: Outbox
    transport: Transport
    render: Render
    graph: Graph
    limiter: Limiter
    clock: Clock
    monotonic: Monotonic
    random: Callable[[], float]
    alarm: Alarm
    heartbeat: Heartbeat


class Courier:
    """Sends parcels; `answered` is called when one has arrived, before that is written down."""

    def __init__(self, parts: Parts, patiently: Patience, answered: Callable[[], None]) -> None:
        self._parts, self._patiently, self._answered = parts, patiently, answered
        self._breaker = Breaker()
        self._halted_until = self._doubtful_until = float("-inf")
        self._unanswered = 0

    @property
    def halted(self) -> bool:
        """Whether the token was refused less than five minutes ago."""
        return self._parts.monotonic() < self._halted_until

    async def deliver(self, parcel: Parcel) -> None:
        """Sends it and marks the outcome, however long the store takes to accept the mark."""
        parts = self._parts
        if parts.limiter.shut_for() > 0:  # since it was taken up
            await self._untried(parcel)
            return
        if any(item.uncertain for item in parcel.items):
            counters.UNCERTAIN_RESENT.inc()
        try:
            message_id = await self._send(parcel)
        except SendError as error:
            counters.FAILED.labels(type(error).__name__).inc()
            self._back_off(error)
            await self._failed(parcel, error)
            return
        self._unanswered = 0
        self._breaker.note(parts.monotonic())
        self._answered()
        await self._patiently(lambda: parts.outbox.mark_sent(parcel, message_id, parts.clock()))
        counters.SENT.labels(parcel.kind).inc(len(parcel.items))

    async def _untried(self, parcel: Parcel) -> None:
        """It goes back and counts no try, until pings may leave again."""
        until = self._parts.clock() + timedelta(seconds=self._parts.limiter.shut_for())
        await self._patiently(lambda: self._parts.outbox.postpone(parcel, until, tried=False))

    async def _send(self, parcel: Parcel) -> int:
        try:
            outgoing = self._parts.render(compose(parcel, self._parts.graph))
        except Exception as error:
            log.exception("a ping could not be worded")
            raise BadMessageError("it could not be worded") from error
        chat_id, thread_id = parcel.recipient.chat_id, parcel.recipient.thread_id
        silent, reply_to = parcel.silent, parcel.reply_to
        try:
            if parcel.edit is not None:
                await self._parts.transport.edit(chat_id, parcel.edit, outgoing)
                return parcel.edit
            return await self._parts.transport.send(
                chat_id, outgoing, silent=silent, reply_to=reply_to, thread_id=thread_id
            )
        except SendError:
            raise
        except Exception as error:
            log.exception("a send failed in an unknown way")
            raise UncertainError("unknown failure") from error

    def _back_off(self, error: SendError) -> None:
        """Where nothing comes through, few are tried: each try may be a copy."""
        if not isinstance(error, RetryError | UncertainError):
            self._unanswered = 0
            return
        self._unanswered += 1
        if self._unanswered >= UNANSWERED:
            pause = 2.0 ** min(self._unanswered - UNANSWERED, 10)
            self._parts.limiter.pause(min(pause, LONGEST_PAUSE))

    async def _failed(self, parcel: Parcel, error: SendError) -> None:
        if not (parcel.joins and isinstance(error, BadMessageError)):
            await self._act_on(parcel, error)
        elif self._parts.limiter.take(1) == 0:  # the message to join refuses, or is gone
            await self._retry(parcel)
        elif await self._patiently(lambda: self._parts.outbox.part(parcel, self._parts.clock())):
            await self.deliver(alone(parcel))

    async def _act_on(self, parcel: Parcel, error: SendError) -> None:
        match error:
            case RetryAfterError():
                await self._wait(parcel, error.seconds)
            case UncertainError():
                await self._doubt(parcel)
            case ChatGoneError():
                await self._gone(parcel, error.reason)
            case SuspiciousForbiddenError():
                await self._suspicious(parcel)
            case MigratedError():
                await self._migrate(parcel, error.new_id)
            case TokenRefusedError():
                await self._halt(parcel)
            case MessageGoneError():  # before the kind that it belongs to, as the next one
                await self._close(parcel, DeliveryState.SUPERSEDED, "message_gone")
            case ThreadGoneError():
                await self._thread_gone(parcel, error)
            case BadMessageError():
                await self._bad(parcel, error)
            case _:
                await self._retry(parcel)

    async def _retry(self, parcel: Parcel) -> None:
        attempt = max(item.attempt for item in parcel.items)
        wait = min(FIRST_BACKOFF * 2 ** min(attempt, 10), LONGEST_BACKOFF)
        wait *= 1 + self._parts.random() / 4
        await self._patiently(
            lambda: self._parts.outbox.postpone(parcel, self._parts.clock() + wait)
        )

    async def _wait(self, parcel: Parcel, seconds: float) -> None:
        counters.BANNED_SECONDS.inc(seconds)
        self._parts.limiter.ban(seconds, jitter=self._parts.random())
        await self._untried(parcel)

    async def _doubt(self, parcel: Parcel) -> None:
        if parcel.edit and not parcel.joins:  # changing a message twice changes nothing
            await self._retry(parcel)
            return
        dead = await self._patiently(
            lambda: self._parts.outbox.mark_uncertain(parcel, self._parts.clock())
        )
        if dead:
            counters.CLOSED.labels(DeliveryState.DEAD).inc(dead)
            await self._parts.alarm(Trouble.GIVEN_UP)

    async def _gone(self, parcel: Parcel, reason: str) -> None:
        twice = any(item.refusals for item in parcel.items)
        if not twice and await self._is_burst(parcel):
            return
        now = self._parts.clock()
        await self._patiently(lambda: self._parts.outbox.block(parcel, reason, now))
        counters.CLOSED.labels(DeliveryState.BLOCKED).inc(len(parcel.items))

    async def _suspicious(self, parcel: Parcel) -> None:
        if not await self._is_burst(parcel):
            await self._retry(parcel)

    async def _is_burst(self, parcel: Parcel) -> bool:
        """Amid many refusals none is believed: nobody is removed, all are asked again later."""
        now = self._parts.monotonic()
        self._breaker.note(now, parcel.recipient.chat_id)
        opens = self._breaker.opens
        if not opens and now >= self._doubtful_until:
            return False
        until = self._parts.clock() + SECOND_LOOK
        refused = self._breaker.reset() if opens else frozenset()
        self._doubtful_until = now + SECOND_LOOK.total_seconds()
        await self._patiently(lambda: self._parts.outbox.postpone(parcel, until, refused=True))
        if opens:
            await self._open_breaker(refused - {parcel.recipient.chat_id}, until)
        return True

    async def _open_breaker(self, refused: frozenset[int], until: datetime) -> None:
        self._parts.limiter.pause(BREAKER_PAUSE)
        counters.BREAKER_OPENED.inc()
        await self._patiently(lambda: self._parts.outbox.unblock(refused, until))
        await self._parts.alarm(Trouble.MANY_REFUSALS)

    async def _migrate(self, parcel: Parcel, new: int) -> None:
        await self._untried(parcel)
        await self._patiently(lambda: self._parts.outbox.migrate(parcel.recipient.chat_id, new))

    async def _halt(self, parcel: Parcel) -> None:
        self._halted_until = self._parts.monotonic() + TOKEN_PAUSE
        await self._untried(parcel)
        await self._parts.alarm(Trouble.TOKEN_REFUSED)

    async def _thread_gone(self, parcel: Parcel, error: SendError) -> None:
        """To the general topic instead, and what follows too; where that is closed, nowhere."""
        if parcel.recipient.thread_id is None:
            await self._bad(parcel, error)
            return
        await self._patiently(lambda: self._parts.outbox.leave_thread(parcel))
        await self._untried(parcel)

    async def _bad(self, parcel: Parcel, error: SendError) -> None:
        log.error("Telegram refused a message's content: %s", error)
        await self._close(parcel, DeliveryState.DEAD, "bad_message")
        counters.CLOSED.labels(DeliveryState.DEAD).inc(len(parcel.items))
        await self._parts.alarm(Trouble.BAD_MESSAGE)

    async def _close(self, parcel: Parcel, state: DeliveryState, reason: str) -> None:
        now = self._parts.clock()
        await self._patiently(lambda: self._parts.outbox.close(parcel, state, reason, now))
