"""Who may change what a chat has chosen, and whose press of a button counts."""

from telegram import Chat, ChatMember, Message, Update, User
from telegram.constants import ChatType
from telegram.error import BadRequest

_ADMINS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})


async def may_change(update: Update) -> bool:
    """In a private chat, the person; in a group, its administrators, anonymous ones too.

    In a channel only administrators post; who presses there, `may_press` was asked of.
    """
    chat = update.effective_chat
    if chat is None or chat.type in {ChatType.PRIVATE, ChatType.CHANNEL}:
        return True
    return _anonymous(update, chat) or await _administers(chat, update.effective_user)


async def may_press(update: Update) -> bool:
    """In a channel, its administrators: what a button brings there is posted to all readers."""
    chat = update.effective_chat
    if chat is None or chat.type != ChatType.CHANNEL:
        return True
    return await _administers(chat, update.effective_user)


def _anonymous(update: Update, chat: Chat) -> bool:
    """An administrator who writes in the name of the group; a press always tells who it was."""
    message = update.effective_message
    if update.callback_query is not None or not isinstance(message, Message):
        return False
    return message.sender_chat is not None and message.sender_chat.id == chat.id


async def _administers(chat: Chat, user: User | None) -> bool:
    if user is None:
        return False
    try:
        member = await chat.get_member(user.id)
    except BadRequest:  # whom Telegram does not find among the members is no administrator
        return False
    return member.status in _ADMINS
