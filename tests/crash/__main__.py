"""`python -m tests.crash --kills 500 [--engine postgres]`."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.crash.trial import Result, trial
from tests.store.servers import postgres


def main() -> int:
    """Prints what was lost and what came twice; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = run(given.engine, given.kills, Path(folder))
    print(f"{given.engine}: {result}; {time.monotonic() - began:.0f} s")  # noqa: T201 - what it is for
    return 1 if result.lost or result.unsorted else 0


def run(engine: str, kills: int, folder: Path) -> Result:
    """One trial on a fresh database of the engine."""
    if engine == "sqlite":
        url = f"sqlite+aiosqlite:///{folder / 'bis.sqlite3'}"
        return asyncio.run(trial(kills, url, folder))
    with postgres(folder / "postgres") as url:
        return asyncio.run(trial(kills, url, folder))


if __name__ == "__main__":
    sys.exit(main())
