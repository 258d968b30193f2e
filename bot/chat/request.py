"""What an action is given, free of Telegram: typed commands and buttons meet here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.alerts.model import Outgoing
from bot.answering import Answer, Context, Question
from bot.chat.guard import FLOOD_MESSAGES
from bot.chat.past import History
from bot.chat.recent import Recent
from bot.chat.team import Team
from bot.chat.voice import Voice
from bot.clock import Clock
from bot.knowledge import Knowledge
from bot.preferences import Preferences, PreferenceStore
from bot.settings import Settings
from bot.status.model import Board
from bot.words import FALLBACK, Words


@dataclass(frozen=True)
class Parts:
    """What the chat is built from. `knowledge` and `board` are asked anew for each update.

    `answer`: `bot.answering.answer` with the knowledge, matcher, board and clock filled in.
    """

    knowledge: Callable[[], Knowledge]
    answer: Callable[[Question, Context], Answer]
    board: Callable[[], Board]
    preferences: PreferenceStore
    words: Words
    clock: Clock
    settings: Settings
    messages_per_minute: int = FLOOD_MESSAGES
    """What one chat may send; a terminal, whose lines may come from a pipe, is given more."""
    history: History | None = None
    """What was; without it, /status SERVICE is told in words alone."""
    lists: Recent = field(default_factory=Recent)
    """The numbered buttons that each chat was shown last: a typed number presses one."""
    near: Recent = field(default_factory=Recent)
    """What else its last question may have meant: offered to who says "not that"."""
    team: Team | None = None
    """What the team does by hand; without it, nobody is of the team."""

    def ids(self) -> tuple[str, ...]:
        """All that a button may carry, where need be as a digest."""
        known = self.knowledge()
        return (*known.procedures, *known.services, *known.professions)


@dataclass(frozen=True)
class Request:
    """One command, button or question of one chat.

    `arguments`: those of the button, or the one text that followed the command.
    `hint`: the language of the person's Telegram, where it is one of ours.
    `admin`: number of the person, if of the team, in the private chat, and in their own words.
    `thread_id`: of a forum, the topic in which it was said.
    """

    parts: Parts
    preferences: Preferences
    arguments: tuple[str, ...] = ()
    hint: str | None = None
    admin: int | None = None
    thread_id: int | None = None

    @property
    def argument(self) -> str:
        """The first argument, or an empty text."""
        return self.arguments[0] if self.arguments else ""

    @property
    def language(self) -> str | None:
        """The one that was chosen, else Telegram's; None: the question decides."""
        return self.preferences.language or self.hint

    def voice(self, answer: str | None = None) -> Voice:
        """In the language of an `answer`, that of its question; else in the chat's."""
        language = answer or self.language or FALLBACK
        return Voice(self.parts.words, language, self.parts.knowledge(), self.parts.clock())

    async def keep(self, preferences: Preferences) -> "Request":
        """Saves the preferences and goes on with them."""
        await self.parts.preferences.save(preferences)
        return replace(self, preferences=preferences)


Action = Callable[[Request], Awaitable[Outgoing]]
"""Does what was asked and says what to tell. Knows no Telegram."""
