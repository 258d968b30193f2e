"""Where a reply goes: a new message, or in place of the one whose button was pressed."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.alerts.model import Outgoing
from bot.chat.markup import Html, stripped

NOT_MODIFIED = "message is not modified"
UNPARSED = "can't parse entities"
NO_LONGER_THERE = ("message to edit not found", "message can't be edited")


def keyboard(outgoing: Outgoing) -> InlineKeyboardMarkup | None:
    """The buttons of a message, if it has any."""
    if not outgoing.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=data) for label, data in row]
            for row in outgoing.buttons
        ]
    )


async def send(update: Update, outgoing: Outgoing) -> None:
    """A new message; in a group it quotes the question, in a topic it stays there."""
    message = update.effective_message
    if not isinstance(message, Message):
        await _send_to_chat(update, outgoing)
        return
    try:
        await message.reply_text(outgoing.text, reply_markup=keyboard(outgoing))
    except BadRequest as error:
        if not _says(error, UNPARSED):
            raise
        # Better without bold than not at all.
        await message.reply_text(
            stripped(Html(outgoing.text)), parse_mode=None, reply_markup=keyboard(outgoing)
        )


async def replace(update: Update, outgoing: Outgoing) -> None:
    """In place of the message with the button; a new one where that is gone."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        await send(update, outgoing)
        return
    try:
        await query.edit_message_text(
            outgoing.text, parse_mode=ParseMode.HTML, reply_markup=keyboard(outgoing)
        )
    except BadRequest as error:
        if _says(error, *NO_LONGER_THERE):
            await send(update, outgoing)
        elif not _says(error, NOT_MODIFIED):
            raise


async def _send_to_chat(update: Update, outgoing: Outgoing) -> None:
    chat = update.effective_chat
    if chat is not None:
        await chat.send_message(outgoing.text, reply_markup=keyboard(outgoing))


def _says(error: BadRequest, *texts: str) -> bool:
    return any(text in error.message.casefold() for text in texts)
