"""Before anything else: what a question may carry, and how many there may be."""

from datetime import datetime, timedelta

import pytest

from bot.chat.guard import FLOOD_MESSAGES, Flood, Passage, Refusal, Warned, check
from tests.chat.samples import NOW


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("recip-e plante", None),
        ("190", None),
        ("👍👍", Refusal.NO_WORDS),
        ("", Refusal.NO_WORDS),
        ("?!…", Refusal.NO_WORDS),
        # Nothing but a number leaves nothing to match.
        ("85.07.30-033.28", Refusal.NO_WORDS),
        ("x" * 1000, None),
        ("x" * 1001, Refusal.TOO_LONG),
        ("x" * 4096, Refusal.TOO_LONG),
    ],
)
def test_what_is_a_question(text: str, refusal: Refusal | None) -> None:
    """It has a letter or a digit in it, and is no longer than a person dictates."""
    assert check(text).refusal is refusal


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("patient 85.07.30-033.28", Warned.NATIONAL_NUMBER),
        ("BEP1A2B3C4D5 bloqué", Warned.PRESCRIPTION),
        ("0475 12 34 56", None),
    ],
)
def test_who_is_warned(text: str, warned: Warned | None) -> None:
    """What points to a patient is told; it is hidden in every case."""
    checked = check(text)
    assert checked.warned is warned
    assert not any(word in checked.text for word in ("85.07", "BEP1", "0475"))


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def test_a_flood_is_told_once_then_dropped_then_forgiven() -> None:
    """Twenty at once pass; the next is told to wait; then silence, until the bucket refills."""
    clock = Clock()
    flood = Flood(clock)
    assert {flood.admit(1) for _ in range(FLOOD_MESSAGES)} == {Passage.SERVED}
    assert [flood.admit(1) for _ in range(3)] == [Passage.TOLD, Passage.DROPPED, Passage.DROPPED]
    # Another chat is not held up by it.
    assert flood.admit(2) is Passage.SERVED
    clock.now += timedelta(seconds=3)
    assert [flood.admit(1) for _ in range(2)] == [Passage.SERVED, Passage.TOLD]
    clock.now += timedelta(minutes=5)
    assert {flood.admit(1) for _ in range(FLOOD_MESSAGES)} == {Passage.SERVED}
    assert flood.admit(1) is Passage.TOLD


def test_a_clock_that_is_set_back_gives_no_tokens() -> None:
    """An hour repeated in autumn neither fills nor empties a bucket."""
    clock = Clock()
    flood = Flood(clock)
    for _ in range(FLOOD_MESSAGES):
        flood.admit(1)
    clock.now -= timedelta(hours=1)
    assert flood.admit(1) is Passage.TOLD


def test_idle_chats_are_forgotten() -> None:
    """Memory does not grow with every chat that was ever seen."""
    clock = Clock()
    flood = Flood(clock)
    for chat in range(10_001):
        flood.admit(chat)
    clock.now += timedelta(minutes=2)
    flood.admit(-1)
    assert len(flood._buckets) == 1
