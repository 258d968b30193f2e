"""Everything the fake knows, in one place for the methods that act on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .chats import Chat, Chats
from .forms import Form
from .records import CallbackQuery, InlineQuery, Json, Message, Person
from .updates import Updates


@dataclass
class Profile:
    """What the bot has said about itself, by scope and language."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_button: Json | None = None


@dataclass
class World:
    """The chats, the queries, the profile and the updates of one bot."""

    bot: Person
    privacy_mode: bool = True
    create_chats: bool = False
    clock: Callable[[], float] = time.time
    callback_queries: dict[str, CallbackQuery] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    actions: list[tuple[int, str]] = field(default_factory=list)
    profile: Profile = field(default_factory=Profile)
    updates: Updates = field(default_factory=Updates)
    chats: Chats = field(init=False)
    last_query: int = 0

    def __post_init__(self) -> None:
        """Make the chats."""
        self.chats = Chats(self.create_chats)

    def chat(self, form: Form) -> Chat:
        """Return the chat of a request, or refuse."""
        return self.chats.find(form.chat_id())

    def new_query_id(self) -> str:
        """Return the number of the next query; real numbers are as long."""
        self.last_query += 1
        return str(4_000_000_000_000_000_000 + self.last_query)

    def answer(self, chat: Chat, message: Message) -> Json:
        """Tell those who wait that a chat changed, and return the message for the bot."""
        self.updates.wake()
        return chat.message_json(message)
