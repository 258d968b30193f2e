"""What the sender asks of the outbox, when, and what it does while nothing may leave."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import AsyncMock, call

import pytest

from bot.alerts import counters
from bot.alerts.courier import Parts
from bot.alerts.errors import TokenRefusedError
from bot.alerts.limiter import Limiter
from bot.alerts.model import DeliveryState
from bot.alerts.parcels import Parcel, parcel
from bot.alerts.ports import Claimed, Due, Recovered, Trouble
from bot.alerts.sender import Pace, Sender
from bot.store.outbox import SqlOutbox
from tests.alerts.test_courier import counted
from tests.alerts.test_judgement import NURSE, ONSET
from tests.alerts.world import GRAPH, NOON, Telegram, word

TOKENS = 100


def to(chat_id: int, *, uncertain: int = 0) -> Parcel:
    """One row for this chat."""
    return parcel(replace(NURSE, chat_id=chat_id), [replace(ONSET, uncertain=uncertain)])


@dataclass
class Desk:
    """A sender whose clocks the test moves; what it sends is in flight until `answer` is set."""

    pace: Pace = field(default_factory=Pace)
    seconds: float = 0
    outbox: AsyncMock = field(default_factory=lambda: AsyncMock(spec=SqlOutbox))
    telegram: AsyncMock = field(default_factory=lambda: AsyncMock(spec=Telegram))
    alarm: AsyncMock = field(default_factory=AsyncMock)
    heart: AsyncMock = field(default_factory=AsyncMock)
    answer: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.outbox.marking = 0
        self.outbox.senders.return_value = 1
        self.outbox.recover.return_value = Recovered()
        self.will()
        self.telegram.send.side_effect = self._send
        self.limiter = Limiter(TOKENS, 5, lambda: self.seconds, asyncio.sleep)
        self.limiter._bulk.burst = self.limiter._bulk.tokens = TOKENS
        parts = Parts(
            outbox=self.outbox,
            transport=self.telegram,
            render=word,
            graph=GRAPH,
            limiter=self.limiter,
            clock=lambda: NOON + timedelta(seconds=self.seconds),
            monotonic=lambda: self.seconds,
            random=lambda: 0.5,
            alarm=self.alarm,
            heartbeat=self.heart,
        )
        self.sender = Sender(parts, self.pace)
        self.sender._started = True

    def will(self, *claims: Claimed, due: Due | None = None) -> None:
        """What the outbox answers from now on."""
        more = [*claims, *[Claimed()] * 50]
        self.outbox.due.return_value = due or Due()
        self.outbox.claim.side_effect = self.outbox.claim_uncertain.side_effect = more

    async def dispatches(self) -> tuple[bool, list[str]]:
        """Whether anything was taken up, and what was asked of the outbox."""
        self.outbox.reset_mock()
        took = await self.sender._dispatch()
        return took, [name for name, _, _ in self.outbox.mock_calls]

    @contextlib.asynccontextmanager
    async def flying(self, *parcels: Parcel) -> AsyncIterator[None]:
        """These are in flight until the block ends."""
        for one in parcels:
            self.sender._fly(one)
        await asyncio.sleep(0)
        yield
        self.answer.set()
        while self.sender._flying:
            await asyncio.wait(self.sender._flying)

    async def _send(self, *_: object, **__: object) -> int:
        await self.answer.wait()
        return 5


PENDING, DOUBT = Due(pending=True), Due(pending=True, uncertain=True)


async def test_what_is_due_is_claimed_with_what_is_busy() -> None:
    """As many as there are places and tokens; what is not used of these is given back."""
    desk = Desk()
    async with desk.flying(to(1), to(2)):
        desk.will(Claimed((to(3), to(4)), 5), due=PENDING)
        desk.sender._draining = False
        assert await desk.dispatches() == (True, ["due", "claim"])
        limit, now, _, busy = desk.outbox.claim.call_args.args
        assert (limit, now, busy) == (6, NOON, {1, 2})
        assert desk.outbox.due.call_args == call(NOON)
        assert desk.limiter._bulk.tokens == TOKENS - 2
        assert len(desk.sender._flying) == 4


@pytest.mark.parametrize("marking", [1, 2])
async def test_places_of_marks_under_way_count_as_free(marking: int) -> None:
    """The claim comes after them."""
    desk = Desk()
    desk.outbox.marking = marking
    async with desk.flying(*[to(chat_id) for chat_id in range(1, 9)]):
        desk.will(due=PENDING)
        desk.sender._draining = False
        await desk.dispatches()
        assert desk.outbox.claim.call_args.args[0] == marking


async def test_a_claim_that_fails_costs_no_token() -> None:
    """It is repeated, as whatever the store refuses."""
    desk = Desk()
    desk.will(due=PENDING)
    desk.outbox.claim.side_effect = ZeroDivisionError
    desk.sender._draining = False
    with pytest.raises(ZeroDivisionError):
        await desk.sender._dispatch()
    assert desk.limiter._bulk.tokens == TOKENS


def full(desk: Desk) -> None:
    """All places are taken."""
    desk.outbox.marking = -8


def banned(desk: Desk) -> None:
    """Telegram asked to wait."""
    desk.limiter.ban(0.5)


def halted(desk: Desk) -> None:
    """The token was refused."""
    desk.sender._courier._halted_until = 9


@pytest.mark.parametrize("hindered", [full, banned, halted])
async def test_where_nothing_may_leave_nothing_is_asked(hindered: Callable[[Desk], None]) -> None:
    """The store is left alone."""
    desk = Desk()
    desk.will(due=PENDING)
    hindered(desk)
    assert await desk.dispatches() == (False, [])


async def test_while_it_stops_nothing_is_claimed() -> None:
    """And no token is lost, which replies could have."""
    desk = Desk()
    desk.will(due=PENDING)
    desk.sender._draining, desk.sender._stopping = False, True
    assert await desk.dispatches() == (False, ["due"])
    assert desk.limiter._bulk.tokens == TOKENS


async def test_what_telegram_asks_during_a_look_holds_for_its_claim() -> None:
    """An answer of one in flight may come while the outbox is asked."""
    desk = Desk()
    desk.sender._draining = False

    async def due(_: datetime) -> Due:
        desk.limiter.ban(9)
        return PENDING

    desk.outbox.due.side_effect = due
    assert await desk.dispatches() == (False, ["due"])


async def test_nothing_due_is_nothing_claimed() -> None:
    """Nor is a look the begin of anything."""
    assert await Desk().dispatches() == (False, ["due"])


async def test_what_is_in_doubt_goes_first_and_one_by_one() -> None:
    """After a start nothing else leaves before all of it is answered; later the rest does."""
    desk = Desk()
    desk.will(Claimed((to(1, uncertain=1),), 1), due=DOUBT)
    assert await desk.dispatches() == (True, ["due", "claim_uncertain"])
    assert desk.outbox.claim_uncertain.call_args.args[0] == 1
    async with desk.flying():
        assert await desk.dispatches() == (False, ["due"])
        desk.will(due=PENDING)
        assert await desk.dispatches() == (False, ["due"])
    assert await desk.dispatches() == (False, ["due", "claim"])
    desk.answer.clear()
    async with desk.flying(to(2, uncertain=1)):
        desk.will(due=DOUBT)
        assert await desk.dispatches() == (False, ["due", "claim"])
    assert await desk.dispatches() == (False, ["due", "claim_uncertain"])


async def test_after_a_claim_that_filled_all_places_the_next_needs_no_look() -> None:
    """For a quarter of a second; one in doubt, and one that found less, say nothing of more."""
    desk = Desk(Pace(in_flight=2))
    desk.sender._draining = False
    eight = [to(chat_id) for chat_id in range(1, 9)]
    two = [Claimed(tuple(eight[at : at + 2]), 2) for at in range(0, 8, 2)]
    desk.will(*two[:3], Claimed((eight[6],), 1), due=PENDING)
    desk.answer.set()
    asked = []
    for desk.seconds in (0, 0.24, 0.49, 0.49, 0.5):
        asked.append(await desk.dispatches())
        async with desk.flying():
            pass
    assert asked == [
        (True, ["due", "claim"]),
        (True, ["claim"]),
        (True, ["due", "claim"]),
        (True, ["claim"]),
        (False, ["due", "claim"]),
    ]
    desk.will(Claimed((to(9, uncertain=1),), 1), due=DOUBT)
    for wanted in (["due", "claim_uncertain"], ["due", "claim_uncertain"]):
        assert (await desk.dispatches())[1] == wanted
        async with desk.flying():
            pass


async def test_what_is_closed_unsent_is_counted() -> None:
    """By how it ended; and rows that were only looked at are work done."""
    desk, before = Desk(), counted(counters.CLOSED, "expired")
    desk.will(Claimed((), 3, {DeliveryState.EXPIRED: 3}), due=PENDING)
    assert await desk.dispatches() == (True, ["due", "claim"])
    assert counted(counters.CLOSED, "expired") - before == 3


async def test_each_chore_has_its_time() -> None:
    """The heart beats each minute, dead processes are looked for and the rate is shared oftener."""
    desk = Desk()
    done = []
    for desk.seconds in (0, 9.9, 10, 29.9, 30, 59.9, 60, 86399, 86400):
        desk.outbox.reset_mock()
        desk.heart.reset_mock()
        await desk.sender._do_chores()
        await asyncio.sleep(0)
        names = [name for name, _, _ in desk.outbox.mock_calls]
        done.append((desk.seconds, [*["beat"] * desk.heart.call_count, *names]))
    assert done == [
        (0, ["beat", "recover", "senders", "purge"]),
        (9.9, []),
        (10, ["senders"]),
        (29.9, ["senders"]),
        (30, ["recover"]),
        (59.9, ["senders"]),
        (60, ["beat", "recover"]),
        (86399, ["beat", "recover", "senders"]),
        (86400, ["purge"]),
    ]


async def test_chores_say_when_and_share_the_rate() -> None:
    """As many as send with this token share what Telegram allows."""
    desk = Desk(seconds=7)
    desk.outbox.senders.return_value = 4
    await desk.sender._do_chores()
    now = NOON + timedelta(seconds=7)
    assert desk.outbox.mock_calls == [
        call.recover(now, started=False),
        call.senders(now),
        call.purge(now),
    ]
    assert desk.limiter._share == 0.25


async def test_the_heart_of_one_that_sends_nothing_stands_still() -> None:
    """The silence is what tells of it."""
    desk = Desk()
    desk.sender._started = False
    await desk.sender._do_chores()
    await asyncio.sleep(0)
    assert (desk.sender.ready, desk.heart.call_count) == (False, 0)


async def test_a_listener_that_hangs_is_left() -> None:
    """Before its next beat; the beat is forgotten then."""
    desk = Desk(Pace(heartbeat=0.001))
    desk.heart.side_effect = asyncio.Event().wait
    desk.sender._beat()
    (beat,) = desk.sender._beats
    async with asyncio.timeout(5):
        await beat
    await asyncio.sleep(0)
    assert desk.sender._beats == set()


RESTS = {"nothing is due": (0, 0.5), "soon": (0.2, 0.2), "much later": (7, 0.5)}


@pytest.mark.parametrize(("shut", "rests"), RESTS.values(), ids=RESTS)
async def test_how_long_it_rests(
    shut: float, rests: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the next look, or until pings may leave where that is sooner."""
    desk, real, asked = Desk(), asyncio.timeout, list[float]()

    def noted(seconds: float) -> Any:
        asked.append(seconds)
        return real(seconds)

    monkeypatch.setattr("bot.alerts.sender.asyncio.timeout", noted)
    desk.limiter.pause(shut)
    desk.sender.wake()
    await desk.sender._rest()
    assert asked == [rests]


