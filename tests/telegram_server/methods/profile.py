"""What the bot says about itself: commands, descriptions, menu button."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from tests.telegram_server.forms import Form
from tests.telegram_server.limits import BUILT_IN, check_built_in
from tests.telegram_server.records import Json
from tests.telegram_server.refusals import broken_rule, missing
from tests.telegram_server.world import World

LANGUAGE = re.compile(r"([a-z]{2})?")
COMMAND = re.compile(r"[a-z0-9_]*")


def get_me(world: World, form: Form) -> Json:
    """Return the bot."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.bot.to_json() | abilities


def place(form: Form) -> tuple[str, str]:
    """Return the scope and the language that a request is about."""
    scope = form.json("scope", "bot command scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), language(form)


def language(form: Form) -> str:
    """Return the language of a request: two letters or none."""
    code = form.text("language_code")
    if not LANGUAGE.fullmatch(code):
        description = "Bad Request: invalid language code specified"
        raise broken_rule(description, "language_code", "two letters or empty")
    return code


def set_my_commands(world: World, form: Form) -> bool:
    """Keep the commands of one scope and language."""
    commands = form.json("commands", "commands")
    if not isinstance(commands, list):
        raise broken_rule(missing("commands"), "commands", "Array of BotCommand")
    if not BUILT_IN["commands"].allows(commands):
        raise broken_rule("Bad Request: BOT_COMMANDS_TOO_MUCH", "commands", "at most 100")
    for command in commands:
        check_command(command)
    world.profile.commands[place(form)] = commands
    return True


def check_command(command: Json) -> None:
    """Refuse a command whose name or description breaks the rules."""
    name = str(command.get("command", "")).removeprefix("/")
    check_built_in("command", name, "commands", "Bad Request: BOT_COMMAND_INVALID")
    if not COMMAND.fullmatch(name):
        raise broken_rule("Bad Request: BOT_COMMAND_INVALID", "commands", "a-z, 0-9 and _")
    description = str(command.get("description", ""))
    wording = "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"
    check_built_in("command_description", description, "commands", wording)


def get_my_commands(world: World, form: Form) -> list[Json]:
    """Return the commands of exactly this scope and language."""
    return world.profile.commands.get(place(form), [])


def delete_my_commands(world: World, form: Form) -> bool:
    """Forget the commands of one scope and language."""
    world.profile.commands.pop(place(form), None)
    return True


def text_setter(name: str) -> Callable[[World, Form], bool]:
    """Return the method that keeps a text about the bot, one for each language."""

    def set_text(world: World, form: Form) -> bool:
        check_built_in(name, form.text(name), name)
        world.profile.texts[name, language(form)] = form.text(name)
        return True

    return set_text


def text_getter(name: str) -> Callable[[World, Form], Json]:
    """Return the method that reads a text; an unset language falls back to the general text."""

    def get_text(world: World, form: Form) -> Json:
        texts = world.profile.texts
        return {name: texts.get((name, language(form))) or texts.get((name, ""), "")}

    return get_text


def set_chat_menu_button(world: World, form: Form) -> bool:
    """Set the menu button of one chat, or of all private chats."""
    button = form.json("menu_button", "menu button")
    if form.text("chat_id"):
        world.chat(form).menu_button = button
    else:
        world.profile.menu_button = button
    return True


def get_chat_menu_button(world: World, form: Form) -> Json:
    """Return the menu button of one chat, or of all."""
    own = world.chat(form).menu_button if form.text("chat_id") else None
    return own or world.profile.menu_button or {"type": "default"}
