"""Running parts side by side: started together, stopped in order, a fault in one ends all."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Coroutine
from typing import Any, NoReturn


@contextlib.asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Runs `work` beside the block and cancels it at the end."""
    task = asyncio.create_task(work, name=getattr(work, "__qualname__", None))
    try:
        yield task
    finally:
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            me = asyncio.current_task()
            if me is not None and me.cancelling():  # who runs the block is to end as well
                raise


def stop_signal() -> asyncio.Event:
    """Set when the process is asked to end (SIGTERM from a container, Ctrl-C)."""
    return _set_on(signal.SIGTERM, signal.SIGINT)


def hangup_signal() -> asyncio.Event:
    """Set when the process is asked to read its files anew (SIGHUP)."""
    return _set_on(signal.SIGHUP)


def _set_on(*numbers: signal.Signals) -> asyncio.Event:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in numbers:
        loop.add_signal_handler(number, asked.set)
    return asked


async def until_stopped(asked: asyncio.Event, *tasks: asyncio.Task[None]) -> None:
    """Waits for the signal, or raises what a task ended with: none of them may end by itself."""
    waiting = asyncio.create_task(asked.wait())
    try:
        done, _ = await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {waiting}:
            ended_by_itself(task)
    finally:
        waiting.cancel()


def ended_by_itself(task: asyncio.Task[Any]) -> NoReturn:
    """Raises what it ended with; of what shall run on, a good end is a fault too."""
    task.result()
    raise RuntimeError(f"{task.get_name()} ended by itself")
