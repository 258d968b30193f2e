"""Small writes that come at the same moment share one commit: each commit waits for the disk."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database

Step = Callable[[AsyncConnection], Awaitable[None]]


@dataclass(frozen=True)
class _Waiting:
    step: Step
    done: asyncio.Future[None]


class Together:
    """Carries out steps as soon as the database is free, all that wait by then in one commit.

    Nobody is told of success before the commit, so a kill undoes at most what was in flight.
    Where several processes work on the database, each step has a transaction of its own.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Waiting] = []
        self._leading = False

    async def __call__(self, step: Step) -> None:
        """Returns once the step is committed. Raises as `Database.write` does."""
        if self._database.shared:
            async with self._database.write() as connection:
                await step(connection)
            return
        mine = _Waiting(step, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if not self._leading:
            await self._lead()
        await mine.done

    async def _lead(self) -> None:
        self._leading = True
        try:
            while self._waiting:
                await self._commit()
        finally:
            self._leading = False

    async def _commit(self) -> None:
        group: list[_Waiting] = []
        try:
            async with self._database.write() as connection:
                group, self._waiting = self._waiting, []
                for one in group:
                    await one.step(connection)
        except BaseException as error:
            _tell(group or self._take(), error)
            if not isinstance(error, Exception):
                raise
        else:
            _tell(group, None)

    def _take(self) -> list[_Waiting]:
        group, self._waiting = self._waiting, []
        return group


def _tell(group: list[_Waiting], error: BaseException | None) -> None:
    for one in group:
        if one.done.done():
            continue
        if error is None:
            one.done.set_result(None)
        elif isinstance(error, Exception):
            one.done.set_exception(error)
        else:
            one.done.cancel()