async def test_a_rest_ends_by_itself() -> None:
    """Without any news."""
    desk = Desk(Pace(idle=0.001))
    async with asyncio.timeout(5):
        await desk.sender._rest()


async def test_what_lands_is_news() -> None:
    """A place is free; so many are in flight."""
    desk = Desk()
    async with desk.flying(to(1), to(2)):
        assert counted(counters.IN_FLIGHT) == 2
        desk.sender._news.clear()
    assert (counted(counters.IN_FLIGHT), desk.sender._news.is_set()) == (0, True)


async def test_what_broke_off_is_in_doubt_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Also where not even that can be written down."""
    desk = Desk(seconds=3)
    desk.answer.set()
    desk.outbox.mark_sent.side_effect = desk.outbox.mark_uncertain.side_effect = ZeroDivisionError
    made = to(1)
    desk.sender._fly(made)
    (task,) = desk.sender._flying
    await asyncio.wait([task])
    await asyncio.sleep(0)
    now = NOON + timedelta(seconds=3)
    assert desk.outbox.mark_uncertain.mock_calls == [call(made, now)]
    assert [(one.levelname, one.message, bool(one.exc_info)) for one in caplog.records] == [
        ("ERROR", "a delivery was broken off", True),
        ("ERROR", "a delivery in doubt could not be marked so", True),
    ]


async def test_a_delivery_that_is_cancelled_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    """The process is being ended: its successor sees to it."""
    desk = Desk()
    desk.sender._fly(to(1))
    (task,) = desk.sender._flying
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(0)
    assert (desk.sender._flying, caplog.messages) == ({}, [])


async def test_what_a_dead_process_left_is_taken_over_first() -> None:
    """What is given up of it is counted, and operators hear of it."""
    desk, before = Desk(), counted(counters.CLOSED, "dead")
    desk.outbox.recover.return_value = Recovered(1, 2)
    desk.sender._started = False
    running = asyncio.create_task(desk.sender.run())
    while not desk.outbox.due.called:  # noqa: ASYNC110 - a look gives no event
        await asyncio.sleep(0.001)
    assert (counted(counters.READY), desk.sender.ready) == (1, True)
    await desk.sender.stop()
    await running
    assert desk.outbox.mock_calls[0] == call.recover(NOON, started=True)
    assert (counted(counters.READY), desk.sender.ready) == (0, False)
    assert counted(counters.CLOSED, "dead") - before == 4  # its first chore finds them again
    assert desk.alarm.mock_calls == [call(Trouble.GIVEN_UP)] * 2


async def test_a_stop_waits_no_longer_than_it_may() -> None:
    """What is in flight then is in doubt: the next start repeats it."""
    desk = Desk(Pace(landing=0.01))
    async with desk.flying(to(1)):
        async with asyncio.timeout(5):
            await desk.sender.stop()
        assert len(desk.sender._flying) == 1


async def test_a_sender_that_never_began_is_stopped_at_once() -> None:
    """A start that failed is not waited for."""
    desk = Desk(Pace(landing=60))
    desk.sender._started = False
    async with asyncio.timeout(5):
        await desk.sender.stop()


async def test_a_fault_of_ours_ends_the_run() -> None:
    """It is said not to be ready; whoever stops it then waits for nothing."""
    desk = Desk(Pace(landing=60))
    desk.outbox.due.side_effect = ZeroDivisionError
    with pytest.raises(ZeroDivisionError):
        await desk.sender.run()
    assert counted(counters.READY) == 0
    async with asyncio.timeout(5):
        await desk.sender.stop()


async def test_a_refused_token_is_not_ready() -> None:
    """Until it is tried again."""
    desk = Desk()
    desk.telegram.send.side_effect = TokenRefusedError()
    async with desk.flying(to(1)):
        pass
    assert not desk.sender.ready
