"""Forums: supergroups in which every message but those of the general topic has a topic."""

from __future__ import annotations

from .chats import Chat
from .records import Message, Person
from .world import World


class Forums:
    """What people do with topics; the server inherits it."""

    world: World

    def add_topic(self, chat_id: int, title: str = "") -> int:
        """Make a topic, and the supergroup a forum; return the number of its thread.

        A topic's thread has the number of the service message that tells of it.
        """
        chat = self.world.chats.add(chat_id, "supergroup")
        created = {"forum_topic_created": {"name": title or "Topic", "icon_color": 7322096}}
        number = chat.new_id()
        chat.is_forum, chat.topics[number] = True, True
        owner, now = Person(abs(chat_id)), self.world.clock()
        told = Message(chat_id, number, owner, now, kind="service", thread_id=number, extra=created)
        chat.put(told)
        return number

    def close_topic(self, chat_id: int, thread_id: int) -> None:
        """Let only administrators write in it."""
        self._chat(chat_id).topics[thread_id] = False

    def delete_topic(self, chat_id: int, thread_id: int) -> None:
        """Take it away with all its messages."""
        chat = self._chat(chat_id)
        del chat.topics[thread_id]
        for message in chat.visible():
            if message.thread_id == thread_id:
                chat.delete(message)

    def _chat(self, chat_id: int) -> Chat:
        return self.world.chats.by_id[chat_id]
