"""Whole bodies read as their index says: ours in the shape of each format, and recorded ones."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.status.readers.formats import READERS
from bot.status.reading_json import as_json, read_files
from tests.status.samples import NOON, SELECTORS, source

OURS = Path(__file__).parent / "bodies"
RECORDED = os.environ.get("STATUS_BODIES")


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """The index: file (and `pair`), format, and what a person reads on the page."""
    lines = (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def check(folder: Path, row: dict[str, Any]) -> None:
    """States, emergency routes, and of each event what the index tells of it."""
    paths = [folder / row[key] for key in ("file", "pair") if key in row]
    asked = source(form="html", selectors=SELECTORS) if row["format"] == "html" else None
    got = as_json(read_files(row["format"], paths, asked, lambda: NOON))
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
    check(Path(RECORDED or ""), row)
