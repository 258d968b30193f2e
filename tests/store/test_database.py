"""Opening: made by itself, brought up to date, and on SQLite by one process at a time."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, make_url, text

from bot.faults import AlreadyRunningError, OperatorError, StoreUnavailableError
from bot.opening import opened_store
from bot.preferences import Preferences
from bot.settings import Settings
from bot.store import standing
from bot.store.chats import SqlChats
from bot.store.database import Database, make_engine, open_database
from bot.store.migrations import HEAD
from bot.store.migrations.upgrade import alembic_config
from bot.store.tables import chats, metadata
from tests.alerts.world import NOON

HOLD = """
import asyncio, pathlib, sys
from bot.store.database import open_database
folder = pathlib.Path(sys.argv[1])
database = asyncio.run(open_database(f"sqlite+aiosqlite:///{folder}/bis.sqlite3", folder))
print("open", flush=True)
sys.stdin.read()
"""
OPEN_AGAIN = """
import asyncio, pathlib, sys
from bot.store.database import open_database
folder = pathlib.Path(sys.argv[1])
async def main():
    database = await open_database(f"sqlite+aiosqlite:///{folder}/bis.sqlite3", folder)
    await database.close()
asyncio.run(main())
print("alembic" in sys.modules, "sqlalchemy.dialects.postgresql" in sys.modules)
"""


async def test_migrations_make_the_tables(database: Database) -> None:
    """What the migrations make is what the code works with."""

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_database_of_the_first_release_is_brought_up_to_date(
    database_url: str, tmp_path: Path
) -> None:
    """With what is in it: a chat of then is told where it always was."""
    engine = make_engine(make_url(database_url))
    async with engine.begin() as connection:
        await connection.run_sync(lambda then: command.upgrade(alembic_config(then), "0001"))
        chat = insert(chats).values(chat_id=1, language="nl", created_at=NOON, seen_at=NOON)
        await connection.execute(chat)
    await engine.dispose()
    opened = await open_database(database_url, tmp_path)
    kept = await SqlChats(opened, lambda: NOON).load(1)
    await opened.close()
    assert kept == Preferences(1, language="nl")


async def test_a_database_of_a_newer_version_is_refused_with_its_mend(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words, without a traceback; what is in it stays as it was."""
    database = await open_database(database_url, tmp_path)
    await SqlChats(database, lambda: NOON).save(Preferences(1, language="nl"))
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    settings = Settings(_env_file=None, database_url=database_url, data_dir=tmp_path)
    with pytest.raises(OperatorError, match="made by a newer version of Bis") as told:
        async with opened_store(settings):
            pass
    assert told.value.__suppress_context__
    monkeypatch.setattr("bot.store.database.HEAD", "9999")
    async with opened_store(settings) as database:
        assert (await SqlChats(database, lambda: NOON).load(1)).language == "nl"


def test_head_is_the_newest_migration() -> None:
    """A current database is known by HEAD, so HEAD must follow each new migration."""
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD


def pragmas(connection: Connection) -> list[object]:
    """What makes a commit last, and how much of the file each connection holds in memory."""
    names = ("journal_mode", "synchronous", "foreign_keys", "cache_size")
    return [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names]


async def test_sqlite_keeps_commits_through_a_power_cut(tmp_path: Path) -> None:
    """The journal and its syncing are those that pings rest on, on each way to the file."""
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'b'}", tmp_path)
    async with database.read() as connection:
        found = await connection.run_sync(pragmas)
    in_thread = await database.at_once(pragmas)
    await database.close()
    assert found == in_thread == ["wal", 2, 1, -1000]


