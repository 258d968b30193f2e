"""Whole transactions in a thread of their own: one at a time, whoever asks."""

import asyncio
import sqlite3
from pathlib import Path
from threading import Event, current_thread

import pytest
from sqlalchemy import Connection, create_engine

from bot.store.database import open_database
from bot.store.writer import WritingThread


async def test_all_work_is_done_in_one_thread_and_by_no_other() -> None:
    """Work that comes meanwhile waits; in a list of threads it is known by its name."""
    thread, asked = WritingThread(create_engine("sqlite://")), Event()

    def work(_: Connection) -> str:
        asked.wait()
        return current_thread().name

    waiting = [asyncio.create_task(thread(work)) for _ in range(3)]
    await asyncio.sleep(0)
    asked.set()
    assert set(await asyncio.gather(*waiting)) == {"store_0"}
    thread.close()


async def test_it_holds_the_lock_from_its_beginning(tmp_path: Path) -> None:
    """Work that reads first is not refused when it comes to write: nobody wrote in between."""
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'bis'}", tmp_path)

    def reads(_: Connection) -> None:
        other = sqlite3.connect(tmp_path / "bis", timeout=0, isolation_level=None)
        try:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        finally:
            other.close()

    await database.at_once(reads)
    await database.close()


async def test_closed_it_leaves_the_file_alone(tmp_path: Path) -> None:
    """The last connection works the log into the file as it goes: a copy of it is whole."""
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'bis'}", tmp_path)
    await database.at_once(lambda _: None)
    assert (tmp_path / "bis-wal").exists()
    await database.close()
    assert not (tmp_path / "bis-wal").exists()
