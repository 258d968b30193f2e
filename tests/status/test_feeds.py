"""Feeds: phases out of titles and logs, as the makers of status pages write them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.status.events import superseded
from bot.status.model import Phase, State
from bot.status.readers.dates import end_of, parse_date
from bot.status.readers.formats import READERS
from bot.status.reading_json import as_json
from bot.status.unreadable import UnreadableError
from tests.status.samples import NOON


def rss(*items: str) -> bytes:
    """An RSS 2.0 feed of these items."""
    return f'<rss version="2.0"><channel><title>S</title>{"".join(items)}</channel></rss>'.encode()


def item(title: str, description: str = "", extra: str = "") -> str:
    """One item; its description is escaped HTML, as feeds carry it."""
    return (
        f"<item><title><![CDATA[{title}]]></title><description><![CDATA[{description}]]>"
        f"</description><pubDate>Mon, 02 Mar 2026 11:00:00 +0000</pubDate>{extra}</item>"
    )


def read(body: bytes) -> dict[str, Any]:
    """The reading as plain JSON."""
    return as_json(READERS["feed"]((body,), (None,), None, NOON))


def phase(title: str, description: str = "", extra: str = "") -> str | None:
    """The phase of a feed's only entry."""
    got = read(rss(item(title, description, extra)))
    found: str | None = (got["incidents"] + got["maintenances"])[0]["phase"]
    return found


def log(*labels: str, first_hour: int = 15, step: int = -1) -> str:
    """A Statuspage log with one paragraph per label."""
    return "".join(
        f"<p><small>Mar <var data-var='date'> 2</var>, <var data-var='time'>"
        f"{first_hour + number * step:02}:00</var> UTC</small><br><strong>{label}</strong> - x</p>"
        for number, label in enumerate(labels)
    )


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Resolved", "Monitoring", "Investigating"), "resolved"),
        (("Update", "Identified", "Investigating"), "identified"),
        (("Update", "Update", "Investigating"), "investigating"),
        (("Update", "Resolved", "Investigating"), "resolved"),
        (("Monitoring", "Postmortem", "Resolved"), "resolved"),
        (("Completed", "In progress", "Scheduled"), "completed"),
        (("Verifying", "In progress", "Scheduled"), "in_progress"),
        (("Scheduled",), "scheduled"),
        (("RESOLVED",), "resolved"),
        (("Investigating", "Resolved", "Investigating"), "investigating"),
        (("Update", "Identified", "Resolved", "Investigating"), "identified"),
    ],
)
def test_the_log_tells_the_phase(labels: tuple[str, ...], expected: str) -> None:
    """Closed when closed anywhere and not opened anew; else the newest named phase."""
    assert phase("Trouble", log(*labels)) == expected


def test_a_log_that_runs_from_old_to_new_is_turned_round() -> None:
    """Instatus writes its oldest entry first."""
    oldest_first = log("Investigating", "Identified", "Monitoring", first_hour=9, step=1)
    assert phase("Trouble", oldest_first) == "monitoring"
    assert phase("Trouble", log("Monitoring", "Identified", "Investigating")) == "monitoring"


