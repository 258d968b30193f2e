"""A PreferenceStore in memory; the one that runs is bot.store.chats."""

from dataclasses import replace
from datetime import datetime

from bot.preferences import Forgotten, Preferences


class MemoryStore:
    """Keeps preferences in a dictionary, and what it was told of chats."""

    def __init__(self) -> None:
        self.kept: dict[int, Preferences] = {}
        self.codes = {"REC-0124-1"}
        self.muted: set[tuple[int, str]] = set()
        self.reachable: dict[int, bool] = {}

    async def load(self, chat_id: int) -> Preferences:
        return self.kept.get(chat_id, Preferences(chat_id))

    async def save(self, preferences: Preferences) -> None:
        self.kept[preferences.chat_id] = preferences

    async def leave_quiet(self, chat_id: int, until: datetime) -> None:
        self.kept[chat_id] = replace(await self.load(chat_id), night_off_until=until)

    async def forget(self, chat_id: int) -> Forgotten:
        gone = self.kept.pop(chat_id, None)
        return Forgotten(gone is not None, len(gone.services) if gone else 0, 0)

    async def mute(self, chat_id: int, code: str) -> bool:
        if code not in self.codes:
            return False
        self.muted.add((chat_id, code))
        return True

    async def set_reachable(self, chat_id: int, *, reachable: bool) -> None:
        self.reachable[chat_id] = reachable

    async def migrate(self, old: int, new: int) -> None:
        if old in self.kept:
            self.kept[new] = replace(self.kept.pop(old), chat_id=new)
