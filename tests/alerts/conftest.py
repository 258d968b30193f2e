"""A stage for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.alerts.stage import Stage, stage


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Stage]:
    """The parts joined on a fresh SQLite file."""
    async with stage(tmp_path) as made:
        yield made
