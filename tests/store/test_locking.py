"""One process for one SQLite file."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.faults import AlreadyRunningError
from bot.store.locking import lock


def test_a_file_is_held_until_it_is_let_go(tmp_path: Path) -> None:
    """Also in a folder that is not there yet; a neighbour in it is another database."""
    url = make_url(f"sqlite+aiosqlite:///{tmp_path}/of/bis/bis.sqlite3")
    held = lock(url)
    assert held is not None
    with pytest.raises(AlreadyRunningError, match=r"/of/bis/bis\.sqlite3\. Stop it first"):
        lock(url)
    neighbour = lock(make_url(f"sqlite+aiosqlite:///{tmp_path}/of/bis/other.sqlite3"))
    assert neighbour is not None
    neighbour.close()
    held.close()
    again = lock(url)
    assert again is not None
    again.close()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///",
        "sqlite+aiosqlite:///:memory:",
        "postgresql+asyncpg://bis@host/bis",
        "postgresql+asyncpg://bis@host",
    ],
)
def test_what_is_no_file_of_one_process_is_not_locked(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else can reach a database in memory; several may work on PostgreSQL."""
    monkeypatch.chdir(tmp_path)
    assert lock(make_url(url)) is None
    assert list(tmp_path.iterdir()) == []
