"""What is no question and no command of ours: each gets a kind and exact answer."""

from dataclasses import replace

from bot.alerts.model import Outgoing
from bot.chat.guard import Warned
from bot.chat.markup import Html, blocks, plain
from bot.chat.request import Action, Request
from bot.chat.views import unknown
from bot.chat.views.start import simple
from bot.knowledge.naming import nearest


async def other_kind(request: Request) -> Outgoing:
    """A sticker, a photo, a voice message: the argument is the kind, as in locales/ `kind-…`."""
    voice = request.voice()
    told = voice.say(f"kind-{request.argument}")
    return unknown.ask_again(voice, request.preferences.profession, told)


def unknown_command(request: Request, known: tuple[str, ...]) -> Outgoing:
    """A command that does not exist: the nearest one that does."""
    voice = request.voice()
    near = nearest(request.argument, known)
    if near is None:
        return simple(voice.say("unknown-command"))
    return simple(voice.say("unknown-command-nearest", command=f"/{near}"))


async def no_such_number(request: Request) -> Outgoing:
    """A number beyond the list: the argument tells how many there are."""
    return simple(request.voice().say("number-beyond", count=int(request.argument)))


async def no_list(request: Request) -> Outgoing:
    """A number where no numbered buttons stand, or no longer: a question it is not."""
    voice = request.voice()
    return unknown.ask_again(voice, request.preferences.profession, voice.say("number-alone"))


async def old_button(request: Request) -> Outgoing:
    """A button of another version, or one that nobody made."""
    return simple(request.voice().say("old-button"))


async def admins_only(request: Request) -> Outgoing:
    """A member of a group who may not change its choices."""
    return simple(request.voice().say("group-admin-only"))


def warned(action: Action, warning: Warned) -> Action:
    """The same, with a warning before what it says: what was typed names a patient."""

    async def acted(request: Request) -> Outgoing:
        outgoing = await action(request)
        note = plain(request.voice().say(warning))
        return replace(outgoing, text=blocks(note, Html(outgoing.text)))

    return acted
