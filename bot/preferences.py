"""What a chat has chosen: all that is kept of a person, and the small door to where it is kept."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol

ALL_SERVICES = "*"
"""Stands in `services` for "every service of my profession"."""


@dataclass(frozen=True)
class QuietHours:
    """From `start` to `end` in Europe/Brussels; may run over midnight."""

    start: time
    end: time


def on_duty(night_off_until: datetime | None, now: datetime) -> bool:
    """Whether night duty holds: quiet hours do not count at this moment."""
    return night_off_until is not None and now < night_off_until


@dataclass(frozen=True)
class Preferences:
    """One chat's choices. No name, no text: what is not kept cannot leak.

    `last_procedure` is kept as its id alone, for follow-up questions within ten minutes.
    `night_off_until`: night duty, set by `PreferenceStore.leave_quiet` alone.
    `thread_id`: of a forum, the topic where it is told; None is the general one.
    """

    chat_id: int
    language: str | None = None
    profession: str | None = None
    services: frozenset[str] = frozenset()
    quiet: QuietHours | None = None
    last_procedure: str | None = None
    last_asked_at: datetime | None = None
    night_off_until: datetime | None = None
    thread_id: int | None = None

    def on_duty(self, now: datetime) -> bool:
        """Whether quiet hours do not count at this moment."""
        return on_duty(self.night_off_until, now)


@dataclass(frozen=True)
class Forgotten:
    """What /stop deleted, to be told: number of subscriptions and of pings not yet sent."""

    known: bool
    subscriptions: int
    pending: int


class PreferenceStore(Protocol):
    """Where preferences are kept. `bot.store.chats` is the one that runs."""

    async def load(self, chat_id: int) -> Preferences:
        """Those of the chat; of an unknown chat, empty ones."""

    async def save(self, preferences: Preferences) -> None:
        """Keeps all fields but night duty, in one transaction. Creates the chat where it is new."""

    async def leave_quiet(self, chat_id: int, until: datetime) -> None:
        """Night duty: quiet hours do not count until then; what waited for them is due now."""

    async def forget(self, chat_id: int) -> Forgotten:
        """Deletes all that is kept of the chat, pending pings too, in one transaction."""

    async def mute(self, chat_id: int, code: str) -> bool:
        """No more pings of the incident with this code to the chat; False: no such incident."""

    async def set_reachable(self, chat_id: int, *, reachable: bool) -> None:
        """The bot was blocked or removed (False), or is back (True)."""

    async def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: all that was kept moves to the new id."""
