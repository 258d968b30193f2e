"""What becomes of a ping when a send fails, on the real sender and store."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.alerts.breaker import Breaker
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
    TokenRefusedError,
    UncertainError,
)
from bot.alerts.model import Outgoing
from bot.alerts.parcels import Parcel
from bot.alerts.ports import Trouble
from bot.preferences import QuietHours
from bot.status.model import State
from tests.alerts.stage import Stage
from tests.alerts.test_stories import overflow_of_a_night
from tests.alerts.world import onset, resolved, worsened
from tests.store.looking import put, rows

ONSET = "onset eid=major_outage"


def first(count: int, error: SendError) -> Callable[[int], SendError | None]:
    """Fails the first so many requests."""
    left = [count]

    def fault(_: int) -> SendError | None:
        left[0] -= 1
        return error if left[0] >= 0 else None

    return fault


async def test_a_delivery_that_breaks_off_is_in_doubt(
    play: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a reason of ours, after it was sent: it is told once more, and its end is told too."""
    await play.follow(1, "eid")
    real, left = play.outbox.mark_sent, [ZeroDivisionError()]

    async def breaks(parcel: Parcel, message_id: int, at: datetime) -> None:
        if left:
            raise left.pop()
        await real(parcel, message_id, at)

    monkeypatch.setattr(play.outbox, "mark_sent", breaks)
    await play.happens(onset("eid", play.now))
    await play.settle()
    assert await states(play) == ["uncertain"]
    await play.passes(minutes=2)
    await play.happens(resolved("eid", play.now))
    await play.settle()
    assert [told.split()[0] for told in play.telegram.texts(1)] == ["onset", "onset", "resolved"]


async def states(play: Stage) -> list[str]:
    """How the rows of the outbox stand."""
    async with play.database.read() as connection:
        found = await connection.execute(text("SELECT state FROM deliveries ORDER BY id"))
        return list(found.scalars())


async def test_what_did_not_leave_is_tried_again(play: Stage) -> None:
    """Refused connections are retried with growing waits until one comes through, once."""
    await play.follow(1, "eid")
    play.telegram.fault = first(6, RetryError())
    await play.happens(onset("eid", play.now))
    await play.passes(minutes=3)
    assert play.telegram.texts(1) == [ONSET]
    assert await states(play) == ["sent"]


async def test_news_that_may_have_joined_a_message_is_over_one_day(
    play: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may read there that it is down hears of its end."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", play.now))
    await play.settle()
    real = play.telegram.edit

    async def unanswered(*what: Any) -> None:
        await real(*what)
        raise UncertainError

    monkeypatch.setattr(play.telegram, "edit", unanswered)
    await play.happens(onset("vitalink", play.now))
    await play.settle()
    await play.happens(resolved("vitalink", play.now))
    await play.passes(minutes=2, step=10)
    assert play.telegram.edits(1) == ["onset eid=major_outage vitalink=major_outage"]
    assert play.telegram.texts(1)[1:] == ["onset vitalink=over", "resolved vitalink=over"]


@pytest.mark.parametrize("over", [False, True])
async def test_killed_in_mid_send_and_hours_away(play: Stage, over: bool) -> None:
    """What still holds is told, and what does not is told to be over: it may have arrived."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    await play.outbox.claim(1, play.now, play.sender._judge, frozenset())
    play.now += timedelta(hours=3)
    play.begin()
    await play.sender._recover(started=True)
    play.sender._started = True
    if over:
        await play.happens(resolved("eid", play.now))
    await play.settle()
    assert play.telegram.texts(1) == (["onset eid=over", "resolved eid=over"] if over else [ONSET])


async def test_two_hours_late_is_too_late(play: Stage) -> None:
    """An onset that could not be sent for two hours is closed and counted, not forgotten."""
    await play.follow(1, "eid")
    play.telegram.fault = lambda _: RetryError()
    await play.happens(onset("eid", play.now))
    await play.passes(hours=2.2, step=60)
    assert await states(play) == ["expired"]


async def test_after_time_away_what_still_holds_is_told(play: Stage) -> None:
    """A process that was down for three hours tells what still is down."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    play.now += timedelta(hours=3)
    play.begin()
    await play.settle()
    assert play.telegram.texts(1) == [ONSET]


