"""`status --history`: transitions, incidents of a month, availability, from the real store."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.alerts.fanout import Fanout
from bot.alerts.graph import Graph
from bot.clock import local
from bot.commands.history import parsed_span, print_history
from bot.commands.status import Wanted
from bot.faults import OperatorError
from bot.loading import load_base
from bot.opening import opened_store
from bot.settings import Settings
from bot.status.model import Change, ChangeKind, Confirmed, Incident, State
from bot.store.database import open_database
from bot.store.outbox import SqlOutbox

UP, DOWN, DARK = State.OPERATIONAL, State.MAJOR_OUTAGE, State.UNKNOWN
HOUR = timedelta(hours=1)


@pytest.fixture(name="settings")
async def _settings(tmp_path: Path) -> Settings:
    """A store in which sts was down for an hour of four, and then not known for one."""
    settings = Settings(_env_file=None, data_dir=tmp_path)
    database = await open_database(settings.database(), tmp_path)
    fanout = Fanout(SqlOutbox(database), Graph(load_base(settings)), lambda: None)
    start = datetime.now(UTC) - 4 * HOUR
    for hours, kind, previous, state in (
        (0, None, DARK, UP),
        (1, ChangeKind.ONSET, UP, DOWN),
        (2, ChangeKind.RESOLVED, DOWN, UP),
        (3, None, UP, DARK),
    ):
        at = start + hours * HOUR
        key = "ehealth:7" if state is DOWN else None
        kept = Confirmed("sts", state, at, "ehealth", key)
        told = (
            [Change(kind, "sts", previous, state, at, at, "ehealth", "ehealth:7")] if kind else []
        )
        await fanout.record(tuple(told), (kept,), at)
    await fanout.record((), (Confirmed("itsme", UP, start, "ehealth"),), start)
    await database.close()
    return settings


def wanted(service: str | None = None, *, as_json: bool = False, as_csv: bool = False) -> Wanted:
    """What was asked for."""
    return Wanted(None, service, "en", as_json=as_json, as_csv=as_csv)


async def test_json_holds_transitions_incidents_and_availability(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """The end of an incident bears its key; what is unknown is told beside the known share."""
    assert await print_history(settings, wanted("sts", as_json=True), "5h") == 0
    told = json.loads(capsys.readouterr().out)
    assert [
        (one["service"], one["from"], one["to"], one["source"], one["incident"])
        for one in told["transitions"]
    ] == [
        ("sts", None, "operational", "ehealth", None),
        ("sts", "operational", "major_outage", "ehealth", "ehealth:7"),
        ("sts", "major_outage", "operational", "ehealth", "ehealth:7"),
        ("sts", "operational", "unknown", "ehealth", None),
    ]
    (incident,) = told["incidents"]
    assert (incident["code"], incident["worst"]) == ("STS-0001-2", "major_outage")
    assert incident["ended_at"] is not None
    (known,) = told["availability"]
    assert known["service"] == "sts"
    assert known["share"] == pytest.approx(2 / 3, abs=0.001)
    assert known["known"] == pytest.approx(3 / 5, abs=0.001)


async def test_csv_holds_the_transitions(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of all services where none is named; nothing that is older than asked for."""
    await print_history(settings, wanted(as_csv=True), "150h")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == ["at", "service", "from", "to", "since", "source", "incident"]
    assert [row["service"] for row in rows] == ["sts", "sts", "sts", "sts", "itsme"]
    await print_history(settings, wanted(as_csv=True), "2h")
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["from"], row["to"]) == ("operational", "unknown")


async def test_a_person_reads_all_three(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """In Belgian time."""
    await print_history(settings, wanted(), "5h")
    told = capsys.readouterr().out
    assert "sts: operational -> major_outage, since 2" in told
    assert "(ehealth, ehealth:7)" in told
    assert "STS-0001-2  sts: outage, major_outage, 2" in told
    assert "  sts: 66.6" in told
    assert "; unknown for 4" in told
    assert "Unknown all the time: ehealth-platform, " in told


async def test_work_without_an_end_is_told_to_have_none(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither over at its beginning, nor still open for ever."""
    begins = datetime.now(UTC) - HOUR / 2
    work = Incident("m1", "ehealth", "work", None, ("sts",), starts_at=begins)
    heard = begins - HOUR
    told = Change(ChangeKind.PLANNED, "sts", UP, UP, heard, begins, "ehealth", "m1", work)
    async with opened_store(settings) as database:
        fanout = Fanout(SqlOutbox(database), Graph(load_base(settings)), lambda: None)
        await fanout.record((told,), (), heard)
    await print_history(settings, wanted("sts"), "5h")
    assert f"sts: planned, operational, from {local(begins)}, no end was told" in (
        capsys.readouterr().out
    )


async def test_a_service_that_there_is_not_is_refused(settings: Settings) -> None:
    """And the nearest is named; so is a span that cannot be read."""
    with pytest.raises(OperatorError, match="did you mean 'sts'"):
        await print_history(settings, wanted("stss"), "5h")
    with pytest.raises(OperatorError, match="7d or 12h"):
        parsed_span("a week")
    assert parsed_span("7d") == timedelta(days=7)
