"""Logs of feed entries: which of their labels says how it stands, and when that was."""

import pytest

from tests.status.test_feeds import item, log, phase, read, rss

RESOLVED_ONCE = "<p><b>Mon, 02 Mar 2026 09:00:00 GMT</b></p><h3>Resolved</h3><p>x</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"<h3>Status: INVESTIGATING</h3>{RESOLVED_ONCE}", "investigating"),
        (f"<h3>Status: MONITORING</h3><p>Severity: low</p>{log('Resolved')}", "monitoring"),
        (f"<h3>Status: RESOLVED</h3>{log('Monitoring', 'Investigating')}", "resolved"),
        ("<h3>Status: Open</h3><h3>Resolved</h3><p>x</p>", "investigating"),
        (f"<h3>Mar 2, 10:00 UTC - Status: Identified</h3>{RESOLVED_ONCE}", "resolved"),
        (f"{RESOLVED_ONCE}<h3>Status: Identified</h3>", "resolved"),
        ("<b>Status: Identified</b><br>x<br><b>Status: Resolved</b><br>x", "resolved"),
    ],
)
def test_a_status_above_a_log_is_that_of_the_whole(text: str, expected: str) -> None:
    """Whatever the log tells of an earlier end; one among others is a label like any."""
    assert phase("Trouble", text) == expected


def dated(*lines: str) -> str:
    """A log of lines `Feb 2 Resolved`, whose dates bear no year."""
    return "".join(
        f"<p><small>{day}, 10:00 UTC</small><br><strong>{label}</strong> - x</p>"
        for day, label in (line.rsplit(" ", 1) for line in lines)
    )


@pytest.mark.parametrize(
    ("published", "lines", "expected"),
    [
        ("03 Sep 2025", ("Sep 3 Resolved", "Feb 2 Investigating"), ("resolved", "2025-02-02")),
        ("03 Sep 2025", ("Feb 2 Investigating", "Sep 3 Resolved"), ("resolved", "2025-02-02")),
        ("03 Sep 2025", ("Sep 3 Monitoring", "Feb 2 Investigating"), ("monitoring", "2025-02-02")),
        (
            "03 Sep 2025",
            ("Sep 3 Investigating", "Feb 2 Resolved", "Feb 1 Investigating"),
            ("investigating", "2025-02-01"),
        ),
        ("02 Jan 2026", ("Jan 2 Resolved", "Dec 30 Investigating"), ("resolved", "2025-12-30")),
        ("30 Dec 2025", ("Dec 30 Investigating", "Jan 2 Resolved"), ("resolved", "2025-12-30")),
        ("30 Jun 2025", ("Jun 30 Investigating", "Aug 2 Monitoring"), ("monitoring", "2025-06-30")),
        (
            "01 Jul 2025",
            ("Mar 2 Monitoring", "Jul 1 2024 Investigating"),
            ("monitoring", "2024-07-01"),
        ),
    ],
)
def test_a_log_is_read_by_the_years_that_its_entry_tells(
    published: str, lines: tuple[str, ...], expected: tuple[str, str]
) -> None:
    """However long it is, and whether its entry bears the first or the last of its dates."""
    entry = item("Trouble", dated(*lines)).replace("02 Mar 2026 11", f"{published} 10")
    got = read(rss(entry))["incidents"][0]
    assert got["phase"] == expected[0]
    assert got["started_at"][:10] == expected[1]


HEADED = "<h3>Status: RESOLVED</h3><p>Severity: none</p>"
LOOKING = "<p><b>Mon, 02 Mar 2026 09:30:00 GMT</b></p><h3>Investigating</h3><p>x</p>"


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        (f"{HEADED}<p>Resolved: Mon, 02 Mar 2026 10:30:00 GMT</p>", "10:30"),
        (f"{HEADED}<p>Resolved at: 2026-03-02T10:30:00Z</p>{LOOKING}", "10:30"),
        (f"{HEADED}<p><b>Mon, 02 Mar 2026 10:15:00 GMT</b></p><h3>Good</h3>{LOOKING}", "10:15"),
        (f"{HEADED}<p>Resolved: Mon, 02 Mar 2026 10:30:00</p>", "11:00"),
        (f"{HEADED}<p>Resolved: soon after it was seen</p>", "11:00"),
        (f"{RESOLVED_ONCE}<p>Resolved: Mon, 02 Mar 2026 10:30:00 GMT</p>", "09:00"),
    ],
)
def test_an_end_is_read_from_a_line_of_its_own_or_the_last_date(text: str, ended: str) -> None:
    """A label that closes has the first word; a date without a zone says nothing."""
    got = read(rss(item("Trouble", text)))["incidents"][0]
    assert got["phase"] == "resolved"
    assert got["resolved_at"][11:16] == ended
