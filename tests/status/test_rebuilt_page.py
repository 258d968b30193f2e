"""A page that shows another number of components than before: a glitch, or rebuilt for good."""

import pytest

from bot.status.model import State
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.status.samples import NOON, after
from tests.status.stage import hands, rows


async def test_a_page_that_was_rebuilt_is_believed_after_an_hour(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Unknown until then, never green; read at its usual pace; told to the operator."""
    stage = hands(pages=rows(10))
    watcher = stage.watcher()
    await watcher.poll_once()
    stage.far.bodies["pages"] = rows(20)
    for minute in range(1, 61):
        stage.now = after(minutes=minute)
        shown = (await watcher.poll_once()).services["sts"]
        assert (shown.state is State.OPERATIONAL) is (minute <= 15)
        assert shown.checked_at in {NOON, None}
        assert (watcher.watched["pages"].due_at - stage.now).total_seconds() == 60
    stage.now = after(minutes=61)
    assert (await watcher.poll_once()).services["sts"].state is State.OPERATIONAL
    told = "20 components are usual from now on, not 10: 61 reads said so"
    reading = watcher.watched["pages"].reading
    assert reading is not None
    assert reading.remarks == (told,)
    assert caplog.messages[-1] == f"source pages: {told}"
    assert stage.desk.told == []


async def test_a_body_that_is_not_sound_starts_the_hour_again() -> None:
    """What cannot be reached says nothing of the page; what is no page does."""
    stage = hands(pages=rows(10))
    watcher = stage.watcher()
    await watcher.poll_once()
    unreachable = UnreadableError(UnreadableReason.TIMEOUT)
    served: dict[int, bytes | UnreadableError] = {30: b"[]", 40: unreachable}
    for minute in range(1, 62):
        stage.now = after(minutes=minute)
        stage.far.bodies["pages"] = served.get(minute, rows(20))
        await watcher.poll_once()
    assert watcher.watched["pages"].view.failure is UnreadableReason.CONTRACT
    stage.now = after(minutes=91)
    await watcher.poll_once()
    assert watcher.watched["pages"].view.failure is None
