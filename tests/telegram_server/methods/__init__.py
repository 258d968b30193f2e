"""The methods of the Bot API that the fake carries out, in one table."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from tests.telegram_server.forms import Form
from tests.telegram_server.refusals import METHOD_NOT_FOUND, RefusalError
from tests.telegram_server.world import World

from . import chat_facts, delivery, messages, profile, queries

Method = Callable[[World, Form], Any]

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "getUpdates": delivery.get_updates,
    "setWebhook": delivery.set_webhook,
    "deleteWebhook": delivery.delete_webhook,
    "getWebhookInfo": delivery.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "pinChatMessage": messages.pin_chat_message,
    "unpinChatMessage": messages.unpin_chat_message,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.text_setter("description"),
    "getMyDescription": profile.text_getter("description"),
    "setMyShortDescription": profile.text_setter("short_description"),
    "getMyShortDescription": profile.text_getter("short_description"),
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
    "sendChatAction": chat_facts.send_chat_action,
    "getChat": chat_facts.get_chat,
    "getChatMember": chat_facts.get_chat_member,
    "getChatAdministrators": chat_facts.get_chat_administrators,
    "leaveChat": chat_facts.leave_chat,
}
# The real server takes method names in any case.
BY_NAME = {name.lower(): method for name, method in METHODS.items()}


def named(name: str) -> Method:
    """Return a method; one that the fake does not have is a loud 404."""
    if name.lower() not in BY_NAME:
        raise RefusalError(METHOD_NOT_FOUND, 404, violation=("", "method not in the fake"))
    return BY_NAME[name.lower()]


async def carry_out(world: World, method: Method, form: Form) -> Any:
    """Let a method act; a few of them wait."""
    result = method(world, form)
    return await result if inspect.isawaitable(result) else result
