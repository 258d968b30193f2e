"""What the bot may ask about a chat and its members."""

from __future__ import annotations

from tests.telegram_server.chats import Chat
from tests.telegram_server.forms import Form
from tests.telegram_server.records import Json, Person
from tests.telegram_server.refusals import RefusalError, broken_rule, missing
from tests.telegram_server.world import World

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip
RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip
GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
    "gifts_from_channels",
)  # fmt: skip


def send_chat_action(world: World, form: Form) -> bool:
    """Show that the bot is busy."""
    action = form.text("action")
    if action not in ACTIONS:
        raise broken_rule(missing("action"), "action", "a known action")
    chat = world.chat(form)
    chat.check_writable()
    world.actions.append((chat.id, action))
    return True


def get_chat(world: World, form: Form) -> Json:
    """Return the API's `ChatFullInfo`."""
    chat = world.chat(form)
    full = {"accent_color_id": 0, "max_reaction_count": 11}
    return chat.to_json() | full | {"accepted_gift_types": dict.fromkeys(GIFTS, False)}


def member_json(person: Person, status: str) -> Json:
    """Return the API's `ChatMember` for a status."""
    member: Json = {"user": person.to_json(), "status": status}
    if status == "kicked":
        member["until_date"] = 0
    if status == "creator":
        member["is_anonymous"] = False
    if status == "administrator":
        member |= dict.fromkeys(RIGHTS, False) | {"can_manage_chat": True}
    return member


def bot_status(chat: Chat) -> str:
    """Return the bot's own status as the API words it."""
    return "kicked" if chat.standing == "blocked" else chat.standing


def members(world: World, chat: Chat) -> dict[int, tuple[Person, str]]:
    """Return everyone whose status in the chat is known, the bot included."""
    return {**chat.members, world.bot.id: (world.bot, bot_status(chat))}


def get_chat_member(world: World, form: Form) -> Json:
    """Return the status of one person in a chat."""
    chat = world.chat(form)
    chat.check_writable()
    found = members(world, chat).get(form.integer("user_id"))
    if found is None:
        raise RefusalError("Bad Request: PARTICIPANT_ID_INVALID")
    return member_json(*found)


def get_chat_administrators(world: World, form: Form) -> list[Json]:
    """Return those who run a chat."""
    chat = world.chat(form)
    chat.check_writable()
    if chat.type == "private":
        raise RefusalError("Bad Request: there are no administrators in the private chat")
    everyone = members(world, chat).values()
    return [
        member_json(person, status)
        for person, status in everyone
        if status in ("creator", "administrator")
    ]


def leave_chat(world: World, form: Form) -> bool:
    """Take the bot out of a group."""
    chat = world.chat(form)
    chat.check_writable()
    chat.standing = "left"
    world.updates.wake()
    return True