async def test_asked_to_wait(play: Stage) -> None:
    """While Telegram asks to wait nothing is sent; then it comes once, and no try was counted."""
    await play.follow(1, "eid")
    play.telegram.fault = first(1, RetryAfterError(60))
    await play.happens(onset("eid", play.now))
    await play.passes(seconds=59)
    assert play.telegram.chats == {}
    await play.passes(seconds=5)
    assert play.telegram.texts(1) == [ONSET]


async def test_what_was_taken_up_with_it_waits_too(play: Stage) -> None:
    """Two leave together; the first is told to wait: the second is not tried against it."""
    await play.follow(1, "eid")
    await play.follow(2, "eid")
    await play.happens(onset("eid", play.now))
    asked: list[int] = []

    def wait(chat_id: int) -> SendError | None:
        asked.append(chat_id)
        return RetryAfterError(5) if len(asked) == 1 else None

    play.telegram.fault = wait
    await play.settle()
    assert len(asked) == 1
    await play.passes(seconds=10, step=1)
    assert play.telegram.texts(1) == play.telegram.texts(2) == ["onset eid=major_outage"]


async def test_no_answer_is_repeated_after_half_a_minute(play: Stage) -> None:
    """What may have arrived is repeated once after 30 s; the code shows that it is the same."""
    await play.follow(1, "eid")
    play.telegram.fault = first(1, UncertainError())
    await play.happens(onset("eid", play.now))
    await play.passes(seconds=29)
    assert await states(play) == ["uncertain"]
    await play.passes(seconds=5)
    assert play.telegram.texts(1) == [ONSET]


async def test_never_answered_is_given_up_aloud(play: Stage) -> None:
    """After three repeats without an answer the row is closed, and the operators are told."""
    await play.follow(1, "eid")
    play.telegram.fault = lambda _: UncertainError()
    await play.happens(onset("eid", play.now))
    await play.passes(minutes=15)
    assert await states(play) == ["dead"]
    assert play.troubles == [Trouble.GIVEN_UP]


async def test_an_edit_may_be_repeated_at_once(play: Stage) -> None:
    """To change a message twice changes nothing, so no answer is no doubt."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now, State.PARTIAL_OUTAGE))
    await play.settle()
    await play.passes(minutes=1, step=60)
    play.telegram.fault = first(2, UncertainError())
    await play.happens(worsened("eid", play.now))
    await play.passes(minutes=3)
    assert set(await states(play)) == {"sent"}
    assert play.telegram.edits(1) == ["update eid=major_outage"]


async def test_a_detail_in_a_message_of_its_own_may_be_a_copy(play: Stage) -> None:
    """A group that moved has no message to change: without an answer it is in doubt as any."""
    await play.follow(-5, "eid")
    await play.happens(onset("eid", play.now, State.PARTIAL_OUTAGE))
    await play.settle()
    await play.chats.migrate(-5, -1005)
    await play.happens(onset("eid", play.now, State.DEGRADED))
    play.telegram.fault = first(1, UncertainError())
    await play.settle()
    assert await states(play) == ["sent", "uncertain"]


async def test_one_uncertain_at_a_time_after_a_kill(play: Stage) -> None:
    """What a killed process was sending is repeated first and one by one."""
    for chat_id in range(1, 9):
        await play.follow(chat_id, "eid")
    await play.happens(onset("eid", play.now))
    claimed = await play.outbox.claim(8, play.now, play.sender._judge, frozenset())
    assert len(claimed.parcels) == 8
    play.begin()
    await play.happens(onset("vitalink", play.now))
    await play.sender._recover(started=True)
    play.sender._started = True
    for _ in range(8):
        play.telegram.answering.clear()
        await play.sender._dispatch()
        assert len(play.sender._flying) == 1
        await play.sender._dispatch()
        assert len(play.sender._flying) == 1
        play.telegram.answering.set()
        await next(iter(play.sender._flying))
    await play.settle()
    assert {play.telegram.texts(chat_id)[0] for chat_id in range(1, 9)} == {ONSET}


async def test_end_of_what_may_have_been_seen(play: Stage) -> None:
    """Killed in mid-send, and over since: the onset is repeated without a sound, then its end."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    await play.outbox.claim(8, play.now, play.sender._judge, frozenset())
    play.begin()
    await play.happens(resolved("eid", play.now + timedelta(minutes=1)))
    await play.passes(seconds=10)
    onset_again, end = play.telegram.chats[1]
    assert (onset_again.silent, end.reply_to) == (True, onset_again.message_id)
    assert play.telegram.texts(1) == ["onset eid=over", "resolved eid=over"]


