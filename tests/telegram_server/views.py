"""Looking at the truth: what a chat shows, what became of a press or a question."""

from __future__ import annotations

from .records import CallbackQuery, InlineQuery, Message
from .transcript import transcript
from .world import World


class Views:
    """Ways to look; the server inherits them."""

    world: World

    def messages(self, chat_id: int) -> list[Message]:
        """Return what can be seen in a chat, oldest first."""
        chat = self.world.chats.by_id.get(chat_id)
        return chat.visible() if chat else []

    def sent(self, chat_id: int) -> list[Message]:
        """Return what can be seen in a chat from the bot."""
        return [message for message in self.messages(chat_id) if message.from_bot]

    def history(self, chat_id: int) -> list[Message]:
        """Return every message of a chat, the deleted ones too."""
        chat = self.world.chats.by_id.get(chat_id)
        return list(chat.messages.values()) if chat else []

    def transcript(self, chat_id: int) -> str:
        """Return a chat as plain text."""
        chat = self.world.chats.by_id.get(chat_id)
        return transcript(chat) if chat else f"chat {chat_id}: nothing"

    def callback(self, query_id: str) -> CallbackQuery:
        """Return a press, with its answer once there is one."""
        return self.world.callback_queries[query_id]

    def inline(self, query_id: str) -> InlineQuery:
        """Return an inline question, with its answer once there is one."""
        return self.world.inline_queries[query_id]
