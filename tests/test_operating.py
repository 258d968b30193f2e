"""What an operator sees: counters without chats, and a wrong address told in one line."""

import socket
import urllib.request

import pytest

from bot.alerts.counters import SENT
from bot.faults import OperatorError
from bot.operating import serve_metrics, warn_without_contact


def test_counters_are_served_where_an_address_is_set() -> None:
    """Prometheus reads them over HTTP; no label names a chat."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    SENT.labels("onset").inc()
    server = serve_metrics(f"127.0.0.1:{port}")
    assert server is not None
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        text = answer.read().decode()
    server.shutdown()
    server.server_close()
    assert 'bis_deliveries_sent_total{kind="onset"}' in text
    assert "chat" not in text


@pytest.mark.parametrize(
    ("contact", "lines"), [(None, 1), ("ops@example.org", 0), ("https://example.org/bis", 0)]
)
def test_an_operator_without_a_contact_is_asked_for_one(
    caplog: pytest.LogCaptureFixture, contact: str | None, lines: int
) -> None:
    """Pages of others are read: their owners are to know whom to write to."""
    warn_without_contact(contact)
    assert len(caplog.messages) == lines
    assert all(one.startswith("CONTACT is not set:") for one in caplog.messages)


@pytest.mark.parametrize("listen", ["nowhere", "127.0.0.1:port"])
def test_an_address_that_cannot_be_used_is_told_with_its_mend(listen: str) -> None:
    """The setting is named, with an example."""
    with pytest.raises(OperatorError, match=r"METRICS_LISTEN .* 127\.0\.0\.1:9090"):
        serve_metrics(listen)
