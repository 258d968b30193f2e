"""Messages of the bot: sent, edited, deleted, pinned."""

from __future__ import annotations

from tests.telegram_server.chats import Chat
from tests.telegram_server.entities import Formatted
from tests.telegram_server.formatting import format_text
from tests.telegram_server.forms import Form
from tests.telegram_server.limits import check_built_in
from tests.telegram_server.records import Content, Json, Message
from tests.telegram_server.refusals import NOT_MODIFIED, RefusalError, broken_rule, missing
from tests.telegram_server.world import World

from .markup import read_markup

LARGEST_PHOTO = 10 * 1024 * 1024


def read_text(form: Form, name: str, entities: str) -> Formatted:
    """Return the text or caption of a request, parsed and within its limit."""
    listed = form.json(entities, "entities")
    formatted = format_text(form.text(name), form.text("parse_mode"), listed)
    check_built_in(name, formatted.text, name)
    return formatted


def content(form: Form, formatted: Formatted, name: str, markup: Json | None) -> Content:
    """Return the part of a message that an edit can change."""
    raw, mode = form.text(name), form.text("parse_mode")
    return Content(formatted.text, formatted.entities, markup, raw, mode)


def reply_target(form: Form, chat: Chat) -> int | None:
    """Return the message that is replied to, or refuse when it is not there."""
    parameters = form.json("reply_parameters", "reply parameters")
    if not parameters:
        return None
    message_id = int(parameters.get("message_id", 0))
    if chat.find(message_id) is not None:
        return message_id
    if parameters.get("allow_sending_without_reply"):
        return None
    raise RefusalError("Bad Request: message to be replied not found")


def send(world: World, form: Form, kind: str, body: Content, photo: bytes | None = None) -> Json:
    """Put a message of the bot into a chat; here the effect takes place."""
    chat = world.chat(form)
    chat.check_writable()
    reply_to = reply_target(form, chat)
    thread_id = chat.thread(form.integer("message_thread_id") or None, reply_to)
    message = Message(
        chat_id=chat.id,
        message_id=chat.new_id(),
        sender=world.bot,
        time=world.clock(),
        content=body,
        kind=kind,
        reply_to=reply_to,
        silent=form.boolean("disable_notification"),
        thread_id=thread_id,
        photo=photo,
        extra={"photo": [photo_size(photo)]} if photo is not None else {},
        parameters=form.values,
        caller=form.caller,
    )
    return world.answer(chat, chat.put(message))


def photo_size(photo: bytes) -> Json:
    """Return a `PhotoSize`; the fake does not look into pictures."""
    name = f"photo-{len(photo)}"
    return {
        "file_id": name,
        "file_unique_id": name,
        "width": 1,
        "height": 1,
        "file_size": len(photo),
    }


def send_message(world: World, form: Form) -> Json:
    """Send a text."""
    formatted = read_text(form, "text", "entities")
    body = content(form, formatted, "text", read_markup(form))
    return send(world, form, "text", body)


def send_photo(world: World, form: Form) -> Json:
    """Send an uploaded photo, or one known by file_id or address."""
    upload = form.upload("photo")
    photo = upload.content if upload else form.text("photo").encode()
    if not photo:
        raise broken_rule(missing("photo"), "photo", "required")
    if len(photo) > LARGEST_PHOTO:
        raise broken_rule("Bad Request: file is too big", "photo", "10 MB")
    formatted = read_text(form, "caption", "caption_entities")
    body = content(form, formatted, "caption", read_markup(form))
    return send(world, form, "photo", body, photo)


def own_message(world: World, form: Form) -> tuple[Chat, Message]:
    """Return the message to edit, which must be there and the bot's own."""
    if not form.text("message_id"):
        raise broken_rule(missing("message_id"), "message_id", "required")
    chat = world.chat(form)
    chat.check_writable()
    message = chat.find(form.integer("message_id"))
    if message is None:
        raise RefusalError("Bad Request: message to edit not found")
    if not message.from_bot:
        raise RefusalError("Bad Request: message can't be edited")
    return chat, message


def edit(world: World, chat: Chat, message: Message, changed: Content) -> Json:
    """Change a message, or refuse when nothing would change."""
    if message.content.same_as(changed):
        raise RefusalError(NOT_MODIFIED)
    return world.answer(chat, chat.edit(message, changed, world.clock()))


def edit_message_text(world: World, form: Form) -> Json:
    """Change a text; a keyboard that is not sent again goes away."""
    formatted, markup = read_text(form, "text", "entities"), read_markup(form)
    chat, message = own_message(world, form)
    if message.kind != "text":
        raise RefusalError("Bad Request: there is no text in the message to edit")
    return edit(world, chat, message, content(form, formatted, "text", markup))


def edit_message_caption(world: World, form: Form) -> Json:
    """Change the words under a photo."""
    formatted, markup = read_text(form, "caption", "caption_entities"), read_markup(form)
    chat, message = own_message(world, form)
    if message.kind == "text":
        raise RefusalError("Bad Request: there is no caption in the message to edit")
    return edit(world, chat, message, content(form, formatted, "caption", markup))


def edit_message_reply_markup(world: World, form: Form) -> Json:
    """Change only the keyboard."""
    markup = read_markup(form)
    chat, message = own_message(world, form)
    old = message.content
    changed = Content(old.text, old.entities, markup, old.raw, old.parse_mode)
    return edit(world, chat, message, changed)


def delete_message(world: World, form: Form) -> bool:
    """Delete a message of the bot, or one of a person where the bot may."""
    chat = world.chat(form)
    message = chat.find(form.integer("message_id"))
    if message is None:
        raise RefusalError("Bad Request: message to delete not found")
    may_delete_others = chat.type == "private" or chat.standing == "administrator"
    if not message.from_bot and not may_delete_others:
        raise RefusalError("Bad Request: message can't be deleted")
    chat.delete(message)
    world.updates.wake()
    return True


def pin_chat_message(world: World, form: Form) -> bool:
    """Pin a message."""
    chat = world.chat(form)
    chat.check_writable()
    message = chat.find(form.integer("message_id"))
    if message is None:
        raise RefusalError("Bad Request: message to pin not found")
    chat.pinned.append(message.message_id)
    return True


def unpin_chat_message(world: World, form: Form) -> bool:
    """Unpin one message, or the last pinned."""
    chat = world.chat(form)
    message_id = form.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    return True
