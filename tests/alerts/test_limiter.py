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


@pytest.mark.parametrize(("rate", "burst"), [(25, 3), (2, 2), (0.5, 1)])
def test_the_burst_is_small(rate: float, burst: int) -> None:
    """After an hour of silence no more than three leave at once, nor more than a second's."""
    watch = Watch()
    made = limiter(watch, rate)
    watch.now += 3600
    assert made.take(100) == burst


def test_what_was_not_used_is_given_back() -> None:
    """Tokens taken for rows that were not there cost nothing; those that were used, do."""
    watch = Watch()
    made = limiter(watch)
    made.give_back(made.take(3))
    assert made.take(3) == 3
    made.give_back(2)
    assert made.take(3) == 2


@pytest.mark.parametrize("rate", [25, 7, 3, 0.3])
def test_who_waits_as_long_as_told_has_its_turn(rate: float) -> None:
    """What rounding leaves of a wait is no wait."""
    watch = Watch()
    made = limiter(watch, rate)
    for _ in range(200):
        watch.now += made.delay()
        assert made.take(1) == 1


def test_less_than_one_a_second_is_one_at_a_time() -> None:
    """A reply and a ping do not leave together where both have less than a second's worth."""

    async def story() -> tuple[int, float]:
        made = limiter(asyncio.get_running_loop().time, 0.5, 0.4)
        await made.reply()
        return made.take(5), made.delay()

    taken, wait = run(story())
    assert taken == 0
    assert wait == pytest.approx(1.1)


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


@pytest.mark.parametrize(("processes", "count"), [(0, 1000), (1, 1000), (2, 500), (5, 200)])
def test_processes_share_the_rate(processes: int, count: int) -> None:
    """Two processes with one token each take half; one that counts nobody yet is alone."""
    watch = Watch()
    made = limiter(watch)
    made.share(processes)
    assert len(drain(made, watch, 40)) == pytest.approx(count, rel=0.02)


async def replying(made: Limiter, count: int) -> list[float]:
    """The moments at which so many replies leave that all are wanted at once."""
    moments = []
    for _ in range(count):
        await made.reply()
        moments.append(asyncio.get_running_loop().time())
    return moments


def test_replies_spend_their_own_tokens_first() -> None:
    """Three replies at once cost the pings nothing; the two after them cost two."""

    async def story(replies: int, rate: float = 5) -> int:
        made = limiter(asyncio.get_running_loop().time, replies=rate)
        for _ in range(replies):
            await made.reply()
        return made.take(100)

    assert [run(story(replies)) for replies in range(3, 7)] == [3, 2, 1, 0]
    assert run(story(2, rate=0.5)) == 2


def test_replies_borrow_one_second_of_pings() -> None:
    """After a ban: their own three, six on what pings get in a second, then as tokens come."""

    async def story() -> list[float]:
        made = limiter(asyncio.get_running_loop().time)
        made.ban(10)
        return await replying(made, 13)

    moments = [10] * 9 + [10.2, 10.2, 10.4, 10.4]
    assert run(story()) == pytest.approx(moments)


def test_processes_share_replies_too() -> None:
    """Two processes: half of what may leave in a second, and half of the rate of replies."""

    async def story(ban: float) -> list[float]:
        made = limiter(asyncio.get_running_loop().time)
        made.share(2)
        if ban:
            made.ban(ban)
        return await replying(made, 16)

    assert run(story(0)) == pytest.approx([0] * 15 + [1.1])
    moments = [10] * 9 + [10.2, 10.4, 10.4, 10.6, 10.8, 10.8]
    assert run(story(10))[:15] == pytest.approx(moments)


def test_many_processes_never_send_two_at_once() -> None:
    """Where a share is less than one a second, it still is one."""
    watch = Watch()
    made = limiter(watch, 4, 1)
    made.share(10)
    assert made.take(5) == 1


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
