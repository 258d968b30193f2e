"""Acting as people: they write, press buttons, block the bot, change groups."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict, Unpack

from .chats import Chat
from .formatting import find_entities
from .methods.chat_facts import bot_status, member_json
from .records import (
    Button,
    CallbackQuery,
    Content,
    InlineQuery,
    Json,
    Message,
    Person,
)
from .world import World


class Who(TypedDict, total=False):
    """Who writes, where and to what; the same for every kind of message."""

    user: Person | int | None
    language_code: str | None
    chat_type: str
    reply_to: int | None
    thread_id: int | None
    anonymous: bool


class People:
    """What people can do; the server inherits it."""

    world: World

    def add_chat(
        self,
        chat_id: int,
        chat_type: str = "private",
        title: str = "",
        username: str | None = None,
    ) -> Chat:
        """Make a chat that the bot may write to, without an update."""
        chat = self.world.chats.add(chat_id, chat_type, title)
        chat.username = username or chat.username
        return chat

    async def say(self, chat_id: int, text: str, **who: Unpack[Who]) -> Message:
        """Write a text; commands, mentions and links become entities as in an app."""
        return self._send(chat_id, "text", {}, text, **who)

    async def sticker(self, chat_id: int, emoji: str = "👍", **who: Unpack[Who]) -> Message:
        """Send a sticker."""
        picture = file_json("sticker") | {"width": 512, "height": 512, "emoji": emoji}
        extra = {"sticker": picture | {"type": "regular", "is_animated": False, "is_video": False}}
        return self._send(chat_id, "sticker", extra, **who)

    async def photo(self, chat_id: int, caption: str = "", **who: Unpack[Who]) -> Message:
        """Send a photo."""
        extra = {"photo": [file_json("photo") | {"width": 90, "height": 90}]}
        return self._send(chat_id, "photo", extra, caption, **who)

    async def voice(self, chat_id: int, **who: Unpack[Who]) -> Message:
        """Send a voice message."""
        return self._send(chat_id, "voice", {"voice": file_json("voice") | {"duration": 3}}, **who)

    async def document(self, chat_id: int, caption: str = "", **who: Unpack[Who]) -> Message:
        """Send a file."""
        extra = {"document": file_json("document") | {"file_name": "file.pdf"}}
        return self._send(chat_id, "document", extra, caption, **who)

    async def edit_own(self, chat_id: int, message_id: int, text: str) -> Message:
        """Change what was written before."""
        chat = self.world.chats.by_id[chat_id]
        content = Content(text, tuple(find_entities(text)), raw=text)
        message = chat.edit(chat.messages[message_id], content, self.world.clock())
        kind = "edited_channel_post" if chat.type == "channel" else "edited_message"
        self.world.updates.add(kind, chat.message_json(message))
        return message

    async def press(
        self,
        chat_id: int,
        button: str,
        *,
        user: Person | int | None = None,
        message_id: int | None = None,
        expired: bool = False,
    ) -> str:
        """Press a button by its text or data; return the number of the callback query.

        A button of a reply keyboard sends its text, and no number is returned.
        """
        chat = self.world.chats.by_id[chat_id]
        message, found = find_button(chat, button, message_id)
        if "inline_keyboard" not in (message.content.markup or {}):
            await self.say(chat_id, found.text, user=user, chat_type=chat.type)
            return ""
        if found.callback_data is None:
            raise LookupError(f"the button {button!r} sends nothing to the bot")
        person = self.person(chat, user)
        return self.press_data(chat, message, person, found.callback_data, expired)

    def press_data(
        self, chat: Chat, message: Message, person: Person, data: str, expired: bool = False
    ) -> str:
        """Send a callback query with any data, also data that no button has."""
        query_id = self.world.new_query_id()
        query = CallbackQuery(query_id, chat.id, message.message_id, person, data, expired=expired)
        self.world.callback_queries[query_id] = query
        update = {
            "id": query_id,
            "from": person.to_json(),
            "message": chat.message_json(message),
            "chat_instance": str(chat.id),
            "data": data,
        }
        self.world.updates.add("callback_query", update)
        return query_id

    async def inline_query(
        self, text: str, *, user: Person | int = 1, language_code: str | None = None
    ) -> str:
        """Type a question after the bot's name; return the number of the query."""
        person = user if isinstance(user, Person) else Person(user, language_code=language_code)
        query_id = self.world.new_query_id()
        self.world.inline_queries[query_id] = InlineQuery(query_id, person, text)
        update = {"id": query_id, "from": person.to_json(), "query": text, "offset": ""}
        self.world.updates.add("inline_query", update)
        return query_id

    async def block(self, chat_id: int) -> None:
        """Block the bot in a private chat."""
        await self.set_standing(chat_id, "blocked")

    async def unblock(self, chat_id: int) -> None:
        """Let the bot write again."""
        await self.set_standing(chat_id, "member")

    async def set_standing(
        self, chat_id: int, standing: str, *, notify: bool = True, **who: Unpack[Who]
    ) -> None:
        """Make the bot member, administrator, kicked, left, blocked, deactivated or deleted."""
        known = chat_id in self.world.chats.by_id
        chat = self.world.chats.add(chat_id, who.get("chat_type", "private"))
        before, chat.standing = bot_status(chat) if known else "left", standing
        silent = standing in ("deactivated", "deleted") or not notify
        if silent:
            self.world.updates.wake()
            return
        update = {
            "chat": chat.to_json(),
            "from": self.person(chat, who.get("user")).to_json(),
            "date": int(self.world.clock()),
            "old_chat_member": member_json(self.world.bot, before),
            "new_chat_member": member_json(self.world.bot, bot_status(chat)),
        }
        self.world.updates.add("my_chat_member", update)

    async def set_member(self, chat_id: int, user: Person | int, status: str) -> None:
        """Give a person a status in a chat: creator, administrator, member, left, kicked."""
        chat = self.world.chats.by_id[chat_id]
        person = user if isinstance(user, Person) else Person(user)
        chat.members[person.id] = (person, status)

    async def migrate(self, chat_id: int, new_id: int) -> Chat:
        """Turn a group into a supergroup, with the two service messages."""
        old = self.world.chats.by_id[chat_id]
        new = self.world.chats.add(new_id, "supergroup", old.title)
        old.migrated_to, new.members = new_id, dict(old.members)
        self._send(chat_id, "service", {"migrate_to_chat_id": new_id})
        self._send(new_id, "service", {"migrate_from_chat_id": chat_id})
        return new

    def person(
        self, chat: Chat, user: Person | int | None, language_code: str | None = None
    ) -> Person:
        """Return who acts; a person keeps the language of the last time in a chat."""
        default = chat.id if chat.type == "private" else abs(chat.id) % 10**9 + 1
        given = user if isinstance(user, Person) else Person(user or default)
        known = chat.members.get(given.id, (given, ""))[0]
        person = given if isinstance(user, Person) else known
        if language_code is not None:
            person = replace(person, language_code=language_code)
        chat.members[person.id] = (person, chat.members.get(person.id, (person, "member"))[1])
        if chat.type == "private":
            chat.person = person
        return person

    def _send(
        self, chat_id: int, kind: str, extra: Json, text: str = "", **who: Unpack[Who]
    ) -> Message:
        chat = self.world.chats.add(chat_id, who.get("chat_type", "private"))
        person = self.person(chat, who.get("user"), who.get("language_code"))
        message = Message(
            chat_id=chat.id,
            message_id=chat.new_id(),
            sender=person,
            time=self.world.clock(),
            content=Content(text, tuple(find_entities(text)), raw=text),
            kind=kind,
            reply_to=who.get("reply_to"),
            thread_id=who.get("thread_id"),
            anonymous=who.get("anonymous", False),
            extra=extra,
        )
        chat.put(message)
        if reaches_bot(self.world, chat, message):
            update = "channel_post" if chat.type == "channel" else "message"
            self.world.updates.add(update, chat.message_json(message))
        return message


