"""One process for one SQLite file: a second one is refused, also where the first was killed."""

import fcntl
from pathlib import Path
from typing import IO

from sqlalchemy import URL

from bot.faults import AlreadyRunningError

MEMORY = frozenset({None, "", ":memory:"})
"""Databases without a file: nobody else can work on them."""


def lock(url: URL) -> IO[str] | None:
    """Held as long as the file is open; the system lets go of it with the process.

    Raises AlreadyRunningError.
    """
    if url.get_backend_name() != "sqlite" or url.database in MEMORY:
        return None
    path = Path(f"{url.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise AlreadyRunningError(
            f"Another Bis process works on {url.database}. Stop it first, or give this one its "
            "own DATA_DIR; for several processes on one database, set DATABASE_URL to PostgreSQL."
        ) from error
    return file