INSTATUS_LINE = (
    "Mar 2, 09:00:00 GMT+0 - Investigating - We look. Mar 2, 10:00:00 GMT+0 - Identified - Found."
)


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        ("[Resolved] API is slow", "", "resolved"),
        ("[Identified] API is slow", "", "identified"),
        ("API went down", "", "investigating"),
        ("API recovered", "", "resolved"),
        ("Trouble", "<b>Status: Monitoring</b><br/>We wait.", "monitoring"),
        ("Trouble", "<h3>Status: RESOLVED</h3>", "resolved"),
        ("Trouble", "We are investigating slow answers.", "investigating"),
        ("Trouble", "The cause has been identified.", "identified"),
        ("Trouble", "The issue has been resolved.", "resolved"),
        ("Trouble", "The issue has not been fully understood.", None),
        ("Trouble", "Recovery is in progress.", None),
        ("Panne Recip-e", "Le problème est résolu.", "resolved"),
        ("Panne Recip-e", "L'incident n'a pas encore été résolu.", None),
        ("Panne Recip-e", "Nous écrirons dès que le problème est résolu.", None),
        ("Storing", "De storing is verholpen.", "resolved"),
        ("Storing", "We melden ons zodra de storing is opgelost.", None),
        ("Störung", "Die Störung wurde behoben.", "resolved"),
        ("Störung", "Die Störung ist nicht behoben.", None),
        ("Trouble", "We will write once the issue has been resolved.", None),
        ("Trouble", "The issue is resolved. If it comes back, tell us.", "resolved"),
        ("Trouble", "The bug has been fixed.", "resolved"),
        ("Trouble", "The bug has been fixed. We are monitoring.", "monitoring"),
        ("Trouble", "It has been resolved. We are monitoring.", "resolved"),
        ("Resolved - Trouble", "", "resolved"),
        ("Trouble - Resolved", "", "resolved"),
        ("Trouble (Opgelost)", "", "resolved"),
        ("Identified: Trouble", "", "identified"),
        ("Trouble - Monitoring", "", None),
        ("Trouble (resolved?)", "", None),
        ("Trouble - Resolved?", "", None),
        ("Resolved for some users, others still wait", "", None),
        ("API has not recovered", "", None),
        ("API partially recovered", "", None),
        ("Trouble", "<b>Status: Resolved?</b>", None),
        ("Trouble", "<p>This is not yet <strong>resolved</strong>.</p>", None),
        ("Trouble", "<p>It has now been <strong>resolved</strong>.</p>", "resolved"),
        ("Trouble", "<p>Mar 2, 10:00 uhr <strong>Behoben</strong></p>", "resolved"),
        ("Trouble", "State: resolved for some", None),
        ("Trouble", "State: resolved", "resolved"),
        (
            "Trouble",
            INSTATUS_LINE,
            "identified",
        ),
    ],
)
def test_titles_and_sentences_tell_where_no_label_stands(
    title: str, description: str, expected: str | None
) -> None:
    """None where the text does not say: nothing is guessed."""
    assert phase(title, description) == expected


def test_planned_work_is_a_maintenance_with_its_window() -> None:
    """Statuspage tells the window in a sentence without a year."""
    text = (
        "<p><strong>THIS IS A SCHEDULED EVENT Mar <var data-var='date'>7</var>, "
        "<var data-var='time'>22:00</var> - <var data-var='time'>02:00</var> UTC</strong></p>"
    ) + log("Scheduled")
    got = read(rss(item("Work", text)))
    assert got["incidents"] == []
    assert got["maintenances"][0]["starts_at"] == "2026-03-07T22:00:00+00:00"
    assert got["maintenances"][0]["ends_at"] == "2026-03-08T02:00:00+00:00"
    kener = rss(item("[Maintenance] Work", extra="<guid>maintenance-4</guid>"))
    assert [one["id"] for one in read(kener)["maintenances"]] == ["maintenance-4"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[Scheduled] New disks", "scheduled"),
        ("[In progress] New disks", "in_progress"),
        ("[Completed] New disks", "completed"),
        ("[Maintenance] New disks", None),
        ("[Scheduled maintenance] New disks", None),
    ],
)
def test_brackets_in_a_title_tell_planned_work(title: str, expected: str | None) -> None:
    """It is no incident, whatever else the text says."""
    got = read(rss(item(title)))
    assert got["incidents"] == []
    assert [one["phase"] for one in got["maintenances"]] == [expected]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("SCHEDULED", "scheduled"),
        ("READY", "scheduled"),
        ("ONGOING", "in_progress"),
        ("COMPLETED", "completed"),
        ("CANCELLED", "completed"),
    ],
)
def test_kener_writes_status_window_and_monitors_in_lines(status: str, expected: str) -> None:
    """https://github.com/rajnandan1/kener: work that was called off is not ahead any more."""
    text = (
        f"Status: {status}\nScheduled: Sat, 07 Mar 2026 22:00:00 GMT → Sun, 08 Mar 2026 02:00:00"
        " GMT\nAffected: API, Web\n\nWe are investigating whether all went well."
    )
    got = read(rss(item("[Maintenance] Work", text, "<guid>maintenance-4</guid>")))
    assert got["incidents"] == []
    assert got["maintenances"][0] | {"started_at": None} == {
        "id": "maintenance-4",
        "title": "[Maintenance] Work",
        "phase": expected,
        "started_at": None,
        "resolved_at": None,
        "components": ["API", "Web"],
        "starts_at": "2026-03-07T22:00:00+00:00",
        "ends_at": "2026-03-08T02:00:00+00:00",
    }


