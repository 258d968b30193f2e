"""The Telegram bot: python-telegram-bot's Application with our handlers, on one page."""

from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseRateLimiter,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    Defaults,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.chat import menu
from bot.chat.commands import COMMANDS, TEAM_COMMANDS
from bot.chat.door import Door
from bot.chat.errors import Errors
from bot.chat.members import Members
from bot.chat.ordering import ChatByChat
from bot.chat.request import Parts
from bot.chat.wire import Wire

App = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.CHANNEL_POST,
)
"""All that we ask Telegram for: pass it to run_polling or run_webhook."""

BY_PEOPLE = filters.UpdateType.MESSAGES
"""Private chats and groups; in a channel commands are taken, and nothing else that is written."""
ANYWHERE = BY_PEOPLE | filters.UpdateType.CHANNEL_POST
WORDS = filters.TEXT | filters.CAPTION

REPLIES_AT_ONCE = 16
LATE_SECONDS = 5.0
"""How long after its time a long poll may be answered: asked again, nothing is lost."""


def build_application(
    token: str,
    api_url: str,
    parts: Parts,
    request: BaseRequest | None = None,
    lane: BaseRateLimiter[None] | None = None,
) -> App:
    """`api_url`: without `/bot`. `request`: another transport, for the console and load tests.

    `lane`: what replies wait in, where pings leave with the same token.
    """
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url.rstrip('/')}/bot")
        .base_file_url(f"{api_url.rstrip('/')}/file/bot")
        .defaults(_defaults())
        .concurrent_updates(ChatByChat())
        .post_init(_publisher(parts))
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    else:
        builder = builder.request(Wire(api_url, REPLIES_AT_ONCE))
        builder = builder.get_updates_request(Wire(api_url, 1, LATE_SECONDS))
    if lane is not None:
        builder = builder.rate_limiter(lane)
    application = builder.build()
    add_handlers(application, parts)
    return application


def add_handlers(application: App, parts: Parts) -> None:
    """Order matters: the first handler that fits takes the update."""
    door, members = Door(parts), Members(parts.preferences)
    application.add_handler(ChatMemberHandler(members.changed, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, members.migrated))
    application.add_handler(CallbackQueryHandler(door.button))
    for command in COMMANDS:
        application.add_handler(CommandHandler(command.name, door.command(command), ANYWHERE))
    for command in TEAM_COMMANDS:
        application.add_handler(CommandHandler(command.name, door.team_command(command)))
    application.add_handler(MessageHandler(filters.Regex(r"^/\w"), door.unknown_command))
    application.add_handler(MessageHandler(WORDS & BY_PEOPLE, door.question))
    application.add_handler(MessageHandler(~filters.StatusUpdate.ALL, door.other_kind))
    application.add_error_handler(Errors(parts.words).handle)


def _defaults() -> Defaults:
    """HTML, and no preview that pushes the steps off the screen."""
    return Defaults(
        parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )


def _publisher(parts: Parts) -> Any:
    async def publish(application: App) -> None:
        await menu.publish(application.bot, parts.words)

    return publish
