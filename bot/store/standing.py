"""Whole transactions over one connection that stays open through a burst.

A pool asks each time whether a connection still works, and cleans it when it comes back: a way to
the server and back for each. What sends often keeps its own while it does.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

BURST = 5.0
"""Seconds: one that was idle for longer may have been closed by the server, so the pool asks."""

Result = TypeVar("Result")


class StandingConnection:
    """One transaction at a time; after a failure the next one takes another connection."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._good_until = 0.0
        self._turn = asyncio.Lock()

    async def __call__(self, work: Callable[[Connection], Result]) -> Result:
        """The work as one transaction: committed at its end, or undone."""
        async with self._turn:
            connection = await self._open()
            try:
                async with connection.begin():
                    return await connection.run_sync(work)
            except BaseException:
                await self.close()
                raise

    async def close(self) -> None:
        """Gives it back to the pool, even where the caller is cancelled meanwhile."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await asyncio.shield(asyncio.create_task(connection.close()))

    async def _open(self) -> AsyncConnection:
        now = asyncio.get_running_loop().time()
        if now >= self._good_until:
            await self.close()
        self._good_until = now + BURST
        self._connection = self._connection or await self._engine.connect()
        return self._connection
