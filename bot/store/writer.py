"""Whole transactions in a thread of their own.

aiosqlite goes to its thread and back four times for each statement, which takes longer than the
statement. What sends often goes there once for all of them.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine

Result = TypeVar("Result")


class WritingThread:
    """One thread, with its own connection; the engine is used nowhere else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, "store")

    async def __call__(self, work: Callable[[Connection], Result]) -> Result:
        """The work as one transaction: committed at its end, or undone."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._carry_out, work)

    def _carry_out(self, work: Callable[[Connection], Result]) -> Result:
        with self._engine.connect() as plain:
            connection = plain.execution_options(bis_writes=True)
            with connection.begin():
                return work(connection)

    def close(self) -> None:
        """Once what it does is done."""
        self._thread.submit(self._engine.dispose)
        self._thread.shutdown()
