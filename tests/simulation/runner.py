"""Plays seeds, and says which rules they broke."""

import os
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from sqlalchemy import create_engine

from bot.store.tables import metadata
from tests.simulation.disk import Disk
from tests.simulation.rules import broken
from tests.simulation.story import Story
from tests.simulation.virtual import run

CHUNK = 50
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one


def play(seeds: Iterable[int]) -> tuple[dict[int, list[str]], Counter[str]]:
    """Plays the seeds one after another. Returns the rules that each broke, and what happened."""
    found: dict[int, list[str]] = {}
    totals: Counter[str] = Counter()
    root = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=root) as folder:
        path = Path(folder) / "story.sqlite3"
        metadata.create_all(create_engine(f"sqlite:///{path}"))
        disk = Disk(path)
        tables = [table.name for table in reversed(metadata.sorted_tables)]
        for seed in seeds:
            disk.clear(tables)
            story = Story(seed, disk)
            run(story.play())
            rules = broken(story)
            if rules:
                found[seed] = rules
            totals += _happened(story)
    return found, totals


def _happened(story: Story) -> Counter[str]:
    states = Counter({"crashes": story.crashes, "requests": len(story.telegram.asked)})
    for row in story.disk.rows("SELECT state, count(*) AS n FROM deliveries GROUP BY state"):
        states[row["state"]] += row["n"]
    states["shown"] = sum(len(person.shown) for person in story.telegram.people.values())
    return states


def play_many(seeds: Sequence[int]) -> tuple[dict[int, list[str]], Counter[str]]:
    """The same on all processors."""
    chunks = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    found: dict[int, list[str]] = {}
    totals: Counter[str] = Counter()
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for part, counts in pool.map(_quietly, chunks):
            found |= part
            totals += counts
    return found, totals


def _quietly(seeds: Sequence[int]) -> tuple[dict[int, list[str]], Counter[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        return play(seeds)
