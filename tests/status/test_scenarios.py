"""Recorded incidents, played through readers, tracker and board: the pings they give, no others."""

from pathlib import Path

import pytest

from bot.status.model import Change, Confirmed
from bot.status.replay import Told, differences, replay
from bot.status.timeline import TimelineError, load

FOLDER = Path(__file__).parent.parent / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
async def test_a_recorded_incident_gives_its_pings_and_no_others(path: Path) -> None:
    """What the file says under `told` and `shown`, at those moments."""
    timeline = load(path)
    records = await replay(timeline, folder=FOLDER, say=lambda line: None)
    assert differences(timeline, records) == []


async def test_a_replay_says_each_step_and_hands_changes_to_a_fan_out() -> None:
    """In Belgian time, as the reports of the incidents have it."""
    handed: list[tuple[Change, ...]] = []

    async def fan_out(
        changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: object
    ) -> None:
        assert changes or confirmed
        handed.append(changes)

    said: list[str] = []
    timeline = load(FOLDER / "slowdowns-2018.yaml")
    records = await replay(timeline, on_changes=fan_out, say=said.append)
    told = [record for record in records if isinstance(record, Told)]
    assert [change for changes in handed for change in changes] == [each.change for each in told]
    assert (
        "2018-09-12 10:32:00  ping   onset         ehealth-platform: operational -> degraded"
        in said
    )


async def test_what_differs_from_a_recording_is_named() -> None:
    """So that a changed rule shows which pings it changes."""
    timeline = load(FOLDER / "slowdowns-2018.yaml")
    records = await replay(timeline, say=lambda line: None)
    dropped = timeline.model_copy(update={"told": timeline.told[1:]})
    assert differences(dropped, records) == [
        "told, not expected: 2018-09-12 10:32:00 onset ehealth-platform"
    ]
    assert differences(timeline, records[:-1]) == [
        "told, missing: 2018-09-12 12:02:00 resolved ehealth-platform"
    ]


def test_a_timeline_that_cannot_be_played_names_its_file(tmp_path: Path) -> None:
    """For whoever wrote it."""
    path = tmp_path / "broken.yaml"
    path.write_text("title: x\nstart: yesterday\n")
    with pytest.raises(TimelineError, match=r"broken\.yaml"):
        load(path)
