"""Blocked, back again, moved: what Telegram tells of a chat itself."""

from typing import Any

from telegram import ChatMember, Update

from bot.preferences import PreferenceStore

_AWAY = frozenset({ChatMember.BANNED, ChatMember.LEFT})


class Members:
    """Keeps the store's knowledge of which chats can be reached, and by which id."""

    def __init__(self, preferences: PreferenceStore) -> None:
        self._preferences = preferences

    async def changed(self, update: Update, _context: Any) -> None:
        """The bot was blocked, removed, or let in again."""
        member = update.my_chat_member
        if member is not None:
            reachable = member.new_chat_member.status not in _AWAY
            await self._preferences.set_reachable(member.chat.id, reachable=reachable)

    async def migrated(self, update: Update, _context: Any) -> None:
        """A group became a supergroup; both chats tell it, the second changes nothing."""
        message = update.effective_message
        if message is None:
            return
        if message.migrate_to_chat_id is not None:
            await self._preferences.migrate(message.chat.id, message.migrate_to_chat_id)
        if message.migrate_from_chat_id is not None:
            await self._preferences.migrate(message.migrate_from_chat_id, message.chat.id)
