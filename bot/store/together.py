"""What comes at the same moment shares one commit: each commit waits for the disk."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Executable

from bot.faults import StoreUnavailableError
from bot.store.database import Database

Row = Mapping[str, object]
Result = TypeVar("Result")
Work = Callable[[Connection], Result]


@dataclass(frozen=True)
class _Waiting:
    """Rows for the statement, or other work."""

    rows: Sequence[Row] = ()
    work: Work[Any] | None = None
    done: asyncio.Future[Any] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def tell(self, result: Any, error: BaseException | None) -> None:
        """To whom still waits for it."""
        if self.done.done():
            return
        if error is None:
            self.done.set_result(result)
        elif isinstance(error, Exception):
            self.done.set_exception(error)
        else:
            self.done.cancel()


class Together:
    """Carries out one statement for all rows that wait once the database is free, then other work.

    Nobody is told of success before the commit, so a kill undoes at most what was in flight.
    """

    def __init__(self, database: Database, statement: Executable) -> None:
        self._database = database
        self._statement = statement
        self._waiting: list[_Waiting] = []
        self._taken: list[_Waiting] = []
        self._leader: asyncio.Task[None] | None = None
        self.unmarked = 0
        """How many who brought rows wait for their commit."""

    async def __call__(self, rows: Sequence[Row]) -> None:
        """Returns once they are committed. Raises as `Database.write` does."""
        self.unmarked += 1
        await self._join(_Waiting(rows=rows))

    async def after(self, work: Work[Result]) -> Result:
        """The result of work that sees the rows of all who came before it, or fails with them."""
        return cast("Result", await self._join(_Waiting(work=work)))

    async def _join(self, mine: _Waiting) -> Any:
        self._waiting.append(mine)
        if self._leader is None or self._leader.done():
            self._leader = asyncio.create_task(self._lead())
        return await mine.done

    async def _lead(self) -> None:
        while self._waiting:
            try:
                results = await self._database.at_once(self._carry_out)
            except StoreUnavailableError as error:
                self._tell(self._all(), error=error)
            except Exception as error:  # noqa: BLE001 - who asked for it is told
                self._tell(self._to_blame(), error=error)
            except BaseException as error:
                self._tell(self._all(), error=error)
                raise
            else:
                self._tell(self._taken, results)
            await asyncio.sleep(0)  # who is told now may have more for the next commit

    def _carry_out(self, connection: Connection) -> list[Any]:
        """In the database's own thread, while others may join those that wait."""
        self._taken = self._waiting[:]
        del self._waiting[: len(self._taken)]
        if rows := [row for one in self._taken for row in one.rows]:
            connection.execute(self._statement, rows)
        return [one.work(connection) if one.work else None for one in self._taken]

    def _all(self) -> list[_Waiting]:
        """Those whose commit failed, and those that wait: work among them counts on these rows."""
        everyone = self._taken + self._waiting
        self._waiting.clear()
        return everyone

    def _to_blame(self) -> list[_Waiting]:
        """A fault in work undoes the rows beside it, which are not to blame: they go once more.

        One before anything is taken (a store that is closed) is nobody's own: all hear of it.
        """
        works = [one for one in self._taken if one.work]
        if works:
            self._waiting[:0] = [one for one in self._taken if not one.work]
        return works or self._taken or self._all()

    def _tell(
        self,
        group: Sequence[_Waiting],
        results: Iterable[Any] = repeat(None),
        error: BaseException | None = None,
    ) -> None:
        for one, result in zip(group, results, strict=False):
            self.unmarked -= bool(one.rows)
            one.tell(result, error)
        self._taken = []