def test_kener_writes_incidents_likewise() -> None:
    """All monitors are no monitor of that name; an open end is no end."""
    text = "Status: IDENTIFIED\nAffected: API\n\nFound."
    got = read(rss(item("[Incident] Slow", text, "<guid>incident-7</guid>")))["incidents"][0]
    assert (got["phase"], got["components"]) == ("identified", ["API"])
    text = (
        "Status: ONGOING\nScheduled: Sat, 07 Mar 2026 22:00:00 GMT → open-ended\n"
        "Affected: All monitors"
    )
    work = read(rss(item("Work", text, "<guid>maintenance-5</guid>")))["maintenances"][0]
    assert (work["starts_at"], work["ends_at"]) == ("2026-03-07T22:00:00+00:00", None)
    assert work["components"] == []


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Mon, 02 Mar 2026 11:00:00 +0100", 10),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 11),
        ("Mon, 02 Mar 2026 11:00:00 CET", 10),
        ("Thu, 02 Jul 2026 11:00:00 CEST", 9),
        ("Mon, 02 Mar 2026 11:00:00 PST", 19),
        ("2026-03-02 11:00:00 UTC", 11),
        ("2026-03-02 11:00:00 +0100", 10),
        ("2026-03-02 11:00:00.123456789 +0000 UTC", 11),
        ("2026-03-02T11:00:00.123456789Z", 11),
        ("2026-03-02 11:00:00.5 +0100 CET", 10),
        ("2026-03-02 11:00:00 +0000 UTC m=+0.1", 11),
        ("2026-03-02T11:00:00+01:00[Europe/Brussels]", 10),
        ("2026/03/02 11:00", 11),
        ("1772449200", 11),
        ("1772449200000", 11),
        ("Mon, 02 Mar 2026 11:00:00 Z", 11),
    ],
)
def test_dates_are_read_in_their_own_zone(written: str, hour: int) -> None:
    """As RSS, Ruby, Go and Java write them, and seconds or milliseconds as text."""
    found = parse_date(written)
    assert found is not None
    assert found.hour == hour


@pytest.mark.parametrize(
    ("minutes", "hour"), [(60, 12), (0, None), (None, None), (-60, None), (60 * 24 * 31, None)]
)
def test_an_end_by_its_length(minutes: int | None, hour: int | None) -> None:
    """Of planned work; none where the length is below nought, or a month or more."""
    starts_at = datetime(2026, 3, 2, 11, tzinfo=UTC)
    found = end_of(starts_at, minutes)
    assert (found.hour if found else None) == hour
    assert end_of(None, minutes) is None


def test_affected_components_are_named() -> None:
    """incident.io lists them with their state, Instatus in a line."""
    listed = (
        "<b>Status: Identified</b><ul><li>API (Partial outage)</li><li>Web (Operational)</li></ul>"
    )
    got = READERS["feed"]((rss(item("A", listed)),), (None,), None, NOON)
    assert got.incidents[0].services == ("API", "Web")
    assert got.incidents[0].impact is State.PARTIAL_OUTAGE
    line = "\nType: Incident\nAffected Components: Jobs, Mail\nMar 2, 09:00:00 GMT+0 - Resolved - x"
    assert read(rss(item("A", line)))["incidents"][0]["components"] == ["Jobs", "Mail"]


def test_an_entry_is_kept_once_and_known_by_guid_link_or_title() -> None:
    """Readers of feeds meet the same entry again and again."""
    twice = item("A", extra="<guid>1</guid>")
    assert [one["id"] for one in read(rss(twice, twice))["incidents"]] == ["1"]
    assert read(rss(item("A", extra="<link>https://x.example/1</link>")))["incidents"][0]["id"] == (
        "https://x.example/1"
    )
    first, second = (read(rss(item("A")))["incidents"][0]["id"] for _ in range(2))
    assert first == second


def test_atom_is_read_with_its_dates_and_html_titles() -> None:
    """Atom says by an attribute that a title is HTML."""
    body = b"""<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom"><title>S</title><entry>
    <id>tag:s,2005:Incident/1</id><published>2026-03-02T09:00:00Z</published>
    <updated>2026-03-02T11:00:00+01:00</updated>
    <title type="html">A &amp;amp; &lt;b>B&lt;/b></title>
    <content type="html">&lt;p>&lt;strong>Resolved&lt;/strong> - x&lt;/p></content>
    </entry></feed>"""
    assert read(body)["incidents"] == [
        {
            "id": "tag:s,2005:Incident/1",
            "title": "A & B",
            "phase": "resolved",
            "started_at": "2026-03-02T09:00:00+00:00",
            "resolved_at": "2026-03-02T10:00:00+00:00",
            "components": [],
        }
    ]


