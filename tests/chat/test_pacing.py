"""Replies and pings under one token: who waits for whom, and what a refusal means for both."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.alerts.limiter import Limiter
from bot.chat.application import build_application
from bot.chat.pacing import ReplyLane
from tests.chat.samples import Asked
from tests.chat.test_over_http import serve
from tests.telegram_server import TOKEN, TelegramServer

ANNA, BRAM = 100, 101
quiet = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


class Sleeper:
    """A clock of the limiter's own: its waits cost no time, and are kept."""

    def __init__(self) -> None:
        self.now, self.waits = 0.0, list[float]()

    def time(self) -> float:
        """Seconds; real ones pass too slowly to matter."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Moves the clock."""
        self.waits.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


class Paced:
    """A bot whose replies go through a limiter."""

    def __init__(self, server: TelegramServer, sleeper: Sleeper, limiter: Limiter) -> None:
        self.server, self.sleeper, self.limiter = server, sleeper, limiter


@pytest_asyncio.fixture(name="paced")
async def make_paced() -> AsyncIterator[Paced]:
    """A polling bot; two replies a second, of which three may come at once."""
    sleeper = Sleeper()
    limiter = Limiter(1, 2, sleeper.time, sleeper.sleep)
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as server:
        server.add_chat(ANNA)
        server.add_chat(BRAM)
        lane = ReplyLane(limiter)
        application = build_application(TOKEN, server.url, Asked().parts, lane=lane)
        async for _ in serve(server, application):
            yield Paced(server, sleeper, limiter)
        assert server.violations == []


async def test_replies_go_while_pings_may_not(paced: Paced) -> None:
    """A broadcast that is paused, or has used up its tokens, holds no reply up."""
    paced.limiter.pause(3600)
    assert paced.limiter.take(1) == 0
    assert (await paced.server.ask(ANNA, "recip-e plante")).text
    assert paced.sleeper.waits == []


async def test_many_replies_wait_their_turn(paced: Paced) -> None:
    """More than the lane holds at once: all come, none is refused, and pings lend a token."""
    asked = [await paced.server.say(ANNA, f"recip-e plante {number}") for number in range(6)]
    await paced.server.wait_until(lambda: len(paced.server.sent(ANNA)) == len(asked))
    assert paced.sleeper.waits


@quiet
async def test_asked_to_wait_the_reply_still_comes_once(paced: Paced) -> None:
    """Pings wait too: Telegram counts both for the token."""
    paced.server.fail(method="sendMessage", retry_after=5)
    assert (await paced.server.ask(ANNA, "recip-e plante")).text
    assert paced.sleeper.waits[0] == 5
    assert len(paced.server.sent(ANNA)) == 1
    assert paced.limiter.take(1) == 0


@quiet
async def test_asked_to_wait_again_everyone_waits_again(paced: Paced) -> None:
    """The answer is given up after its second try; that it was waits in its turn too."""
    paced.server.fail(method="sendMessage", retry_after=5, times=2)
    assert (await paced.server.ask(ANNA, "recip-e plante")).text
    assert paced.sleeper.waits[:2] == [5, 5]
    assert len(paced.server.sent(ANNA)) == 1


@quiet
async def test_a_wait_that_is_too_long_reaches_nobody(paced: Paced) -> None:
    """An answer after ten minutes would come to a patient who has gone; the next ones wait."""
    paced.server.fail(method="sendMessage", retry_after=600, times=None, chat_id=ANNA)
    await paced.server.say(ANNA, "recip-e plante")
    await paced.server.wait_until(lambda: bool(paced.server.calls("sendMessage")))
    assert (await paced.server.ask(BRAM, "recip-e plante")).text
    assert paced.sleeper.now >= 600
    assert paced.server.sent(ANNA) == []
