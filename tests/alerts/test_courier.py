"""What each answer of Telegram leads to: in the outbox, for the pings after it, for operators."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock, call

import pytest

from bot.alerts import counters
from bot.alerts.courier import Courier, Parts
from bot.alerts.errors import (
    BadMessageError,
    ChatGoneError,
    MayNotWriteError,
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
from bot.alerts.limiter import Limiter
from bot.alerts.model import DeliveryState, Outgoing
from bot.alerts.parcels import Parcel, parcel
from bot.alerts.patience import Patience
from bot.alerts.ports import Trouble
from bot.store.outbox import SqlOutbox
from tests.alerts.test_judgement import EDIT, END, NURSE, ONSET
from tests.alerts.world import GRAPH, NOON, Telegram, word

PARCEL = parcel(NURSE, [ONSET])
IN_A_TOPIC = parcel(replace(NURSE, thread_id=3), [ONSET])
DETAIL = parcel(NURSE, [EDIT])
SOON = NOON + timedelta(seconds=1.125)
"""After the first second, and half of the chance by which it is stretched."""
LOOK = NOON + timedelta(minutes=10)


@dataclass
class Round:
    """A courier whose clocks the test moves, an outbox that keeps what it is told, and chats."""

    seconds: float = 0
    error: BaseException | None = None
    outbox: AsyncMock = field(default_factory=lambda: AsyncMock(spec=SqlOutbox))
    telegram: AsyncMock = field(default_factory=lambda: AsyncMock(spec=Telegram))
    alarm: AsyncMock = field(default_factory=AsyncMock)
    answered: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox.mark_uncertain.return_value = 0
        self.limiter = Limiter(30, 5, lambda: self.seconds, asyncio.sleep)
        self.telegram.send.side_effect = self.telegram.edit.side_effect = self._answer
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
            heartbeat=AsyncMock(),
        )
        marked = self.outbox.mark_sent
        self.courier = Courier(
            parts, Patience(self.alarm), lambda: self.answered.append(marked.call_count)
        )

    async def brings(self, made: Parcel, error: BaseException | None = None) -> list[Any]:
        """One delivery; gives what the outbox was told."""
        self.error = error
        self.outbox.reset_mock()
        await self.courier.deliver(made)
        return list(self.outbox.mock_calls)

    @property
    def troubles(self) -> list[Trouble]:
        """What operators heard of."""
        return [told.args[0] for told in self.alarm.mock_calls]

    async def _answer(self, *_: object, **__: object) -> int:
        if self.error is not None:
            raise self.error
        return 77


async def test_what_arrived_is_marked() -> None:
    """As the message that it became; who waits for a place hears of it before that."""
    play = Round()
    silent_end = parcel(replace(NURSE, thread_id=3), [END])
    assert await play.brings(silent_end) == [call.mark_sent(silent_end, 77, NOON)]
    assert play.answered == [0]
    outgoing = Outgoing("resolved REC-0001-1 recip-e=over")
    assert play.telegram.mock_calls == [
        call.send(1, outgoing, silent=True, reply_to=5, thread_id=3)
    ]


async def test_an_edit_that_arrived_keeps_its_message() -> None:
    """Whatever a transport says of it."""
    play = Round()
    assert await play.brings(DETAIL) == [call.mark_sent(DETAIL, 5, NOON)]
    outgoing = Outgoing("update REC-0001-1 recip-e=major_outage")
    assert play.telegram.mock_calls == [call.edit(1, 5, outgoing)]


@pytest.mark.parametrize(
    ("tokens", "ours", "left"),
    [(2, True, 1), (0, True, 0), (2, False, 1)],
    ids=["one is free", "none is", "another has taken it up"],
)
async def test_news_that_cannot_join_takes_a_place_of_its_own(
    tokens: int, ours: bool, left: int
) -> None:
    """Where one is free; else it waits for it. It leaves only where it is ours still."""
    play, joins = Round(), parcel(NURSE, [ONSET], join=9)
    play.limiter._bulk.tokens = tokens
    play.outbox.part.return_value = ours
    play.telegram.edit.side_effect = MessageGoneError()
    parts, sent = call.part(joins, NOON), call.mark_sent(PARCEL, 77, NOON)
    wanted = [parts, sent] if ours else [parts]
    assert await play.brings(joins) == (wanted if tokens else [call.postpone(joins, SOON)])
    assert play.limiter._bulk.tokens == left


async def test_no_answer_to_news_that_joins_is_a_doubt() -> None:
    """To change the message again would be late, and may say twice what is news."""
    joins = parcel(NURSE, [ONSET], join=9)
    assert await Round().brings(joins, UncertainError()) == [call.mark_uncertain(joins, NOON)]


@dataclass(frozen=True)
class Row:
    """An error, and what follows: written down, told to operators, seconds without pings."""

    error: BaseException
    written: list[Any]
    troubles: tuple[Trouble, ...] = ()
    shut: float = 0
    made: Parcel = PARCEL


LATER = [call.postpone(PARCEL, SOON)]
REFUSED = [call.close(PARCEL, DeliveryState.DEAD, "bad_message", NOON)]
ROWS = {
    "did not leave": Row(RetryError(), LATER),
    "asked to wait": Row(
        RetryAfterError(60),
        [call.postpone(PARCEL, NOON + timedelta(seconds=60.5), tried=False)],
        shut=60.5,
    ),
    "no answer": Row(UncertainError(), [call.mark_uncertain(PARCEL, NOON)]),
    "no answer to an edit": Row(UncertainError(), [call.postpone(DETAIL, SOON)], made=DETAIL),
    "a fault that nobody foresaw": Row(KeyError("result"), [call.mark_uncertain(PARCEL, NOON)]),
    "the chat is gone": Row(ChatGoneError("blocked"), [call.block(PARCEL, "blocked", NOON)]),
    "forbidden in other words": Row(SuspiciousForbiddenError(), LATER),
    "the group forbids it": Row(MayNotWriteError(), LATER),
    "a supergroup now": Row(
        MigratedError(-1005),
        [call.postpone(PARCEL, NOON, tried=False), call.migrate(1, -1005)],
    ),
    "the token is refused": Row(
        TokenRefusedError(),
        [call.postpone(PARCEL, NOON, tried=False)],
        (Trouble.TOKEN_REFUSED,),
    ),
    "the message is gone": Row(
        MessageGoneError(),
        [call.close(DETAIL, DeliveryState.SUPERSEDED, "message_gone", NOON)],
        made=DETAIL,
    ),
    "the topic is gone": Row(
        ThreadGoneError(),
        [call.leave_thread(IN_A_TOPIC), call.postpone(IN_A_TOPIC, NOON, tried=False)],
        made=IN_A_TOPIC,
    ),
    "the general topic is": Row(ThreadGoneError(), REFUSED, (Trouble.BAD_MESSAGE,)),
    "the content": Row(BadMessageError(), REFUSED, (Trouble.BAD_MESSAGE,)),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
async def test_what_a_failure_leads_to(row: Row) -> None:
    """Nothing is marked as sent, and nobody who waits for a place hears of one."""
    play = Round()
    assert await play.brings(row.made, row.error) == row.written
    assert (tuple(play.troubles), play.limiter.shut_for()) == (row.troubles, row.shut)
    assert play.answered == []


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 2), (2, 4), (8, 256), (9, 300), (1000, 300)], ids=str
)
async def test_each_try_waits_longer(attempt: int, seconds: int) -> None:
    """Twice as long, up to five minutes; of several rows the most tried one counts."""
    made = parcel(NURSE, [replace(ONSET, attempt=attempt), ONSET])
    until = NOON + timedelta(seconds=seconds * 1.125)
    assert await Round().brings(made, RetryError()) == [call.postpone(made, until)]


async def test_while_pings_are_shut_nothing_is_tried() -> None:
    """What was taken up before goes back until they leave again."""
    play = Round()
    play.limiter.pause(0.5)
    back = call.postpone(PARCEL, NOON + timedelta(seconds=0.5), tried=False)
    assert await play.brings(PARCEL) == [back]
    assert play.telegram.mock_calls == []


@pytest.mark.parametrize("error", [RetryError(), UncertainError()], ids=["failed", "no answer"])
async def test_where_nothing_comes_through_few_are_tried(error: SendError) -> None:
    """From the third failure in a row on pings pause, each time for longer, up to a minute."""
    play, pauses = Round(), []
    for _ in range(15):
        await play.brings(PARCEL, error)
        pauses.append(play.limiter.shut_for())
        play.seconds += 1000
    assert pauses == [0, 0, 1, 2, 4, 8, 16, 32, *[60] * 7]


@pytest.mark.parametrize("answer", [None, BadMessageError()], ids=["it arrived", "it was refused"])
async def test_an_answer_begins_that_count_anew(answer: SendError | None) -> None:
    """Telegram can be reached."""
    play = Round()
    for error in (RetryError(), RetryError(), answer, RetryError(), RetryError()):
        await play.brings(PARCEL, error)
    assert play.limiter.shut_for() == 0
    await play.brings(PARCEL, RetryError())
    assert play.limiter.shut_for() == 1


def refusing(chat_id: int, refusals: int = 0) -> Parcel:
    """To this chat, which refused so often before."""
    return parcel(replace(NURSE, chat_id=chat_id), [replace(ONSET, refusals=refusals), ONSET])


async def test_amid_many_refusals_none_is_believed() -> None:
    """From the fifth on: all are asked again in ten minutes, pings pause, operators hear of it."""
    play, gone = Round(), ChatGoneError("blocked")
    for chat_id in range(1, 5):
        made = refusing(chat_id)
        assert await play.brings(made, gone) == [call.block(made, "blocked", NOON)]
    burst = refusing(5)
    assert await play.brings(burst, gone) == [
        call.postpone(burst, LOOK, refused=True),
        call.unblock(frozenset({1, 2, 3, 4}), LOOK),
    ]
    assert (play.troubles, play.limiter.shut_for()) == ([Trouble.MANY_REFUSALS], 60)


DOUBTED: dict[str, tuple[float, int, SendError, list[Any]]] = {
    "another a little later": (599, 0, ChatGoneError("x"), [("postpone", 599 + 600)]),
    "a proxy's": (599, 0, SuspiciousForbiddenError(), [("postpone", 599 + 600)]),
    "ten minutes later": (600, 0, ChatGoneError("x"), [("block", 600)]),
    "one that refuses again": (599, 1, ChatGoneError("x"), [("block", 599)]),
}


@pytest.mark.parametrize(("seconds", "refusals", "error", "written"), DOUBTED.values(), ids=DOUBTED)
async def test_after_a_burst(
    seconds: float, refusals: int, error: SendError, written: list[Any]
) -> None:
    """For ten minutes no refusal is believed that is the first of its chat; nobody is alarmed."""
    play = Round()
    for chat_id in range(1, 6):
        await play.brings(refusing(chat_id), ChatGoneError("blocked"))
    play.seconds = seconds
    calls = await play.brings(refusing(9, refusals), error)
    assert [(name, args[-1]) for name, args, _ in calls] == [
        (name, NOON + timedelta(seconds=after)) for name, after in written
    ]
    assert play.troubles == [Trouble.MANY_REFUSALS]


async def test_a_second_burst_is_one_too() -> None:
    """Also within these ten minutes: pings pause anew, and operators hear of it again."""
    play = Round()
    for chat_id in range(1, 11):
        await play.brings(refusing(chat_id), ChatGoneError("blocked"))
        play.seconds += 120 if chat_id == 5 else 1
    assert play.troubles == [Trouble.MANY_REFUSALS] * 2


async def test_many_answers_are_no_burst() -> None:
    """Five that refuse among a hundred are five that left."""
    play = Round()
    for _ in range(95):
        await play.brings(PARCEL)
    for chat_id in range(2, 7):
        assert (await play.brings(refusing(chat_id), ChatGoneError("x")))[0][0] == "block"
    assert play.troubles == []


async def test_a_refused_token_halts_for_five_minutes() -> None:
    """Then it is tried again."""
    play = Round()
    assert not play.courier.halted
    await play.brings(PARCEL, TokenRefusedError())
    halted = []
    for play.seconds in (299, 300):
        halted.append(play.courier.halted)
    assert halted == [True, False]


async def test_what_is_given_up_is_told() -> None:
    """Where the outbox says that this silence was the last."""
    play = Round()
    play.outbox.mark_uncertain.return_value = 1
    await play.brings(PARCEL, UncertainError())
    assert play.troubles == [Trouble.GIVEN_UP]


@pytest.mark.parametrize("error", [BadMessageError("too long"), ThreadGoneError("too long")])
async def test_what_is_refused_is_logged(
    error: SendError, caplog: pytest.LogCaptureFixture
) -> None:
    """In Telegram's words, which name no chat."""
    await Round().brings(PARCEL, error)
    assert caplog.messages == ["Telegram refused a message's content: too long"]


