"""The records of the fake: people, messages, buttons, answers, requests, violations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """A Telegram user; the bot itself is one as well."""

    id: int
    first_name: str = ""
    language_code: str | None = None
    username: str | None = None
    is_bot: bool = False

    @property
    def name(self) -> str:
        """What a transcript calls this person."""
        return self.first_name or f"Person {self.id}"

    def to_json(self) -> Json:
        """Return the API's `User` object."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.language_code:
            user["language_code"] = self.language_code
        if self.username:
            user["username"] = self.username
        return user


@dataclass(frozen=True)
class Button:
    """One button under a message, inline or of a reply keyboard."""

    text: str
    callback_data: str | None = None
    url: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, value: Json | str) -> Button:
        """Read a button; a reply keyboard may give only its text."""
        if isinstance(value, str):
            return cls(text=value)
        text = str(value.get("text", ""))
        return cls(text, value.get("callback_data"), value.get("url"), value)


@dataclass(frozen=True)
class Content:
    """What can change in a message by an edit."""

    text: str = ""
    entities: tuple[Json, ...] = ()
    markup: Json | None = None
    raw: str = ""
    parse_mode: str = ""

    def same_as(self, other: Content) -> bool:
        """Whether an edit to `other` would change nothing that a reader sees."""
        seen = (self.text, self.entities, self.markup)
        return seen == (other.text, other.entities, other.markup)


@dataclass(frozen=True)
class Message:
    """A message as it is now in its chat, with what it was before."""

    chat_id: int
    message_id: int
    sender: Person
    time: float
    content: Content = field(default_factory=Content)
    kind: str = "text"
    reply_to: int | None = None
    silent: bool = False
    thread_id: int | None = None
    anonymous: bool = False
    photo: bytes | None = None
    edits: tuple[Content, ...] = ()
    edit_times: tuple[float, ...] = ()
    deleted: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    caller: str = ""

    @property
    def text(self) -> str:
        """The text (or the caption of a photo) without markup."""
        return self.content.text

    @property
    def caption(self) -> str:
        """The caption; the same field as `text`, named for photos."""
        return self.content.text

    @property
    def entities(self) -> tuple[Json, ...]:
        """The formatting of the text."""
        return self.content.entities

    @property
    def parse_mode(self) -> str:
        """The parse mode with which the bot sent the text."""
        return self.content.parse_mode

    @property
    def from_bot(self) -> bool:
        """Whether the bot sent it."""
        return self.sender.is_bot

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        """The rows of buttons under the message."""
        markup = self.content.markup or {}
        keyboard = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return tuple(tuple(Button.from_json(button) for button in row) for row in keyboard)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons under the message, row after row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> list[str]:
        """The texts of the buttons."""
        return [button.text for button in self.buttons]


@dataclass(frozen=True)
class CallbackQuery:
    """A press on an inline button and, once given, its one answer."""

    id: str
    chat_id: int
    message_id: int
    person: Person
    data: str
    answer: Json | None = None
    expired: bool = False


@dataclass(frozen=True)
class InlineQuery:
    """A question typed after the bot's name in any chat, and its answer."""

    id: str
    person: Person
    text: str
    answer: Json | None = None


@dataclass(frozen=True)
class Upload:
    """A file that came in a multipart request."""

    name: str
    content: bytes
    content_type: str = ""


@dataclass(frozen=True)
class Violation:
    """A request that the Bot API's documentation does not allow."""

    method: str
    parameter: str
    rule: str


@dataclass(frozen=True)
class Request:
    """A request that reached the server, whatever became of it."""

    method: str
    parameters: Mapping[str, str]
    time: float
    files: tuple[str, ...] = ()
