"""Recorded incidents, from readers to subscriber: the changes and pings they give, no others."""

from pathlib import Path

import pytest

from bot.commands.replay import play, print_replay
from bot.faults import OperatorError
from bot.settings import Settings
from bot.status.hysteresis import Thresholds
from bot.status.replay import differences, replay
from bot.status.timeline import TimelineError, load

FOLDER = Path(__file__).parent.parent / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
async def test_a_recorded_incident_gives_its_pings_and_no_others(path: Path) -> None:
    """What the file says under `told`, `shown` and `pings`, at those moments."""
    timeline = load(path)
    records = await play(timeline, FOLDER, Thresholds(), lambda line: None)
    assert differences(timeline, records) == []
    assert timeline.shown is not None
    assert timeline.pings is not None


async def test_a_replay_says_each_step() -> None:
    """In Belgian time, as the reports of the incidents have it."""
    said: list[str] = []
    await play(load(FOLDER / "slowdowns-2018.yaml"), FOLDER, Thresholds(), said.append)
    assert said[said.index("2018-09-12 10:30:00  board  degraded      ehealth-platform") :][:3] == [
        "2018-09-12 10:30:00  board  degraded      ehealth-platform",
        "2018-09-12 10:32:00  change onset         ehealth-platform: operational -> degraded",
        "2018-09-12 10:32:00  ping   onset         ehealth-platform",
    ]


RECORDED = """
title: recorded bodies
start: 2026-03-02T12:00:00Z
end: 2026-03-02T12:05:00Z
sources: [{id: page, format: instatus, services: [sts]}]
timeline:
  - {at: 2026-03-02T12:00:00Z, source: page, body: fine.json}
  - {at: 2026-03-02T12:02:00Z, source: page, body: down.json}
told:
  - [2026-03-02T12:04:00Z, onset, sts]
shown:
  - [2026-03-02T12:02:00Z, sts, major_outage]
pings:
  - [2026-03-02T12:04:00Z, onset, sts]
"""
INSTATUS = '{"components": [{"id": "1", "name": "sts", "status": "%s"}]}'


async def test_recorded_bodies_are_read_by_the_reader_of_their_format(tmp_path: Path) -> None:
    """They lie beside the timeline."""
    (tmp_path / "fine.json").write_text(INSTATUS % "OPERATIONAL")
    (tmp_path / "down.json").write_text(INSTATUS % "MAJOROUTAGE")
    (tmp_path / "timeline.yaml").write_text(RECORDED)
    timeline = load(tmp_path / "timeline.yaml")
    records = await play(timeline, tmp_path, Thresholds(), lambda line: None)
    assert differences(timeline, records) == []


async def test_what_differs_from_a_recording_is_named() -> None:
    """So that a changed rule shows which pings it changes."""
    timeline = load(FOLDER / "slowdowns-2018.yaml")
    records = await play(timeline, FOLDER, Thresholds(), lambda line: None)
    assert timeline.pings is not None
    fewer = {"told": timeline.told[1:], "pings": timeline.pings[1:], "shown": None}
    assert differences(timeline.model_copy(update=fewer), records) == [
        "told, not expected: 2018-09-12 10:32:00 onset ehealth-platform",
        "pinged, not expected: 2018-09-12 10:32:00 onset ehealth-platform",
    ]
    assert differences(timeline, records[:-1]) == [
        "pinged, missing: 2018-09-12 12:02:00 resolved ehealth-platform"
    ]
    nothing_asked = timeline.model_copy(update={"pings": None, "shown": None})
    assert differences(nothing_asked, await replay(timeline, say=lambda line: None)) == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("start: yesterday", r"broken\.yaml"),
        (RECORDED.replace("source: page", "source: pag"), "pag"),
    ],
)
def test_a_timeline_that_cannot_be_played_names_its_file(
    tmp_path: Path, wrong: str, named: str
) -> None:
    """For whoever wrote it; and the source that it does not have."""
    path = tmp_path / "broken.yaml"
    path.write_text(wrong)
    with pytest.raises(TimelineError, match=named):
        load(path)


async def test_a_recorded_body_that_is_not_there_is_named(tmp_path: Path) -> None:
    """As a fault of whoever runs it, in one line."""
    (tmp_path / "timeline.yaml").write_text(RECORDED)
    with pytest.raises(OperatorError, match=r"fine\.json: No such file"):
        await print_replay(Settings(_env_file=None), tmp_path / "timeline.yaml")
