"""Databases of both engines."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.database import Database, open_database
from tests.alerts.stage import Stage, stage
from tests.store.engines import ENGINES
from tests.store.servers import new_database, postgres


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for the whole run."""
    with postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(params=ENGINES)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, of each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'bis.sqlite3'}"
    return await new_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """An open database with all tables."""
    made = await open_database(database_url, tmp_path)
    yield made
    await made.close()


@pytest.fixture
async def play(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """Policy, sender and store joined, on each engine in turn."""
    async with stage(tmp_path, database_url) as made:
        yield made
