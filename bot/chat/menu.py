"""The bot's own page in Telegram: commands and descriptions, from the one table."""

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.chat.commands import COMMANDS
from bot.knowledge import LANGUAGES
from bot.words import FALLBACK, Words

logger = logging.getLogger(__name__)


async def publish(bot: Bot, words: Words) -> None:
    """Sets menu and descriptions; the empty language code is for everyone else.

    They are decoration: where Telegram refuses them, that is logged and the bot goes on.
    """
    try:
        for code in ("", *LANGUAGES):
            await _publish_one(bot, words, code)
    except TelegramError as error:
        logger.warning("menu not published: %s", type(error).__name__)


def menu(words: Words, language: str) -> list[BotCommand]:
    """Name and description of each command."""
    return [
        BotCommand(command.name, words.text(language, command.description_key))
        for command in COMMANDS
    ]


async def _publish_one(bot: Bot, words: Words, code: str) -> None:
    language = code or FALLBACK
    await bot.set_my_commands(menu(words, language), language_code=code or None)
    await bot.set_my_description(words.text(language, "bot-description"), code or None)
    await bot.set_my_short_description(words.text(language, "bot-short-description"), code or None)