async def test_a_fault_that_nobody_foresaw_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """With its trace: it is a fault of ours or of the library's."""
    await Round().brings(PARCEL, KeyError("result"))
    assert [(one.message, bool(one.exc_info)) for one in caplog.records] == [
        ("a send failed in an unknown way", True)
    ]


async def test_what_cannot_be_worded_is_closed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours costs that ping, and is logged; nothing is asked of Telegram."""
    play = Round()
    monkeypatch.setattr("bot.alerts.courier.compose", lambda *_: 1 / 0)
    assert await play.brings(PARCEL) == REFUSED
    assert (play.troubles, play.telegram.mock_calls) == ([Trouble.BAD_MESSAGE], [])
    assert caplog.messages == [
        "a ping could not be worded",
        "Telegram refused a message's content: it could not be worded",
    ]


def counted(metric: Any, *labels: str) -> float:
    """What an operator reads."""
    return float((metric.labels(*labels) if labels else metric)._value.get())


TWO = parcel(NURSE, [ONSET, replace(ONSET, id=2)])
DOUBTFUL = parcel(NURSE, [replace(ONSET, uncertain=1)])
COUNTS: dict[str, tuple[Parcel, SendError | None, int, list[tuple[Any, tuple[str, ...], float]]]]
COUNTS = {
    "arrived": (TWO, None, 0, [(counters.SENT, ("onset",), 2)]),
    "repeated": (DOUBTFUL, None, 0, [(counters.UNCERTAIN_RESENT, (), 1)]),
    "asked to wait": (
        TWO,
        RetryAfterError(7),
        0,
        [(counters.BANNED_SECONDS, (), 7), (counters.FAILED, ("RetryAfterError",), 1)],
    ),
    "given up": (TWO, UncertainError(), 2, [(counters.CLOSED, ("dead",), 2)]),
    "in doubt": (TWO, UncertainError(), 0, [(counters.CLOSED, ("dead",), 0)]),
    "gone": (TWO, ChatGoneError("x"), 0, [(counters.CLOSED, ("blocked",), 2)]),
    "refused": (TWO, BadMessageError(), 0, [(counters.CLOSED, ("dead",), 2)]),
    "the first time": (TWO, None, 0, [(counters.UNCERTAIN_RESENT, (), 0)]),
}


@pytest.mark.parametrize(("made", "error", "dead", "wanted"), COUNTS.values(), ids=COUNTS)
async def test_what_is_counted(
    made: Parcel,
    error: SendError | None,
    dead: int,
    wanted: list[tuple[Any, tuple[str, ...], float]],
) -> None:
    """Rows, not messages: one message may tell several."""
    play = Round()
    play.outbox.mark_uncertain.return_value = dead
    before = [counted(metric, *labels) for metric, labels, _ in wanted]
    await play.brings(made, error)
    after = [counted(metric, *labels) for metric, labels, _ in wanted]
    assert [b - a for a, b in zip(before, after, strict=True)] == [more for _, _, more in wanted]


async def test_a_burst_is_counted() -> None:
    """Once."""
    play, before = Round(), counted(counters.BREAKER_OPENED)
    for chat_id in range(1, 8):
        await play.brings(refusing(chat_id), ChatGoneError("blocked"))
        play.seconds += 0.1 if chat_id < 5 else 61
    assert counted(counters.BREAKER_OPENED) - before == 1
