"""A chat as plain text, for people who read a failed test."""

from __future__ import annotations

from .chats import Chat
from .records import Message

INDENT = "      "


def transcript(chat: Chat) -> str:
    """Return everything that happened in a chat, one block a message."""
    title = chat.title or (chat.person.name if chat.person else "")
    head = f"chat {chat.id} ({chat.type}, {title}, bot is {chat.standing})"
    return "\n".join([head, *(block(message) for message in chat.messages.values())])


def block(message: Message) -> str:
    """Return one message with its marks, text, buttons and earlier versions."""
    who = "bot" if message.from_bot else message.sender.name
    first = f"[{message.message_id}] {who}{marks(message)}: "
    lines = [first + message.text.replace("\n", "\n" + INDENT)]
    lines += [INDENT + " ".join(f"[{button.text}]" for button in row) for row in message.rows]
    lines += [f"{INDENT}was: {earlier.text!r}" for earlier in message.edits]
    return "\n".join(lines)


def marks(message: Message) -> str:
    """Return what is special about a message, in brackets."""
    found = [message.kind] if message.kind != "text" else []
    found += [f"{len(message.photo)} bytes"] if message.photo else []
    found += [f"reply to {message.reply_to}"] if message.reply_to else []
    found += [f"in topic {message.thread_id}"] if message.thread_id else []
    found += ["silent"] if message.silent else []
    found += ["edited"] if message.edits else []
    found += ["deleted"] if message.deleted else []
    return f" ({', '.join(found)})" if found else ""
