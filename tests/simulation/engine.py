"""SQLAlchemy's engine over a SQLite file as the store uses it, without threads and greenlets."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager
from copy import copy
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import OperationalError
from sqlalchemy.util import greenlet_spawn

from bot.store.database import PRAGMAS

Result = TypeVar("Result")


class Nothing:
    """To be waited for and there at once."""

    def __await__(self) -> Generator[None]:
        yield from ()


NOTHING = Nothing()


class Asked:
    """Whom to ask before each statement and commit, and after each commit.

    They may raise what SQLite raises, or crash the process: what is waited for never comes.
    """

    def __init__(self) -> None:
        self.before: Callable[[str], Awaitable[None]] = lambda _: NOTHING
        self.after: Callable[[], Awaitable[None]] = lambda: NOTHING

    async def before_statement(self, begin: str) -> None:
        try:
            await self.before(begin)
        except sqlite3.Error as error:
            raise OperationalError(begin, None, error) from error


class Connections:
    """All of one disk, whatever their engine."""

    def __init__(self, real: Engine, asked: Asked) -> None:
        self._real, self._asked = real, asked
        self._made: list[Connection] = []
        self._idle: list[Connection] = []

    async def lend(self) -> Connection:
        """One that is idle, or a new one."""
        if self._idle:
            return self._idle.pop()
        for pragma in PRAGMAS:
            await self._asked.before_statement(pragma)
        self._made.append(await greenlet_spawn(self._real.connect))
        return self._made[-1]

    def take_back(self, connection: Connection) -> None:
        """What it did not commit never was; of one whose process was killed, nothing is left."""
        if not connection.invalidated:
            connection.rollback()
            self._idle.append(connection)

    def cut(self) -> None:
        """Whoever has one cannot go on."""
        for connection in self._made:
            connection.invalidate()
        self._made.clear()
        self._idle.clear()


class SimpleEngine:
    """`AsyncEngine`, as far as `bot.store` uses it: its real one waits for threads."""

    def __init__(self, real: Engine, asked: Asked) -> None:
        self.asked, self.dialect = asked, real.dialect
        self.connections = Connections(real, asked)
        self.options: dict[str, Any] = {"bis_writes": False}

    def execution_options(self, **options: Any) -> Self:
        """The same, with other ways to begin a transaction."""
        other = copy(self)
        other.options = self.options | options
        return other

    def connect(self) -> "SimpleConnection":
        return SimpleConnection(self)

    def begin(self) -> "SimpleTransaction":
        return SimpleTransaction(self)


class SimpleConnection:
    """`AsyncConnection`: what is not committed at its end never was."""

    def __init__(self, engine: SimpleEngine) -> None:
        self._engine, self._asked = engine, engine.asked

    def __await__(self) -> Generator[Any, Any, Self]:
        return self.__aenter__().__await__()

    async def __aenter__(self) -> Self:
        self._real = await self._engine.connections.lend()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def close(self) -> None:
        self._engine.connections.take_back(self._real)
        await asyncio.sleep(0)  # the real one closes in a task of its own: others go first

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[None]:
        """Committed at its end; what was not is undone when the connection is given back."""
        await self.start()
        yield
        await self.commit()

    async def start(self) -> None:
        options = self._engine.options
        await self._asked.before_statement("BEGIN")
        self._real.execution_options(**options).begin()

    async def execute(self, statement: Executable, parameters: Any = None) -> Any:
        if not self._real.in_transaction():
            await self.start()
        await self._asked.before_statement("SELECT" if statement.is_select else "CHANGE")
        return self._real.execute(statement, parameters)

    async def run_sync(self, work: Callable[[Connection], Result]) -> Result:
        """Several statements at once, as in production they are to a thread."""
        await self._asked.before_statement("CHANGE")
        return work(self._real)

    async def commit(self) -> None:
        await self._asked.before_statement("COMMIT")
        self._real.commit()
        await self._asked.after()


class SimpleTransaction(SimpleConnection):
    """`AsyncEngine.begin()`: committed at its end."""

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        try:
            await self.start()
        except BaseException:
            await super().__aexit__()
            raise
        return self

    async def __aexit__(self, *error: object) -> None:
        try:
            if error[0] is None:
                await self.commit()
        finally:
            await super().__aexit__()
