"""What a chat was shown last: in memory alone, for ten minutes, and no text of theirs."""

from dataclasses import dataclass
from datetime import datetime

from bot.matching.followup import WITHIN

_REMEMBERED = 10_000


@dataclass(frozen=True)
class _Shown:
    items: tuple[str, ...]
    at: datetime


class Recent:
    """The last items of each chat; of the oldest chats none where there are too many."""

    def __init__(self) -> None:
        self._shown: dict[int, _Shown] = {}

    def keep(self, chat_id: int, items: tuple[str, ...], now: datetime) -> None:
        """In place of those before."""
        self._shown.pop(chat_id, None)
        self._shown[chat_id] = _Shown(items, now)
        if len(self._shown) > _REMEMBERED:
            del self._shown[next(iter(self._shown))]

    def of(self, chat_id: int, now: datetime) -> tuple[str, ...]:
        """Those of the chat; none where it was too long ago."""
        shown = self._shown.get(chat_id)
        return shown.items if shown and now - shown.at <= WITHIN else ()

    def forget(self, chat_id: int) -> None:
        """Nothing is left of the chat."""
        self._shown.pop(chat_id, None)
