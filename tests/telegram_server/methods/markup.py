"""Keyboards under messages: what the real server refuses in them."""

from __future__ import annotations

from typing import Any

from tests.telegram_server.forms import Form
from tests.telegram_server.limits import check_built_in
from tests.telegram_server.records import Json
from tests.telegram_server.refusals import RefusalError, broken_rule

BUTTON_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
    "callback_game", "pay",
)  # fmt: skip


def read_markup(form: Form) -> Json | None:
    """Return the keyboard of a request; an empty one is none."""
    markup = form.json("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise broken_rule("Bad Request: object expected as reply markup", "reply_markup", "object")
    check_inline_keyboard(markup.get("inline_keyboard"))
    return markup if markup != {"inline_keyboard": []} else None


def check_inline_keyboard(keyboard: Any) -> None:
    """Refuse a button that could do nothing or says too much."""
    for row in keyboard or []:
        for button in row:
            check_button(button)


def check_button(button: Json) -> None:
    """Refuse a button without an action or with data over 64 bytes."""
    actions = [name for name in BUTTON_ACTIONS if name in button]
    if not actions:
        raise broken_rule(
            "Bad Request: text buttons are unallowed in the inline keyboard",
            "reply_markup",
            "exactly one action",
        )
    if not str(button.get("text", "")).strip():
        raise RefusalError(
            "Bad Request: can't parse inline keyboard button: Text must be non-empty"
        )
    if "callback_data" in button:
        wording = "Bad Request: BUTTON_DATA_INVALID"
        check_built_in("callback_data", str(button["callback_data"]), "callback_data", wording)
