"""Plays seeds, and says which rules they broke."""

import logging
import math
import os
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine

from bot.store.tables import metadata
from tests.simulation.brief import Brief, kills
from tests.simulation.disk import Disk
from tests.simulation.making import Makers
from tests.simulation.rules import broken
from tests.simulation.story import Story
from tests.simulation.virtual import run

CHUNK = 20
LEAST = 200
"""Seeds that are played however long they take."""
BRIEF = 8
"""Every so many seeds the short story is killed at its next point."""
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one
Make = Callable[[int, Disk, Makers | None], Story]
TABLES = [table.name for table in reversed(metadata.sorted_tables)]


@dataclass
class Played:
    """How many seeds, which rules each broke, how often each fault struck, and what came of it."""

    seeds: int = 0
    broken: dict[int, list[str]] = field(default_factory=dict)
    totals: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Played") -> None:
        """Another part of them."""
        self.seeds += other.seeds
        self.broken |= other.broken
        self.totals += other.totals


def play(seeds: Iterable[int], makers: Makers | None = None) -> Played:
    """Plays the seeds one after another."""
    played = Played()
    for one in one_by_one(seeds, makers):
        played.add(one)
    return played


def one_by_one(
    seeds: Iterable[int], makers: Makers | None = None, make: Make | None = None
) -> Iterator[Played]:
    """The same, each when it is asked for. `make`: of what kind the stories are."""
    with disk_in_memory() as disk:
        for seed in seeds:
            yield _play_one(seed, (make or _story)(seed, disk, makers))


def play_many(seeds: Sequence[int], seconds: float = math.inf) -> Played:
    """The same on all processors, until the time is up; the first few in any case."""
    played, until = Played(), time.monotonic() + seconds
    chunks = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        going: set[Future[Played]] = set()
        for number, chunk in enumerate(chunks):
            if number * CHUNK >= LEAST and time.monotonic() > until:
                break
            going.add(pool.submit(play, chunk))
            if len(going) > workers:
                done, going = wait(going, return_when=FIRST_COMPLETED)
                _add(played, done)
        _add(played, going)
    return played


@cache
def points() -> int:
    """How many points the short story has."""
    with disk_in_memory() as disk:
        return tell(Brief(disk, frozenset())).process.points.passed


@contextmanager
def disk_in_memory() -> Iterator[Disk]:
    """A database for one story after another; what the bot logs and leaves open is expected."""
    root = MEMORY if MEMORY.is_dir() else None
    logged = logging.root.manager.disable
    with tempfile.TemporaryDirectory(dir=root) as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        logging.disable(logging.CRITICAL)
        path = Path(folder) / "story.sqlite3"
        engine = create_engine(f"sqlite:///{path}")
        metadata.create_all(engine)
        engine.dispose()
        disk = Disk(path)
        run(disk.warm_up())
        try:
            yield disk
        finally:
            disk.close()
            logging.disable(logged)


def _play_one(seed: int, story: Story) -> Played:
    try:
        tell(story)
    except Exception as error:
        error.add_note(f"seed {seed}")
        raise
    rules = broken(story)
    return Played(1, {seed: rules} if rules else {}, _happened(story))


def _story(seed: int, disk: Disk, makers: Makers | None) -> Story:
    if seed % BRIEF:
        return Story(seed, disk, makers)
    return Brief(disk, kills(seed // BRIEF, points()), makers)


def tell(story: Story) -> Story:
    """Plays it to its end, on an empty disk."""
    story.world.disk.clear(TABLES)
    run(story.play())
    return story


def _happened(story: Story) -> Counter[str]:
    totals = Counter({fault.value: times for fault, times in story.happened().items()})
    totals["requests"] = len(story.telegram.asked)
    totals["shown"] = sum(len(person.shown) for person in story.telegram.people.values())
    for row in story.world.disk.rows("SELECT state, count(*) AS n FROM deliveries GROUP BY state"):
        totals[row["state"]] += row["n"]
    return totals


def _add(played: Played, done: Iterable[Future[Played]]) -> None:
    for one in done:
        played.add(one.result())