async def test_a_late_answer_does_not_overwrite(play: Stage) -> None:
    """A process that was thought dead cannot mark what its successor has taken up."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    (old,) = (await play.outbox.claim(8, play.now, play.sender._judge, frozenset())).parcels
    await play.outbox.recover(play.now, started=True)
    claim = play.outbox.claim_uncertain
    (new,) = (await claim(1, play.now, play.sender._judge, frozenset())).parcels
    await play.outbox.postpone(old, play.now)
    assert await states(play) == ["sending"]
    await play.outbox.mark_sent(new, 5, play.now)
    assert await states(play) == ["sent"]


async def test_blocked_is_left_alone(play: Stage) -> None:
    """Who blocked the bot gets nothing more; the others do."""
    await play.follow(1, "eid")
    await play.follow(2, "eid")
    gone = ChatGoneError("forbidden: bot was blocked by the user")
    play.telegram.fault = lambda chat_id: gone if chat_id == 1 else None
    await play.happens(onset("eid", play.now))
    await play.settle()
    play.telegram.fault = lambda _: None
    await play.happens(onset("vitalink", play.now), resolved("eid", play.now))
    await play.settle()
    assert 1 not in play.telegram.chats
    assert len(play.telegram.chats[2]) == 2
    assert sorted(await states(play)) == ["blocked", "sent", "sent"]


@pytest.mark.parametrize(
    "error", [ChatGoneError("forbidden: bot was blocked by the user"), SuspiciousForbiddenError()]
)
async def test_a_burst_of_refusals_removes_nobody(play: Stage, error: SendError) -> None:
    """Where suddenly all refuse, nobody is removed: they are asked again, and get their ping."""
    for chat_id in range(1, 21):
        await play.follow(chat_id, "eid")
    play.telegram.fault = first(20, error)
    await play.happens(onset("eid", play.now))
    await play.passes(minutes=25, step=5)
    assert {tuple(play.telegram.texts(chat_id)) for chat_id in range(1, 21)} == {(ONSET,)}
    assert Trouble.MANY_REFUSALS in play.troubles


async def test_one_chat_that_refuses_each_try_holds_nobody_up(play: Stage) -> None:
    """It says nothing of the others: they are told at once, and nobody hears of an alarm."""
    await play.follow(1, "eid")
    await play.follow(2, "vitalink")
    play.telegram.fault = lambda chat_id: SuspiciousForbiddenError() if chat_id == 1 else None
    await play.happens(onset("eid", play.now))
    await play.passes(seconds=40)
    await play.happens(onset("vitalink", play.now))
    await play.settle()
    assert play.telegram.texts(2) == ["onset vitalink=major_outage"]
    assert play.troubles == []


@pytest.mark.parametrize(("accepted", "opens"), [(94, True), (95, False)])
def test_a_chat_that_refuses_often_counts_once(accepted: int, opens: bool) -> None:
    """Among five that refuse: their share is what it would be if each had been asked once."""
    breaker = Breaker()
    for second in range(accepted):
        breaker.note(second / 10)
    for refused in (1, 1, 1, 2, 3, 4, 5):
        assert not breaker.opens
        breaker.note(10, refused)
    assert breaker.opens is opens
    assert breaker.reset() == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(("seconds", "opens"), [(59.9, True), (60, False)])
def test_what_is_a_minute_old_is_no_part_of_a_burst(seconds: float, opens: bool) -> None:
    """Four refused then, and a fifth does now."""
    breaker = Breaker()
    for chat_id in range(4):
        breaker.note(0, chat_id)
    breaker.note(seconds, 5)
    assert breaker.opens is opens


async def test_groups_that_forbid_writing_hold_nobody_up(play: Stage) -> None:
    """However many: it is their own setting, and where they allow it in time, they are told."""
    for chat_id in range(-8, 0):
        await play.follow(chat_id, "eid")
    await play.follow(1, "vitalink")
    forbidden = [MayNotWriteError()]
    play.telegram.fault = lambda chat_id: forbidden[0] if chat_id < 0 and forbidden else None
    await play.happens(onset("eid", play.now))
    await play.passes(minutes=30, step=30)
    assert (play.limiter.shut_for(), play.troubles) == (0, [])
    await play.happens(onset("vitalink", play.now))
    await play.settle()
    assert list(play.telegram.chats) == [1]
    forbidden.clear()
    await play.passes(minutes=7, step=30)
    assert {tuple(play.telegram.texts(chat_id)) for chat_id in range(-8, 0)} == {(ONSET,)}


async def test_who_refuses_twice_is_believed(play: Stage) -> None:
    """In a burst, those who refuse again ten minutes later are left alone after all."""
    for chat_id in range(1, 13):
        await play.follow(chat_id, "eid")
    gone = ChatGoneError("forbidden: user is deactivated")
    play.telegram.fault = lambda chat_id: gone if chat_id <= 6 else None
    await play.happens(onset("eid", play.now))
    await play.passes(minutes=45, step=5)
    assert sorted(play.telegram.chats) == list(range(7, 13))
    assert sorted(await states(play)) == ["blocked"] * 6 + ["sent"] * 6


async def test_migrated_group_gets_it_once(play: Stage) -> None:
    """The same row goes to the group's new id, and what it chose moves along."""
    await play.follow(-5, "eid")
    play.telegram.fault = lambda chat_id: MigratedError(-1005) if chat_id == -5 else None
    await play.happens(onset("eid", play.now))
    await play.settle()
    assert play.telegram.texts(-1005) == [ONSET]
    assert (await play.chats.load(-1005)).services == {"eid"}
    assert await states(play) == ["sent"]


