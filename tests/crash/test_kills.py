"""A few real kills on each engine; `python -m tests.crash` does them by the hundred."""

from pathlib import Path

import pytest

from tests.crash.__main__ import run

KILLS = 5
IN_FLIGHT = 8


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_killed_in_the_middle_of_pings(engine: str, tmp_path: Path) -> None:
    """Nothing is lost, no end comes before its beginning, copies stay within those in flight."""
    result = run(engine, KILLS, tmp_path)
    assert (result.kills, result.lost, result.unsorted) == (KILLS, 0, 0)
    assert result.most_in_flight <= IN_FLIGHT
    assert result.copies <= KILLS * IN_FLIGHT
