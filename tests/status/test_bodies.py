"""Recorded bodies of real pages read as their index says."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.status.reading_json import as_json, read_files

FOLDER = os.environ.get("STATUS_BODIES")
ROWS = (
    [json.loads(line) for line in (Path(FOLDER) / "index.jsonl").read_text().splitlines()]
    if FOLDER
    else []
)

pytestmark = pytest.mark.skipif(not ROWS, reason="STATUS_BODIES names no folder of recorded bodies")


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_a_recorded_body_reads_as_its_index_says(row: dict[str, Any]) -> None:
    """States, titles, phases and emergency routes are those that a person read on the page."""
    paths = [Path(FOLDER or "") / row[key] for key in ("file", "pair") if key in row]
    got = as_json(read_files(row["format"], paths))
    expected = row["expect"]
    assert got["components"] == expected["components"]
    assert got.get("emergency") == expected.get("emergency")
    for kind in ("incidents", "maintenances"):
        assert [one["title"] for one in got[kind]] == [one["title"] for one in expected[kind]]
        for one, wanted in zip(got[kind], expected[kind], strict=True):
            assert wanted["phase"] in {None, one["phase"]}
            assert bool(one["resolved_at"]) == wanted.get("resolved", bool(one["resolved_at"]))