async def test_refused_token_halts(play: Stage) -> None:
    """With a bad token nothing is lost: it waits, the heart stops, and the operators hear of it."""
    await play.follow(1, "eid")
    play.telegram.fault = first(1, TokenRefusedError())
    await play.happens(onset("eid", play.now))
    await play.settle()
    beats = play.beats
    assert (play.sender.ready, play.troubles) == (False, [Trouble.TOKEN_REFUSED])
    await play.passes(minutes=4, step=30)
    assert (play.beats, play.telegram.chats) == (beats, {})
    await play.passes(minutes=2, step=30)
    assert play.telegram.texts(1) == [ONSET]
    assert play.sender.ready


async def test_refused_content_is_not_repeated(play: Stage) -> None:
    """What Telegram will never accept is closed, and the operators are told."""
    await play.follow(1, "eid")
    play.telegram.fault = first(1, BadMessageError("message is too long"))
    await play.happens(onset("eid", play.now))
    await play.passes(minutes=1, step=10)
    assert (await states(play), play.troubles) == (["dead"], [Trouble.BAD_MESSAGE])


async def test_what_cannot_be_worded_is_told_to_the_operators(play: Stage) -> None:
    """A fault in a view costs that ping, not the sender."""
    await play.follow(1, "eid")
    render = play.sender._parts.render

    def fails(_: object) -> Outgoing:
        raise KeyError("a word that is missing")

    object.__setattr__(play.sender._parts, "render", fails)
    await play.happens(onset("eid", play.now))
    await play.settle()
    object.__setattr__(play.sender._parts, "render", render)
    assert (await states(play), play.troubles) == (["dead"], [Trouble.BAD_MESSAGE])


