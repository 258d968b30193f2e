"""The sender as a process runs it: from its start to a stop that leaves nothing in doubt."""

import asyncio
from unittest.mock import AsyncMock

import pytest

from bot.alerts import patience
from bot.alerts.patience import Patience
from bot.alerts.ports import Trouble
from bot.faults import StoreUnavailableError
from tests.alerts.stage import Stage
from tests.alerts.test_failures import states
from tests.alerts.world import onset


async def test_stop_waits_for_what_is_in_flight(play: Stage) -> None:
    """On SIGTERM nothing more is taken up, and each answer that is awaited is still marked."""
    for chat_id in range(1, 13):
        await play.follow(chat_id, "eid")
    answer, real = asyncio.Event(), play.telegram.send
    started: list[int] = []

    async def slow(chat_id: int, *what: object, **how: object) -> int:
        started.append(chat_id)
        await answer.wait()
        return await real(chat_id, *what, **how)  # type: ignore[arg-type]

    play.telegram.send = slow  # type: ignore[method-assign]
    running = asyncio.create_task(play.sender.run())
    await play.happens(onset("eid", play.now))
    while len(started) < 8:  # noqa: ASYNC110 - the list gives no event
        await asyncio.sleep(0.001)
    stopping = asyncio.create_task(play.sender.stop())
    await asyncio.sleep(0)
    answer.set()
    await asyncio.gather(stopping, running)
    assert (len(started), play.sender.ready) == (8, False)
    assert sorted(await states(play)) == ["pending"] * 4 + ["sent"] * 8


async def test_never_more_than_eight_can_be_in_doubt(play: Stage) -> None:
    """A place that is given on with the mark of who had it is still one place."""
    for chat_id in range(1, 61):
        await play.follow(chat_id, "eid")
    real, doubtful = play.telegram.send, list[int]()

    async def looking(chat_id: int, *what: object, **how: object) -> int:
        await asyncio.sleep(0.001 * (chat_id % 3))
        doubtful.append((await states(play)).count("sending"))
        return await real(chat_id, *what, **how)  # type: ignore[arg-type]

    play.telegram.send = looking  # type: ignore[method-assign]
    running = asyncio.create_task(play.sender.run())
    await play.happens(onset("eid", play.now))
    while len(doubtful) < 60:  # noqa: ASYNC110 - the list gives no event
        await asyncio.sleep(0.001)
    await play.sender.stop()
    await running
    assert (len(doubtful), max(doubtful)) == (60, 8)


async def test_first_ping_leaves_at_once(play: Stage) -> None:
    """A change wakes the sender: it does not wait for its next look."""
    await play.follow(1, "eid")
    object.__setattr__(play.sender._pace, "idle", 3600)
    running = asyncio.create_task(play.sender.run())
    while not play.sender.ready:  # noqa: ASYNC110 - a start gives no event
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.05)
    await play.happens(onset("eid", play.now))
    async with asyncio.timeout(60):
        while not play.telegram.chats:  # noqa: ASYNC110 - nor does a chat
            await asyncio.sleep(0.001)
    await play.sender.stop()
    await running
    assert [*play.telegram.chats] == [1]


async def test_a_mark_is_repeated_until_it_is_kept(
    play: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While the store refuses, what was sent is not sent again; the operators hear of it once."""
    monkeypatch.setattr(patience, "FIRST_WAIT", 0.001)
    await play.follow(1, "eid")
    real, refusals = play.outbox.mark_sent, [4]

    async def full(*what: object) -> None:
        refusals[0] -= 1
        if refusals[0] >= 0:
            raise StoreUnavailableError("disk full")
        await real(*what)  # type: ignore[arg-type]

    play.outbox.mark_sent = full  # type: ignore[method-assign,assignment]
    await play.happens(onset("eid", play.now))
    await play.settle()
    assert play.telegram.texts(1) == ["onset eid=major_outage"]
    assert (await states(play), play.troubles) == (["sent"], [Trouble.STORE_UNAVAILABLE])
    assert caplog.messages == ["the store cannot be used, nothing is sent: disk full"]
    assert play.sender.ready


async def test_a_store_that_refuses_is_asked_ever_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one second, then twice as long each time, up to half a minute; each time anew."""
    sleep, refusals = AsyncMock(), StoreUnavailableError("disk full")
    monkeypatch.setattr("bot.alerts.patience.asyncio.sleep", sleep)
    patiently = Patience(AsyncMock())
    assert patiently.failing is False
    for times in (8, 1):
        assert await patiently(AsyncMock(side_effect=[*[refusals] * times, "kept"])) == "kept"
        assert patiently.failing is False
    assert [slept.args[0] for slept in sleep.mock_calls] == [1, 2, 4, 8, 16, 30, 30, 30, 1]


async def test_nothing_is_sent_without_a_durable_claim(
    play: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim that is not kept sends nothing; once it can be kept, the ping comes once."""
    monkeypatch.setattr(patience, "FIRST_WAIT", 0.001)
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    real, refusals = play.outbox.claim, [3]

    async def locked(*what: object) -> object:
        claimed = await real(*what)  # type: ignore[arg-type]
        refusals[0] -= 1
        if refusals[0] >= 0:
            await play.outbox.recover(play.now, started=True)
            raise StoreUnavailableError("database is locked")
        return claimed

    play.outbox.claim = locked  # type: ignore[method-assign,assignment]
    running = asyncio.create_task(play.sender.run())
    while not play.telegram.chats:  # noqa: ASYNC110 - a chat gives no event
        await asyncio.sleep(0.001)
    await play.sender.stop()
    await running
    assert play.telegram.texts(1) == ["onset eid=major_outage"]


async def test_a_heartbeat_that_fails_holds_up_nothing(
    play: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the listener cannot be reached, pings go on."""

    async def fails() -> None:
        raise ConnectionError

    object.__setattr__(play.sender._parts, "heartbeat", fails)
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    await play.settle()
    await asyncio.sleep(0)
    assert play.telegram.texts(1) == ["onset eid=major_outage"]
    assert caplog.messages == ["the heartbeat could not be given: ConnectionError"]
