"""The engine: one SQLite file for one process, or PostgreSQL for several."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import IO, Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    InvalidRequestError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.faults import StoreUnavailableError
from bot.store.locking import MEMORY, lock
from bot.store.migrations import HEAD
from bot.store.standing import StandingConnection
from bot.store.writer import WritingThread

BUSY_SECONDS = 5
SQLITE = {"isolation_level": None, "timeout": BUSY_SECONDS}
STANDSTILL = "30s"
"""A process that stops in mid-transaction keeps its locks no longer: others wait for them."""
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit survives a power cut too: pings rest on it
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-1000",  # 1 MB a connection: as fast as the usual 2 over 100,000 rows
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
)

Result = TypeVar("Result")


class Database:
    """Transactions on either engine. On SQLite, this process's writers wait for each other here."""

    def __init__(
        self,
        engine: AsyncEngine,
        lock_file: IO[str] | None = None,
        thread: WritingThread | None = None,
    ) -> None:
        self.engine = engine
        self._writing = engine.execution_options(bis_writes=True)
        self._thread = thread
        self._standing = StandingConnection(self._writing)
        self.shared = engine.dialect.name != "sqlite"
        """Whether other processes may work on it at the same time."""
        self.insert = _insert(shared=self.shared)
        """The engine's own INSERT into a table, which knows ON CONFLICT."""
        self._lock_file = lock_file
        self._turn = nullcontext() if self.shared else asyncio.Lock()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that is committed at the end of the block, or not at all.

        Raises:
            StoreUnavailableError: it could not be begun, carried out or committed.
        """
        async with self._turn:
            with _translated():
                async with self._writing.begin() as connection:
                    yield connection

    async def at_once(self, work: Callable[[Connection], Result]) -> Result:
        """As `write`, for work that waits for nothing but the database: with less ado."""
        async with self._turn:
            with _translated():
                return await (self._thread or self._standing)(work)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view; nothing is kept. Raises as `write` does."""
        with _translated():
            async with self.engine.connect() as connection:
                yield connection

    async def checkpoint(self) -> None:
        """Works SQLite's log into the file now: after a great many rows, reads slow down else."""
        if self.shared:
            return
        async with self._turn:
            with _translated():
                async with self.engine.connect() as plain:
                    connection = await plain.execution_options(bis_begins=False)
                    await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def close(self) -> None:
        """Closes the connections and lets another process in."""
        await self._standing.close()
        await self.engine.dispose()
        if self._thread is not None:
            self._thread.close()
        if self._lock_file is not None:
            self._lock_file.close()


def _insert(*, shared: bool) -> Callable[[Table], Any]:
    if not shared:
        return sqlite.insert
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 40 ms of a command's start

    return postgresql.insert


class _translated:  # noqa: N801 - reads as a phrase in its `with`
    """Turns what the drivers raise when the database fails into our one error."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, IntegrityError | ProgrammingError):
            return
        if isinstance(error, DBAPIError | PoolTimeoutError | OSError):
            raise StoreUnavailableError(type(error).__name__) from error


async def open_database(url: str, data_dir: Path, *, exclusive: bool = True) -> Database:
    """Opens, locks (SQLite) and migrates the database.

    Args:
        url: SQLAlchemy URL, sqlite+aiosqlite:///… or postgresql+asyncpg://…
        data_dir: made if it does not exist.
        exclusive: False for a command that only looks: it may run beside the bot.

    Raises:
        AlreadyRunningError: another process holds this SQLite file.
        NewerStoreError: it was made by a newer version.
        StoreUnavailableError: the database cannot be reached, or the address is none.
        OSError: the folder cannot be written.
    """
    parsed, engine = _engine_at(url)
    lock_file = _prepare(parsed, data_dir, exclusive=exclusive)
    database = Database(engine, lock_file, _thread_for(parsed))
    try:
        await _bring_up_to_date(database)
    except BaseException:
        await database.close()
        raise
    return database


def _engine_at(url: str) -> tuple[URL, AsyncEngine]:
    try:
        parsed = make_url(url)
        return parsed, make_engine(parsed)
    except (ArgumentError, InvalidRequestError, ImportError):
        raise StoreUnavailableError("its address is not understood") from None


def make_engine(url: URL, **options: Any) -> AsyncEngine:
    """An engine with our settings: see PRAGMAS. Transactions begin by our own BEGIN."""
    if url.get_backend_name() != "sqlite":
        session = {"server_settings": {"idle_in_transaction_session_timeout": STANDSTILL}}
        return create_async_engine(
            url,
            pool_pre_ping=True,
            pool_size=12,
            hide_parameters=True,
            connect_args=session,
            **options,
        )
    engine = create_async_engine(url, connect_args=SQLITE, hide_parameters=True, **options)
    _listen(engine.sync_engine)
    return engine


def _thread_for(url: URL) -> WritingThread | None:
    if url.get_backend_name() != "sqlite" or url.database in MEMORY:
        return None
    plain = url.set(drivername="sqlite")
    engine = create_engine(plain, connect_args=SQLITE, hide_parameters=True)
    _listen(engine)
    return WritingThread(engine)


def _listen(engine: Engine) -> None:
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: one that waits until its first write can be refused
    # in mid-transaction, whatever the busy timeout.
    options = connection.get_execution_options()
    if not options.get("bis_begins", True):
        return
    cursor = connection.connection.cursor()  # by SQLAlchemy's own means it takes twice as long
    try:
        cursor.execute("BEGIN IMMEDIATE" if options.get("bis_writes") else "BEGIN")
    except sqlite3.Error as error:
        raise StoreUnavailableError(type(error).__name__) from error
    finally:
        cursor.close()


def _prepare(url: URL, data_dir: Path, *, exclusive: bool) -> IO[str] | None:
    data_dir.mkdir(parents=True, exist_ok=True)
    return lock(url) if exclusive else None


async def _bring_up_to_date(database: Database) -> None:
    if await _revision(database) == HEAD:
        return
    from bot.store.migrations.upgrade import upgrade  # noqa: PLC0415 - a current one skips Alembic

    async with database.write() as connection:
        if database.shared:
            await connection.execute(text("SELECT pg_advisory_xact_lock(4240017)"))
        await connection.run_sync(upgrade)


async def _revision(database: Database) -> str | None:
    try:
        async with database.read() as connection:
            answer = await connection.execute(text("SELECT version_num FROM alembic_version"))
            return answer.scalar_one_or_none()
    except (ProgrammingError, StoreUnavailableError):
        return None  # no such table yet; if it is unreachable, the upgrade says so
