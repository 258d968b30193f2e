"""What holds of every message that the bot sends."""

from bot.alerts.model import Outgoing
from bot.chat.callbacks import LIMIT
from bot.chat.keyboards import LABEL_LIMIT
from bot.chat.markup import MESSAGE_LIMIT, Html, units
from tests.telegram_server import parse_html


def assert_sendable(outgoing: Outgoing) -> None:
    """Telegram takes it, and a telephone shows its buttons whole."""
    assert outgoing.text.strip()
    assert "\n\n\n" not in outgoing.text
    parse_html(outgoing.text)
    assert units(Html(outgoing.text)) <= MESSAGE_LIMIT
    buttons = [button for row in outgoing.buttons for button in row]
    assert len(buttons) <= 100
    for label, data in buttons:
        assert 0 < len(label) <= LABEL_LIMIT
        assert 0 < len(data.encode()) <= LIMIT
