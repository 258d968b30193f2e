"""Parts that run side by side: who ends, and who is ended."""

import asyncio

import pytest

from bot.running import in_background, until_stopped


async def slow_to_end(cleaning: asyncio.Event) -> None:
    """Cleans up for a moment after it was cancelled."""
    try:
        await asyncio.Event().wait()
    finally:
        cleaning.set()
        await asyncio.sleep(0.01)


async def test_what_runs_beside_a_block_ends_with_it() -> None:
    """The block goes on: it was not cancelled itself."""
    async with in_background(slow_to_end(asyncio.Event())) as task:
        await asyncio.sleep(0)
    assert task.cancelled()


async def test_who_is_cancelled_while_a_part_ends_is_ended_too() -> None:
    """Or a bot that is stopped in that moment would run on."""
    went_on, cleaning = False, asyncio.Event()

    async def block() -> None:
        nonlocal went_on
        async with in_background(slow_to_end(cleaning)):
            await asyncio.sleep(0)
        went_on = True

    running = asyncio.create_task(block())
    await cleaning.wait()  # the block waits for the part to end
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not went_on


async def test_a_fault_of_a_part_is_raised() -> None:
    """It is not lost at the end of the block."""

    async def breaks() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with in_background(breaks()):
            await asyncio.sleep(0.01)


async def test_a_part_that_ends_by_itself_is_named() -> None:
    """So that who reads of it knows which one."""

    async def ends() -> None:
        """Has nothing to do."""

    with pytest.raises(RuntimeError, match=r"ends ended by itself"):
        async with in_background(ends()) as task:
            await until_stopped(asyncio.Event(), task)
