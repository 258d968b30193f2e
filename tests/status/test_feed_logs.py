"""Logs of feed entries: which of their labels says how it stands, and when that was."""

import pytest

from tests.status.test_feeds import log, phase

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
