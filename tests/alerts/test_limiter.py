"""How fast messages may leave, on a clock that the test moves."""

import asyncio
from collections.abc import Callable

import pytest

from bot.alerts.limiter import Limiter
from tests.simulation.virtual import run


class Watch:
    """Seconds that the test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def limiter(watch: Callable[[], float], rate: float = 25, replies: float = 5) -> Limiter:
    """A limiter on this clock."""
    return Limiter(rate, replies, watch, asyncio.sleep)


def drain(made: Limiter, watch: Watch, seconds: float, wanted: int = 8) -> list[float]:
    """Takes all that it can for so long, as a sender does; the moments of each."""
    moments: list[float] = []
    end = watch.now + seconds
    while watch.now < end:
        moments += [watch.now] * made.take(wanted)
        watch.now += max(min(made.delay(), end - watch.now), 1e-6)
    return moments


def most_in_a_second(moments: list[float]) -> int:
    """The greatest number within any second."""
    return max(sum(first <= at < first + 0.9999 for at in moments) for first in moments)


@pytest.mark.parametrize(("rate", "seconds"), [(25, 40), (5, 100), (1, 100), (0.5, 100)])
def test_the_rate_is_kept(rate: float, seconds: float) -> None:
    """Over a time the rate is what was set, within 2 % and the first burst."""
    watch = Watch()
    count = len(drain(limiter(watch, rate), watch, seconds))
    assert rate * seconds * 0.98 <= count <= rate * seconds * 1.02 + 5


def test_never_over_thirty_in_any_second() -> None:
    """Even the first second, with its burst, stays within Telegram's limit."""
    watch = Watch()
    assert most_in_a_second(drain(limiter(watch), watch, 20)) <= 30


def test_the_burst_is_small() -> None:
    """After an hour of silence no more than three leave at once."""
    watch = Watch()
    made = limiter(watch)
    watch.now += 3600
    assert made.take(100) == 3


def test_what_was_not_used_is_given_back() -> None:
    """Tokens taken for rows that were not there cost nothing."""
    watch = Watch()
    made = limiter(watch)
    made.give_back(made.take(3))
    assert made.take(3) == 3


def test_nothing_leaves_while_telegram_asks_to_wait() -> None:
    """From the refusal on, nothing is granted until the time and its jitter are over."""
    watch = Watch()
    made = limiter(watch)
    made.ban(7, jitter=0.5)
    assert drain(made, watch, 7.49) == []
    assert made.delay() == pytest.approx(0.21, abs=0.02)


def test_after_a_ban_it_starts_slowly() -> None:
    """5 in the first second, one more in each clean second, up to the full rate."""
    watch = Watch()
    made = limiter(watch)
    made.ban(10)
    watch.now += 10
    began = watch.now
    moments = drain(made, watch, 30)
    in_second = [sum(began + s <= at < began + s + 1 for at in moments) for s in range(30)]
    assert in_second[0] <= 5
    assert in_second[9] == pytest.approx(14, abs=1)
    assert in_second[-1] == pytest.approx(25, abs=1)


def test_a_second_ban_slows_down_again() -> None:
    """The gain is lost with the next refusal; the longer wait counts."""
    watch = Watch()
    made = limiter(watch)
    made.ban(10)
    made.ban(1)
    assert made.delay() == pytest.approx(10.2)
    watch.now += 60
    made.ban(1)
    watch.now += 1
    assert len(drain(made, watch, 1)) <= 6


def test_a_pause_holds_pings_alone() -> None:
    """Where pings stop for a reason of our own, people still get their answers."""

    async def story() -> float:
        loop = asyncio.get_running_loop()
        made = limiter(loop.time)
        made.pause(60)
        await made.reply()
        assert made.take(1) == 0
        return loop.time()

    assert run(story()) == 0


def test_processes_share_the_rate() -> None:
    """Two processes with one token each take half."""
    watch = Watch()
    made = limiter(watch)
    made.share(2)
    assert len(drain(made, watch, 40)) == pytest.approx(500, rel=0.02)


def test_replies_do_not_wait_behind_pings() -> None:
    """While pings use all they may, 95 of 100 replies wait under 1 s, and the sum stays at 30."""

    async def story() -> tuple[list[float], list[float]]:
        loop = asyncio.get_running_loop()
        made = limiter(loop.time)
        moments: list[float] = []
        waits: list[float] = []

        async def pings() -> None:
            while True:
                moments.extend([loop.time()] * made.take(8))
                await asyncio.sleep(max(made.delay(), 0.001))

        async def person(at: float) -> None:
            await asyncio.sleep(at)
            await made.reply()
            waits.append(loop.time() - at)
            moments.append(loop.time())

        sending = asyncio.create_task(pings())
        await asyncio.gather(*(person(0.1 * number) for number in range(100)))
        sending.cancel()
        return waits, moments

    waits, moments = run(story())
    assert sorted(waits)[94] < 1
    assert most_in_a_second(moments) <= 30


def test_replies_resume_before_pings() -> None:
    """After a ban the first to leave is a reply."""

    async def story() -> tuple[float, float]:
        loop = asyncio.get_running_loop()
        made = limiter(loop.time)
        made.ban(5, jitter=1)
        await made.reply()
        replied = loop.time()
        while not made.take(1):  # noqa: ASYNC110 - a limiter gives no event
            await asyncio.sleep(made.delay())
        return replied, loop.time()

    replied, pinged = run(story())
    assert replied == pytest.approx(5)
    assert pinged >= 6