async def test_edit_of_a_deleted_message_ends_quietly(play: Stage) -> None:
    """Who deleted the message does not want its details."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now, State.PARTIAL_OUTAGE))
    await play.settle()
    await play.passes(minutes=1, step=60)
    play.telegram.chats[1].clear()
    await play.happens(worsened("eid", play.now))
    await play.passes(minutes=1, step=10)
    assert sorted(await states(play)) == ["sent", "sent", "superseded"]


@pytest.mark.parametrize("refusal", [MessageGoneError("gone"), BadMessageError("too long")])
async def test_news_that_cannot_join_a_message_is_told_alone(
    play: Stage, monkeypatch: pytest.MonkeyPatch, refusal: SendError
) -> None:
    """At once, with its sound, and about itself: what stands before it may be at fault."""

    async def refuses(*_: object) -> None:
        raise refusal

    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", play.now))
    await play.settle()
    monkeypatch.setattr(play.telegram, "edit", refuses)
    await play.happens(onset("vitalink", play.now))
    await play.passes(seconds=1)
    assert play.telegram.texts(1) == [ONSET, "onset vitalink=major_outage"]
    assert [seen.silent for seen in play.telegram.chats[1]] == [False, False]
    assert (await states(play), play.troubles) == (["sent", "sent"], [])


async def test_news_that_could_not_join_is_in_doubt_once_it_leaves_alone(
    play: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed right then, it may have arrived: it is repeated one by one, as whatever was sent."""

    async def refuses(*_: object) -> None:
        raise MessageGoneError

    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", play.now))
    await play.settle()
    monkeypatch.setattr(play.telegram, "edit", refuses)
    await play.happens(onset("vitalink", play.now))
    play.telegram.answering.clear()
    await play.sender._dispatch()
    killed = play.sender._flying
    async with asyncio.timeout(10):
        while (await rows(play.database, "message_id"))[1] is not None:  # noqa: ASYNC110 - a row
            await asyncio.sleep(0.001)
    play.begin()
    await play.sender._recover(started=True)
    assert await states(play) == ["sent", "uncertain"]
    for task in killed:
        task.cancel()


async def test_news_that_another_took_over_does_not_leave_alone(
    play: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While its message refused it, the lease ran out."""

    async def refuses(*_: object) -> None:
        await put(play.database, [2], fence=9)
        raise MessageGoneError

    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", play.now))
    await play.settle()
    monkeypatch.setattr(play.telegram, "edit", refuses)
    await play.happens(onset("vitalink", play.now))
    await play.settle()
    assert play.telegram.texts(1) == [ONSET]


async def test_news_that_cannot_join_waits_where_no_place_is_free(play: Stage) -> None:
    """Telegram's limits hold for the second request too; what waited is told, not lost."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", play.now))
    await play.settle()
    play.telegram.chats[1].clear()
    play.limiter._bulk.tokens = 1
    await play.happens(onset("vitalink", play.now))
    await play.settle()
    assert play.telegram.texts(1) == []
    await play.passes(seconds=5)
    assert play.telegram.texts(1) == ["onset vitalink=major_outage"]


async def test_unknown_failure_is_taken_as_unanswered(play: Stage) -> None:
    """A fault of the library that nobody foresaw is treated with the most care."""
    await play.follow(1, "eid")
    real = play.telegram.send
    calls: list[int] = []

    async def odd(chat_id: int, *what: object, **how: object) -> int:
        calls.append(chat_id)
        if len(calls) == 1:
            raise KeyError("result")
        return await real(chat_id, *what, **how)  # type: ignore[arg-type]

    play.telegram.send = odd  # type: ignore[method-assign]
    await play.happens(onset("eid", play.now))
    await play.settle()
    assert await states(play) == ["uncertain"]
    await play.passes(seconds=35)
    assert play.telegram.texts(1) == [ONSET]


async def test_a_digest_that_telegram_could_not_take_is_told_a_little_later(play: Stage) -> None:
    """Not the next day: it does not fall under the limit of the day before once more."""
    await overflow_of_a_night(play)
    play.telegram.fault = first(1, RetryError())
    await play.passes(hours=2, step=600)
    assert play.telegram.texts(1)[20:] == ["onset vitalink=major_outage"]


@pytest.mark.parametrize("meanwhile", ["refused", "quiet"])
async def test_a_digest_that_could_not_leave_waits_for_no_second_one(
    play: Stage, meanwhile: str
) -> None:
    """Also where the outage changes before the next try, or the chat sleeps late."""
    await overflow_of_a_night(play)
    if meanwhile == "refused":
        play.telegram.fault = lambda _: RetryError()
        await play.passes(hours=0.2, step=60)
        play.telegram.fault = lambda _: None
        await play.happens(onset("vitalink", play.now, State.PARTIAL_OUTAGE))
    else:
        late = QuietHours(time(7), time(9))
        await play.chats.save(replace(await play.chats.load(1), quiet=late))
    await play.passes(hours=2, step=600)
    assert play.telegram.texts(1)[20:] != []
