"""/procedures: topics, and the procedures of one."""

from bot.alerts.model import Outgoing
from bot.chat import finding
from bot.chat.callbacks import Verb
from bot.chat.handlers.asking import gone
from bot.chat.keyboards import button
from bot.chat.request import Request
from bot.chat.views import choice, start
from bot.knowledge.naming import find, names_of


async def topics(request: Request) -> Outgoing:
    """All topics of the profession, or the entries on what was named."""
    if request.argument.strip():
        return _named(request)
    return _all(request)


def _all(request: Request, note: str = "") -> Outgoing:
    voice = request.voice()
    profession = request.preferences.profession
    title = voice.say("procedures-title")
    if profession is not None:
        title = voice.say("procedures-title-profession", profession=voice.profession(profession))
    return choice.topics(voice, title, finding.topics(voice.knowledge, profession), note)


async def topic(request: Request) -> Outgoing:
    """Button: the procedures on one topic, those of the profession first."""
    known = request.argument in request.parts.knowledge().services
    return _entries(request, request.argument) if known else gone(request)


def _named(request: Request) -> Outgoing:
    """The entries on a service or topic that was typed; of several, each as a button."""
    voice = request.voice()
    services = voice.knowledge.services
    found = find(request.argument, names_of(services.values()))
    missed = voice.missed(found.missed)
    if len(found.ids) == 1:
        shown = _entries(request, found.ids[0])
        return start.with_note(missed, shown) if missed else shown
    if not found.ids and not found.nearest:
        return _all(request, voice.say("service-unknown-none"))
    title = voice.say("procedures-title") if found.ids else voice.say("service-unknown")
    near = tuple(services[one] for one in found.ids or found.nearest)
    return choice.topics(voice, title, near, missed if found.ids else "")


def _entries(request: Request, service: str) -> Outgoing:
    voice = request.voice()
    profession = request.preferences.profession
    near = finding.procedures_on(voice.knowledge, (service,), profession)
    back = button(voice.say("button-back"), Verb.TOPICS)
    return choice.procedures(voice, voice.service(service), near, back)
