"""`python -m tests.crash --kills 500 [--engine postgres] [--stops] [--replicas 3] [--whole]`."""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from tests.crash import __doc__ as usage
from tests.crash import whole
from tests.crash.harms import stop_database
from tests.crash.ledger import Result
from tests.crash.trial import Plan, on_postgres, on_sqlite, replicated
from tests.stories.folder import prepare


def main() -> int:
    """Prints what was lost and what came twice; 1 if it is more than may be."""
    given = parser().parse_args()
    logging.getLogger("aiohttp.server").disabled = True  # a kill cuts requests off
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(chosen(given, Path(folder)))
    print(f"{result}; {time.monotonic() - began:.0f} s")  # noqa: T201 - what it is for
    return 0 if result.holds else 1


def parser() -> argparse.ArgumentParser:
    """What can be asked for."""
    made = argparse.ArgumentParser(
        description=usage, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--kills", type=int, default=500)
    made.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    made.add_argument("--replicas", type=int, default=1)
    made.add_argument("--stops", action="store_true")
    made.add_argument("--whole", action="store_true")
    return made


def chosen(given: argparse.Namespace, folder: Path) -> Coroutine[Any, Any, Result]:
    """The trial that was asked for."""
    if given.whole:
        return whole.trial(given.kills, folder, prepare(folder / "content"))
    if given.stops:
        return on_postgres(Plan(given.kills, stop_database), folder)
    if given.replicas > 1:
        return on_postgres(replicated(given.kills, given.replicas), folder)
    if given.engine == "postgres":
        return on_postgres(Plan(given.kills), folder)
    return on_sqlite(Plan(given.kills), folder)


if __name__ == "__main__":
    sys.exit(main())