def test_an_empty_feed_is_read_and_makes_nothing_fine() -> None:
    """A feed tells incidents alone."""
    assert read(rss()) == {"components": {}, "incidents": [], "maintenances": []}


@pytest.mark.parametrize("body", [b"<rss/>", b"<html><body/></html>", b"<feed xmlns='urn:x'/>"])
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    """XML of another kind is not an empty feed."""
    with pytest.raises(UnreadableError):
        read(body)


def test_phases_are_canonical_words() -> None:
    """Whatever a feed says, its phase is one of ours."""
    assert {phase("A", log(label)) for label in ("Verifying", "Postmortem")} <= set(Phase)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Résolu", "resolved"),
        ("Surveillance", "monitoring"),
        ("Enquête en cours", "investigating"),
        ("Opgelost", "resolved"),
        ("Wordt onderzocht", "investigating"),
        ("Behoben", "resolved"),
        ("Wird überwacht", "monitoring"),
        ("In uitvoering", "in_progress"),
        ("Geplant", "scheduled"),
        ("Abgeschlossen", "completed"),
        ("Wird beobachtet", "monitoring"),
        ("In Arbeit", "investigating"),
        ("Controleren", "monitoring"),
        ("In behandeling", "investigating"),
        ("Bezig", "investigating"),
        ("Clôturée", "resolved"),
        ("Résolution en cours", "identified"),
        ("Em investigação", "investigating"),
        ("Identificada", "identified"),
        ("En supervisión", "monitoring"),
        ("Em monitoramento", "monitoring"),
        ("Resuelta", "resolved"),
        ("Resolvida", "resolved"),
        ("Programada", "scheduled"),
        ("En progreso", "in_progress"),
        ("Concluída", "completed"),
    ],
)
def test_labels_are_read_in_our_languages(label: str, expected: str) -> None:
    """By Statuspage's log as by incident.io's line; also in two that pages of others speak."""
    assert phase("A", log(label)) == expected
    assert phase("A", f"<b>Statut : {label}</b><br/>x") == expected


def test_a_word_in_bold_within_a_text_is_no_label() -> None:
    """Where labels are followed by a dash, only what is followed by one is a label."""
    text = log("Investigating").replace(" - x", " - <b>Resolved</b> last week, back today")
    assert phase("A", text) == "investigating"


@pytest.mark.parametrize(
    ("zone", "began"),
    [
        ("UTC", "2026-03-01T13:00:00+00:00"),
        ("CET", "2026-03-01T12:00:00+00:00"),
        ("PST", "2026-03-01T21:00:00+00:00"),
        ("GMT+2", "2026-03-01T11:00:00+00:00"),
        ("+08", "2026-03-01T05:00:00+00:00"),
        ("XYZ", "2026-03-02T11:00:00+00:00"),
    ],
)
def test_the_log_tells_when_it_began(zone: str, began: str) -> None:
    """In its own zone; where nobody knows the zone, the entry's own date must do."""
    text = log("Resolved", "Investigating", first_hour=14).replace("> 2<", "> 1<")
    got = read(rss(item("A", text.replace("UTC", zone))))
    assert got["incidents"][0]["started_at"] == began


@pytest.mark.parametrize(
    ("zone", "began"),
    [(" GMT", "2026-03-01T09:15:00+00:00"), ("", "2026-03-02T11:00:00+00:00")],
)
def test_dates_that_stand_apart_from_the_labels_need_a_zone(zone: str, began: str) -> None:
    """Else nobody knows when that was."""
    date = f"<b>Sun, 01 Mar 2026 09:15:00{zone}</b>"
    got = read(rss(item("A", f"<h3>Investigating</h3><p>We look.</p>{date}<p>Since then.</p>")))
    assert got["incidents"][0]["started_at"] == began


def test_what_recovered_later_is_not_open() -> None:
    """Better Stack gives each word of a monitor an entry of its own."""
    late = item("API recovered", extra="<guid>2</guid>").replace("11:00", "11:30")
    got = READERS["feed"]((rss(late, item("API went down"), item("Web is down")),), (), None, NOON)
    assert [one.title for one in superseded(got.incidents, "feed")] == [
        "API recovered",
        "Web is down",
    ]


def test_an_entry_dated_ahead_is_planned_work() -> None:
    """Trouble is never dated ahead; a feed dates its work by the day when it will be done."""
    ahead = item("Nieuwe databank").replace("02 Mar 2026", "09 Mar 2026")
    assert [one["title"] for one in read(rss(ahead))["maintenances"]] == ["Nieuwe databank"]
