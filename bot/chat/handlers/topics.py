"""/procedures: topics, and the procedures of one."""

from bot.alerts.model import Outgoing
from bot.chat import choosing
from bot.chat.callbacks import Verb
from bot.chat.handlers.asking import gone
from bot.chat.keyboards import button
from bot.chat.request import Request
from bot.chat.views import choice


async def topics(request: Request) -> Outgoing:
    """All topics of the profession."""
    voice = request.voice()
    profession = request.preferences.profession
    title = voice.say("procedures-title")
    if profession is not None:
        title = voice.say("procedures-title-profession", profession=voice.profession(profession))
    return choice.topics(voice, title, choosing.topics(voice.knowledge, profession))


async def topic(request: Request) -> Outgoing:
    """Button: the procedures on one topic, those of the profession first."""
    voice = request.voice()
    service = request.argument
    if service not in voice.knowledge.services:
        return gone(request)
    profession = request.preferences.profession
    near = choosing.procedures_on(voice.knowledge, (service,), profession)
    back = button(voice.say("button-back"), Verb.TOPICS)
    return choice.procedures(voice, voice.service(service), near, back)
