"""What the operator counts. No label says who."""

from prometheus_client import Counter, Gauge

ROWS_WRITTEN = Counter("bis_deliveries_written_total", "Rows written to the outbox.")
SENT = Counter("bis_deliveries_sent_total", "Rows delivered.", ["kind"])
CLOSED = Counter("bis_deliveries_closed_total", "Rows closed without being sent.", ["state"])
FAILED = Counter("bis_sends_failed_total", "Sends that failed, by what was done.", ["error"])
UNCERTAIN_RESENT = Counter(
    "bis_uncertain_resent_total", "Sends repeated because no answer came: each may be a copy."
)
BANNED_SECONDS = Counter("bis_banned_seconds_total", "Seconds that Telegram asked us to wait.")
BREAKER_OPENED = Counter("bis_breaker_opened_total", "Bursts of refusals that removed nobody.")
IN_FLIGHT = Gauge("bis_sends_in_flight", "Sends that wait for an answer.")
READY = Gauge("bis_sender_ready", "1 while the sender works, 0 while it is halted.")
