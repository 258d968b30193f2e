"""Where a reply goes: a new message, or in place of the one whose button was pressed."""

import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.alerts.model import Outgoing
from bot.chat.markup import Html, stripped, units

NOT_MODIFIED = "message is not modified"
UNPARSED = "can't parse entities"
CAPTION_LIMIT = 1024
"""UTF-16 units under a photo: https://core.telegram.org/bots/api#sendphoto."""
NO_LONGER_THERE = ("message to edit not found", "message can't be edited", "message_id_invalid")

_Given = TypeVar("_Given")


def keyboard(outgoing: Outgoing) -> InlineKeyboardMarkup | None:
    """The buttons of a message, if it has any."""
    if not outgoing.buttons:
        return None
    return InlineKeyboardMarkup(
        [[_button(label, data) for label, data in row] for row in outgoing.buttons]
    )


def _button(label: str, data: str) -> InlineKeyboardButton:
    """Callback data, or an address: that of a channel's link to the bot."""
    if data.startswith("https://"):
        return InlineKeyboardButton(label, url=data)
    return InlineKeyboardButton(label, callback_data=data)


async def in_html_or_plain(
    call: Callable[[str, str | None], Awaitable[_Given]], outgoing: Outgoing
) -> _Given:
    """Calls with text and parse mode. Refused markup goes plain: better than not at all."""
    try:
        return await call(outgoing.text, ParseMode.HTML)
    except BadRequest as error:
        if not _says(error, UNPARSED):
            raise
        return await call(stripped(Html(outgoing.text)), None)


async def send(update: Update, outgoing: Outgoing) -> None:
    """A new message; in a group it quotes the question, in a topic it stays there."""
    message = update.effective_message
    if not isinstance(message, Message):
        await _send_to_chat(update, outgoing)
        return
    if outgoing.picture is not None and await _send_picture(message, outgoing, outgoing.picture):
        return
    buttons = keyboard(outgoing)
    await in_html_or_plain(
        lambda text, mode: message.reply_text(text, parse_mode=mode, reply_markup=buttons), outgoing
    )


async def replace(update: Update, outgoing: Outgoing) -> None:
    """In place of the message with the button; a new one where that is gone."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        await send(update, outgoing)
        return
    if outgoing.picture is not None or query.message.photo:
        await _send_instead(update, outgoing, query.message)
        return
    edit, buttons = query.edit_message_text, keyboard(outgoing)
    try:
        await in_html_or_plain(
            lambda text, mode: edit(text, parse_mode=mode, reply_markup=buttons), outgoing
        )
    except BadRequest as error:
        if _says(error, *NO_LONGER_THERE):
            await send(update, outgoing)
        elif not _says(error, NOT_MODIFIED):
            raise


async def _send_picture(message: Message, outgoing: Outgoing, picture: bytes) -> bool:
    """The picture with the text under it. False: the text is still to be sent, on its own.

    Where it is too long for a caption, or where pictures are refused, as some groups do.
    """
    fits = units(Html(outgoing.text)) <= CAPTION_LIMIT
    try:
        if fits:
            await message.reply_photo(
                picture, caption=outgoing.text, reply_markup=keyboard(outgoing)
            )
        else:
            await message.reply_photo(picture)
    except BadRequest:
        return False
    return fits


async def _send_instead(update: Update, outgoing: Outgoing, old: Message) -> None:
    """A text and a photo cannot take each other's place: the new one is sent, the old removed."""
    await send(update, outgoing)
    with contextlib.suppress(BadRequest):  # too old to be removed, or gone: it may stay
        await old.delete()


async def _send_to_chat(update: Update, outgoing: Outgoing) -> None:
    chat = update.effective_chat
    if chat is None:
        return
    buttons = keyboard(outgoing)
    await in_html_or_plain(
        lambda text, mode: chat.send_message(text, parse_mode=mode, reply_markup=buttons), outgoing
    )


def _says(error: BadRequest, *texts: str) -> bool:
    return any(text in error.message.casefold() for text in texts)
