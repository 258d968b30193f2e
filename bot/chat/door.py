"""Where Telegram's updates come in: admitted, turned into a `Request`, answered."""

import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import CallbackContext

from bot.chat import replies
from bot.chat.callbacks import parse
from bot.chat.commands import Command, unknown
from bot.chat.guard import Checked, Flood, Passage, check
from bot.chat.handlers import asking, oddities
from bot.chat.numbers import Numbers
from bot.chat.request import Parts, Request
from bot.chat.rights import may_change, may_press
from bot.chat.routes import ROUTES, Route
from bot.chat.views.start import simple
from bot.knowledge import LANGUAGES
from bot.preferences import Preferences
from bot.words import FALLBACK

Context = CallbackContext[Any, Any, Any, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]

KINDS = (
    ("sticker", "sticker"),
    ("photo", "photo"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video", "video"),
    ("video_note", "video"),
    ("animation", "sticker"),
    ("document", "document"),
    ("location", "location"),
    ("contact", "contact"),
)
"""Attribute of a message -> the kind it is told as; the first that is there counts."""


class Door:
    """Holds no policy: admits, builds the request, calls the action, sends what it says."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._numbers = Numbers(parts)
        self._flood = Flood(parts.clock, parts.messages_per_minute)

    def command(self, command: Command) -> Callback:
        """The handler of one command of the table."""

        async def handler(update: Update, context: Context) -> None:
            checked = check(" ".join(context.args or ()))
            route = Route(command.action, fresh=True, changes=command.changes)
            await self._serve(update, _cautioned(route, checked), (checked.text,))

        return handler

    def team_command(self, command: Command) -> Callback:
        """The same for one of the team's own; for anyone else there is no such command."""
        usual = self.command(command)

        async def handler(update: Update, context: Context) -> None:
            ours = _admin(update, self._parts) is not None
            await (usual if ours else self.unknown_command)(update, context)

        return handler

    async def unknown_command(self, update: Update, context: Context) -> None:
        """A command that is not ours; in a group only where it names this bot."""
        text = _text(update)
        name, _, addressee = text.split(maxsplit=1)[0].lstrip("/").partition("@")
        if _in_group(update) and addressee.casefold() != context.bot.username.casefold():
            return
        route = _cautioned(_UNKNOWN_COMMAND, check(text))
        await self._serve(update, route, (check(name).text,))

    async def question(self, update: Update, context: Context) -> None:
        """Free text, a caption too; in a group only what is meant for the bot."""
        text = _text(update)
        if _in_group(update):
            if not _addressed(update, context.bot):
                return
            text = re.sub(rf"@{context.bot.username}\b", " ", text, flags=re.IGNORECASE)
        message = update.effective_message  # an edited one, or a caption, presses nothing
        typed = message is update.message and isinstance(message, Message) and not message.caption
        pressed = self._numbers.meant(update, text) if typed else None
        if pressed is not None:
            await self._serve(update, *pressed, keeps=True)
            return
        await self._serve(update, _asked(update), (text.strip(),))

    async def other_kind(self, update: Update, _context: Context) -> None:
        """Whatever else a person sends; groups and edits of such things are left alone."""
        message = update.message
        if message is None or _in_group(update):
            return
        kind = next((kind for name, kind in KINDS if getattr(message, name, None)), None)
        if kind is None and message.text is not None:
            await self._serve(update, _QUESTION, ("",))
            return
        await self._serve(update, _OTHER_KIND, (kind or "other",))

    async def button(self, update: Update, context: Context) -> None:
        """A pressed button: always answered, so that its clock stops turning."""
        query = update.callback_query
        if query is None:
            return
        if not await may_press(update):
            told = self._to_reader(update, "channel-admin-only", bot=f"@{context.bot.username}")
            await _stop_clock(query, told, alert=True)
            return
        press = parse(query.data or "", self._parts.ids())
        route = ROUTES[press.verb] if press else _OLD_BUTTON
        if route.changes and not await may_change(update):
            await _stop_clock(query, self._to_reader(update, "group-admin-only"))
            return
        await _stop_clock(query)
        asked = replace(route, changes=False)  # whether they may was asked
        await self._serve(update, asked, press.arguments if press else ())

    async def _serve(
        self, update: Update, route: Route, arguments: tuple[str, ...] = (), *, keeps: bool = False
    ) -> None:
        """`keeps`: the numbered buttons that were shown before still count."""
        request = await self._admitted(update, arguments)
        if request is None:
            return
        if route.changes and not await may_change(update):
            route = _ADMINS_ONLY
        outgoing = await route.action(request)
        self._numbers.note(update, outgoing, keeps=keeps, fresh=route.fresh)
        await (replies.send if route.fresh else replies.replace)(update, outgoing)

    async def _admitted(self, update: Update, arguments: tuple[str, ...]) -> Request | None:
        """The request; None for one too many within the minute."""
        chat = update.effective_chat
        if chat is None:
            return None
        passage = self._flood.admit(chat.id)
        if passage is Passage.DROPPED:
            return None
        kept = await self._parts.preferences.load(chat.id)
        hint, admin = language_hint(update), _admin(update, self._parts)
        request = Request(self._parts, kept, arguments, hint, admin, _thread(update, kept))
        if passage is Passage.TOLD:
            await replies.send(update, simple(request.voice().say("flood-wait")))
            return None
        return request

    def _to_reader(self, update: Update, message: str, **arguments: str) -> str:
        """For the one person of many who pressed, in the language of their Telegram."""
        language = language_hint(update) or FALLBACK
        return self._parts.words.text(language, message, **arguments)


def language_hint(update: Update) -> str | None:
    """The language of the person's Telegram where it is one of ours: `nl-BE` is `nl`."""
    user = update.effective_user
    code = (user.language_code or "")[:2].casefold() if user else ""
    return code if code in LANGUAGES else None


_QUESTION = Route(asking.question, fresh=True)
_EDITED_QUESTION = Route(asking.edited_question, fresh=True)
_CAPTION = Route(asking.caption, fresh=True)
_EDITED_CAPTION = Route(asking.edited_caption, fresh=True)
_UNKNOWN_COMMAND = Route(unknown, fresh=True)
_OTHER_KIND = Route(oddities.other_kind, fresh=True)
_OLD_BUTTON = Route(oddities.old_button, fresh=True)
_ADMINS_ONLY = Route(oddities.admins_only, fresh=True)


def _asked(update: Update) -> Route:
    message = update.effective_message
    if isinstance(message, Message) and message.caption:
        return _EDITED_CAPTION if update.edited_message else _CAPTION
    return _EDITED_QUESTION if update.edited_message else _QUESTION


def _cautioned(route: Route, checked: Checked) -> Route:
    """With a warning before its reply where what was typed names a patient."""
    if checked.warned is None:
        return route
    return replace(route, action=oddities.warned(route.action, checked.warned))


def _admin(update: Update, parts: Parts) -> int | None:
    """A person of the team in their private chat; what they forward are another's words."""
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    if parts.team is None or chat is None or user is None or chat.type != ChatType.PRIVATE:
        return None
    forwarded = isinstance(message, Message) and message.forward_origin is not None
    return user.id if user.id in parts.settings.admin_ids and not forwarded else None


def _thread(update: Update, kept: Preferences) -> int | None:
    """The topic of a forum; that of a message too old to be read is taken to be the kept one.

    A thread of replies is none: https://core.telegram.org/bots/api#message.
    """
    message = update.effective_message
    if not isinstance(message, Message):
        return kept.thread_id
    return message.message_thread_id if message.is_topic_message else None


async def _stop_clock(
    query: CallbackQuery, told: str | None = None, *, alert: bool | None = None
) -> None:
    """`told`: shown to the one who pressed, and to nobody else; with `alert` until it is closed."""
    try:
        await query.answer(told, show_alert=alert)
    except BadRequest as error:
        # After a restart a press may be too old to be answered; its reply is still due.
        if "query is too old" not in error.message.casefold():
            raise


def _text(update: Update) -> str:
    message = update.effective_message
    return (message.text or message.caption or "") if isinstance(message, Message) else ""


def _in_group(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type != ChatType.PRIVATE


def _addressed(update: Update, bot: Any) -> bool:
    """Whether a group's message names the bot or replies to it."""
    message = update.effective_message
    if message is None:
        return False
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == bot.id:
        return True
    under = message.parse_caption_entities if message.caption else message.parse_entities
    return f"@{bot.username}".casefold() in {
        name.casefold() for name in under(["mention"]).values()
    }