async def test_second_process_is_refused(tmp_path: Path) -> None:
    """While one process works on the file, another says how to mend that; then it may go on."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bis.sqlite3'}"
    with subprocess.Popen(  # noqa: ASYNC220 - it is waited for at once
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(AlreadyRunningError, match=r"Stop it first, or .* own DATA_DIR"):
            await open_database(url, tmp_path)
        looking = await open_database(url, tmp_path, exclusive=False)
        await looking.close()
        holder.kill()
    database = await open_database(url, tmp_path)
    await database.close()


def test_current_database_opens_without_alembic_and_the_other_dialect(tmp_path: Path) -> None:
    """The second start of a command does not pay for what it does not need."""
    command = [sys.executable, "-c", OPEN_AGAIN, str(tmp_path)]
    answers = [subprocess.check_output(command, text=True).strip() for _ in range(2)]
    assert answers == ["True True", "False False"]


async def test_unreachable_server_is_one_error(tmp_path: Path) -> None:
    """A server that does not answer is told as the one error that callers know."""
    with pytest.raises(StoreUnavailableError):
        await open_database("postgresql+asyncpg://nobody@127.0.0.1:1/none", tmp_path)


async def test_who_stands_still_gives_its_locks_up(database: Database) -> None:
    """A process that is stopped in mid-transaction holds others up for less than a lease."""
    if not database.shared:
        pytest.skip("on SQLite one process works alone")
    async with database.read() as connection:
        answer = await connection.execute(text("SHOW idle_in_transaction_session_timeout"))
        assert answer.scalar_one() == "30s"


async def test_what_is_done_at_once_is_kept_whole_or_not_at_all(database: Database) -> None:
    """It waits for other writers as they wait for it; a fault undoes it and lets others in."""

    def note(connection: Connection) -> int:
        connection.execute(text("INSERT INTO source_state (source) VALUES ('a')"))
        return int(connection.execute(text("SELECT count(*) FROM source_state")).scalar_one())

    def fails(connection: Connection) -> None:
        note(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.at_once(fails)
    async with database.write() as connection:
        other = asyncio.create_task(database.at_once(note))
        await connection.execute(text("INSERT INTO source_state (source) VALUES ('b')"))
        await asyncio.sleep(0.01)
    assert await other == 2 or database.shared  # there they need not wait for each other
    async with database.read() as connection:
        kept = await connection.execute(text("SELECT source FROM source_state ORDER BY source"))
        assert kept.scalars().all() == ["a", "b"]


async def test_what_cannot_be_done_at_once_is_one_error(tmp_path: Path) -> None:
    """A damaged file is told as the one error that callers know."""
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'b'}", tmp_path)
    (tmp_path / "b-wal").unlink()
    (tmp_path / "b").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreUnavailableError):
        await database.at_once(pragmas)
    await database.close()


async def test_writers_wait_for_each_other(database: Database) -> None:
    """A transaction that fails leaves nothing behind, and lets the next one in."""
    insert = text("INSERT INTO source_state (source) VALUES ('a')")

    async def fails() -> None:
        async with database.write() as connection:
            await connection.execute(insert)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    async with database.write() as connection:
        await connection.execute(insert)
    async with database.read() as connection:
        count = await connection.execute(text("SELECT count(*) FROM source_state"))
        assert count.scalar_one() == 1


def who_am_i(connection: Connection) -> int:
    """The server's own process for this connection."""
    return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


async def test_a_burst_keeps_its_connection_until_that_fails(database: Database) -> None:
    """One that the server ended is an error that callers know, once; the next one works."""
    if not database.shared:
        pytest.skip("SQLite has no server that could end a connection")
    first = await database.at_once(who_am_i)
    assert await database.at_once(who_am_i) == first
    async with database.write() as connection:
        await connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first})
    with pytest.raises(StoreUnavailableError):
        await database.at_once(who_am_i)
    assert await database.at_once(who_am_i) != first


async def test_a_connection_that_was_idle_is_asked_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a rest the pool asks whether it still works, so that nobody meets a dead one."""
    if not database.shared:
        pytest.skip("SQLite has no server that could end a connection")
    monkeypatch.setattr(standing, "BURST", 0.0)
    first = await database.at_once(who_am_i)
    async with database.write() as connection:
        await connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first})
    assert await database.at_once(who_am_i) != first