def reaches_bot(world: World, chat: Chat, message: Message) -> bool:
    """Apply privacy mode: in a group the bot sees commands, mentions, replies to it.

    Source: core.telegram.org/bots/features, "Privacy mode"; administrators see everything.
    """
    if chat.standing not in ("member", "administrator"):
        return False
    if chat.type not in ("group", "supergroup") or not world.privacy_mode:
        return True
    original = chat.find(message.reply_to) if message.reply_to else None
    to_bot = original is not None and original.from_bot
    called = f"@{world.bot.username}".lower() in message.text.lower()
    command = message.text.startswith("/") and ("@" not in message.text.split()[0] or called)
    admin = chat.standing == "administrator"
    return admin or message.kind == "service" or to_bot or called or command


def find_button(chat: Chat, wanted: str, message_id: int | None) -> tuple[Message, Button]:
    """Return the newest button with this text or data."""
    messages = [chat.messages[message_id]] if message_id else list(reversed(chat.from_bot()))
    for message in messages:
        for button in message.buttons:
            if wanted in (button.text, button.callback_data):
                return message, button
    shown = [message.labels for message in messages if message.labels]
    raise LookupError(f"no button {wanted!r} in chat {chat.id}; there are {shown}")


def file_json(kind: str) -> Json:
    """Return the identifiers that every file has."""
    return {"file_id": f"{kind}-file", "file_unique_id": f"{kind}-unique", "file_size": 1000}
