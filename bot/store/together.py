"""Small writes that come at the same moment share one commit: each commit waits for the disk."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database

Row = Mapping[str, object]


@dataclass(frozen=True)
class _Waiting:
    rows: Sequence[Row]
    done: asyncio.Future[None]


class Together:
    """Carries out one statement for all rows that wait once the database is free for it.

    Nobody is told of success before the commit, so a kill undoes at most what was in flight.
    """

    def __init__(self, database: Database, statement: Executable) -> None:
        self._database = database
        self._statement = statement
        self._waiting: list[_Waiting] = []
        self._leading = False

    async def __call__(self, rows: Sequence[Row]) -> None:
        """Returns once they are committed. Raises as `Database.write` does."""
        mine = _Waiting(rows, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if not self._leading:
            await self._lead()
        await mine.done

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """As `Database.write`; what waits at its end is committed with it."""
        group: list[_Waiting] = []
        try:
            async with self._database.write() as connection:
                yield connection
                group, self._waiting = self._waiting, []
                if rows := [row for one in group for row in one.rows]:
                    await connection.execute(self._statement, rows)
        except BaseException as error:
            _tell(group, error)
            raise
        else:
            _tell(group, None)

    async def _lead(self) -> None:
        self._leading = True
        try:
            while self._waiting:
                await self._commit()
        finally:
            self._leading = False

    async def _commit(self) -> None:
        begun = False
        try:
            async with self.write():
                begun = True
        except BaseException as error:
            if not begun:
                group, self._waiting = self._waiting, []
                _tell(group, error)
            if not isinstance(error, Exception):
                raise


def _tell(group: Sequence[_Waiting], error: BaseException | None) -> None:
    for one in group:
        if one.done.done():
            continue
        if error is None:
            one.done.set_result(None)
        elif isinstance(error, Exception):
            one.done.set_exception(error)
        else:
            one.done.cancel()
