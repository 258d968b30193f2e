"""Recorded incidents, from readers to subscriber: the changes and pings they give, no others."""

from pathlib import Path

import pytest

from bot.commands.replay import play
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


def test_a_timeline_that_cannot_be_played_names_its_file(tmp_path: Path) -> None:
    """For whoever wrote it."""
    path = tmp_path / "broken.yaml"
    path.write_text("title: x\nstart: yesterday\n")
    with pytest.raises(TimelineError, match=r"broken\.yaml"):
        load(path)
