"""The truth: what every chat holds, whatever the bot was told about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .records import Content, Json, Message, Person
from .refusals import THREAD_NOT_FOUND, TOPIC_CLOSED, UPGRADED, RefusalError, no_access

ANONYMOUS = Person(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
"""In whose name an anonymous administrator of a group writes."""


@dataclass
class Chat:
    """One conversation and the bot's standing in it."""

    id: int
    type: str = "private"
    title: str = ""
    username: str | None = None
    person: Person | None = None
    standing: str = "member"
    members: dict[int, tuple[Person, str]] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    menu_button: Json | None = None
    migrated_to: int | None = None
    is_forum: bool = False
    topics: dict[int, bool] = field(default_factory=dict)
    """Of a forum: whether everyone may write in them."""
    last_message_id: int = 0

    def to_json(self) -> Json:
        """Return the API's `Chat` object."""
        chat: Json = {"id": self.id, "type": self.type}
        if self.person is not None and self.type == "private":
            chat["first_name"] = self.person.name
        elif self.type != "private":
            chat["title"] = self.title or f"Chat {self.id}"
        chat |= {"is_forum": True} if self.is_forum else {}
        return chat | ({"username": self.username} if self.username else {})

    def check_writable(self) -> None:
        """Refuse when the bot may not write here."""
        if self.migrated_to is not None:
            raise RefusalError(UPGRADED, 400, {"migrate_to_chat_id": self.migrated_to})
        refusal = no_access(self.standing, self.type)
        if refusal is not None:
            raise refusal

    def thread(self, wanted: int | None, reply_to: int | None) -> int | None:
        """Return the topic that a message of the bot lands in, or refuse.

        Without a wanted one, an answer goes to the topic of what it answers (issue 798 of
        tdlib/telegram-bot-api).
        """
        original = self.find(reply_to) if reply_to and wanted is None else None
        thread_id = original.thread_id if original is not None and self.is_forum else wanted
        if thread_id is None:
            return None
        if thread_id not in self.topics:
            raise RefusalError(THREAD_NOT_FOUND)
        if not self.topics[thread_id] and self.standing != "administrator":
            raise RefusalError(TOPIC_CLOSED)
        return thread_id

    def new_id(self) -> int:
        """Return the number of the next message; the numbers of a chat are never used twice."""
        self.last_message_id += 1
        return self.last_message_id

    def put(self, message: Message) -> Message:
        """Keep a message, new or changed."""
        self.messages[message.message_id] = message
        return message

    def visible(self) -> list[Message]:
        """Return the messages that are not deleted, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]

    def from_bot(self) -> list[Message]:
        """Return the visible messages of the bot."""
        return [message for message in self.visible() if message.from_bot]

    def find(self, message_id: int) -> Message | None:
        """Return a message that is still there."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def edit(self, message: Message, content: Content, now: float) -> Message:
        """Change a message and keep what it was."""
        edits = (*message.edits, message.content)
        times = (*message.edit_times, now)
        return self.put(replace(message, content=content, edits=edits, edit_times=times))

    def delete(self, message: Message) -> None:
        """Take a message out of sight; the truth keeps it."""
        self.put(replace(message, deleted=True))

    def message_json(self, message: Message, *, replies: bool = True) -> Json:
        """Return the API's `Message` object; a message replied to shows no further reply."""
        body: Json = {
            "message_id": message.message_id,
            "date": int(message.time),
            "chat": self.to_json(),
        }
        body |= self._sender(message)
        original = self.find(message.reply_to) if message.reply_to and replies else None
        if original is not None:
            body["reply_to_message"] = self.message_json(original, replies=False)
        return body | self._optional_parts(message) | dict(message.extra)

    def _sender(self, message: Message) -> Json:
        if self.type == "channel":
            return {"sender_chat": self.to_json()}
        if message.anonymous:
            return {"from": ANONYMOUS.to_json(), "sender_chat": self.to_json()}
        return {"from": message.sender.to_json()}

    def _optional_parts(self, message: Message) -> Json:
        text, entities = TEXT_FIELDS[message.kind == "text"]
        inline = (message.content.markup or {}).get("inline_keyboard")
        parts: Json = {
            text: message.text,
            entities: list(message.entities),
            "message_thread_id": message.thread_id,
            "is_topic_message": message.thread_id in self.topics,
            "edit_date": int(message.edit_times[-1]) if message.edit_times else None,
            "reply_markup": {"inline_keyboard": inline} if inline else None,
        }
        return {name: value for name, value in parts.items() if value}


TEXT_FIELDS = {True: ("text", "entities"), False: ("caption", "caption_entities")}


class Chats:
    """All chats that the bot could know."""

    def __init__(self, create: bool = False) -> None:
        """Start without chats; with `create` an unknown number becomes a chat when written to."""
        self.by_id: dict[int, Chat] = {}
        self.create = create

    def __iter__(self) -> Iterator[Chat]:
        """Go through the chats in the order of their first appearance."""
        return iter(self.by_id.values())

    def add(self, chat_id: int, chat_type: str = "private", title: str = "") -> Chat:
        """Return the chat, made when it is new."""
        chat = self.by_id.get(chat_id)
        if chat is None:
            person = Person(chat_id) if chat_type == "private" else None
            chat = Chat(chat_id, chat_type, title, person=person)
            self.by_id[chat_id] = chat
        return chat

    def find(self, chat_id: int | str) -> Chat:
        """Return a chat by number or @username, or refuse."""
        if isinstance(chat_id, str):
            named = [chat for chat in self if f"@{chat.username}" == chat_id]
            found = named[0] if named else None
        elif self.create:
            found = self.add(chat_id, "private" if chat_id > 0 else "supergroup")
        else:
            found = self.by_id.get(chat_id)
        if found is None:
            raise RefusalError("Bad Request: chat not found")
        return found
