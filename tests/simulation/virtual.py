"""An event loop in which waiting takes no time."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Mapping
from contextvars import Context, ContextVar
from typing import Any, TypeVar
from weakref import WeakSet

Result = TypeVar("Result")
TOO_LATE = 30 * 86400.0
"""Seconds: no story lasts so long."""
INSIDE: ContextVar[int] = ContextVar("INSIDE", default=0)
"""1 in all that the process does; 0 in the world around it."""


class _Selector(selectors.BaseSelector):
    """Instead of waiting, moves the loop's clock on."""

    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everything waits for something that cannot come")
        self.now += max(timeout, 0.0)
        if self.now > TOO_LATE:
            raise RuntimeError("the story does not end")
        return []  # nothing of a story comes from outside

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its time is that of its selector, and begins at 0. `inside`: what the process has begun."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)
        self.inside: WeakSet[asyncio.Task[Any]] = WeakSet()
        self.set_task_factory(self._begin)

    def time(self) -> float:
        return self._virtual.now

    def _begin(
        self, _: asyncio.AbstractEventLoop, work: Any, context: Context | None = None
    ) -> asyncio.Task[Any]:
        task: asyncio.Task[Any] = asyncio.Task(work, loop=self, context=context)
        if INSIDE.get() if context is None else context.get(INSIDE):
            self.inside.add(task)
        return task

    def run_in_executor(  # type: ignore[override]
        self, _: Any, work: Callable[..., Any], *how: Any
    ) -> asyncio.Future[Any]:
        """Here and now: a thread would take time that this loop does not know."""

        async def do() -> Any:
            return work(*how)

        return self.create_task(do())


def run(story: Coroutine[Any, Any, Result]) -> Result:
    """Runs it to its end in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(story)
