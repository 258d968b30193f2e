"""Whole bodies read as their index says: ours in the shape of each format, and recorded ones."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock, system_clock
from bot.status.readers.formats import READERS
from bot.status.reading_json import as_json, read_files
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.status.samples import NOON, SELECTORS, source

OURS = Path(__file__).parent / "bodies"
RECORDED = os.environ.get("STATUS_BODIES")


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """The index: file (and `pair`), format, and what a person reads on the page."""
    lines = (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def check(folder: Path, row: dict[str, Any], clock: Clock = lambda: NOON) -> None:
    """States, emergency routes, and of each event what the index tells of it."""
    paths = [folder / row[key] for key in ("file", "pair") if key in row]
    asked = source(form="html", selectors=SELECTORS) if row["format"] == "html" else None
    got = as_json(read_files(row["format"], paths, asked, clock))
    expected = row["expect"]
    assert got["components"] == expected["components"]
    assert got.get("emergency") == expected.get("emergency")
    for kind in ("incidents", "maintenances"):
        assert [one["title"] for one in got[kind]] == [one["title"] for one in expected[kind]]
        for one, wanted in zip(got[kind], expected[kind], strict=True):
            assert wanted["phase"] in {None, one["phase"]}
            assert bool(one["resolved_at"]) == wanted.get("resolved", bool(one["resolved_at"]))
            told = {key: wanted[key] for key in wanted.keys() & one.keys() - {"phase"}}
            assert {key: one[key] for key in told} == told


@pytest.mark.parametrize("row", rows_of(OURS), ids=lambda row: row["file"])
def test_a_body_in_the_shape_of_its_format_is_read(row: dict[str, Any]) -> None:
    """What is lawful is read; an unknown word is unknown for its component, never green."""
    check(OURS, row)


def test_each_format_has_three_bodies_of_its_own() -> None:
    """No reader is tried on one page alone."""
    forms = [row["format"] for row in rows_of(OURS)]
    assert all(forms.count(form) >= 3 for form in READERS)


@pytest.mark.skipif(not RECORDED, reason="STATUS_BODIES names no folder of recorded bodies")
@pytest.mark.parametrize(
    "row", rows_of(Path(RECORDED)) if RECORDED else [], ids=lambda row: row["file"]
)
def test_a_recorded_body_reads_as_its_index_says(row: dict[str, Any]) -> None:
    """States, titles, phases and emergency routes are those that a person read on the page."""
    check(Path(RECORDED or ""), row, system_clock)  # what is recorded lies in the past


@pytest.mark.parametrize(
    "incidents",
    [
        pytest.param([{"id": "a", "name": "A"}, {"id": "a", "name": "B"}], id="one id for two"),
        pytest.param([{"id": "a", "started_at": "2062-03-02T12:00:00Z"}], id="far ahead"),
    ],
)
def test_a_saved_body_is_held_to_the_contract(
    tmp_path: Path, incidents: list[dict[str, str]]
) -> None:
    """What the running bot would not believe, `read` does not print as if it could be."""
    saved = tmp_path / "page.json"
    saved.write_text(json.dumps({"page": {}, "incidents": incidents}))
    with pytest.raises(UnreadableError) as caught:
        read_files("statuspage", (saved,), clock=lambda: NOON)
    assert caught.value.reason is UnreadableReason.CONTRACT
