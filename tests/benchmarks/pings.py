"""Prints how fast pings are written and sent: `python -m tests.benchmarks.pings [--postgres]`.

The real store, sender and python-telegram-bot; a Telegram on the loopback in a process of its own,
which takes 20 ms for each message. Printed, not asserted: machines differ; ratios are of one run.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bot.store.database import Database, open_database
from tests.benchmarks.memory import memory
from tests.benchmarks.pacing import fan_out, pace
from tests.benchmarks.throughput import throughput
from tests.store.servers import new_database, postgres

Measure = Callable[[Path, str | None, int], Coroutine[None, None, str]]


def over_a_database(measure: Callable[[Database, int], Awaitable[str]]) -> Measure:
    """One that needs no more than an open database."""

    async def measured(folder: Path, database_url: str | None, count: int) -> str:
        where = database_url or f"sqlite+aiosqlite:///{folder}/bis.sqlite3"
        database = await open_database(where, folder)
        try:
            return await measure(database, count)
        finally:
            await database.close()

    return measured


MEASURES: dict[str, tuple[Measure, int]] = {
    "fan_out": (over_a_database(fan_out), 100_000),
    "pace": (over_a_database(pace), 10_000),
    "throughput": (over_a_database(throughput), 500),
    "memory": (memory, 100_000),
    "memory_first": (partial(memory, first=True), 100_000),
}


@contextmanager
def engine(*, with_postgres: bool) -> Iterator[str | None]:
    """The address of a new database on a server; None for SQLite."""
    if not with_postgres:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as url:
        yield asyncio.run(new_database(url))


def main() -> None:
    """Each measure that is asked for, in order, on a database of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("measures", nargs="*", metavar="|".join(MEASURES))
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--count", type=int)
    given = parser.parse_args()
    for name in given.measures or MEASURES:
        measure, usual = MEASURES[name]
        with (
            engine(with_postgres=given.postgres) as database_url,
            tempfile.TemporaryDirectory() as folder,
        ):
            told = asyncio.run(measure(Path(folder), database_url, given.count or usual))
        sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()
