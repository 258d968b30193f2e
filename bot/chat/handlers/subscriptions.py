"""/subscribe, /unsubscribe and muting one incident, typed or pressed."""

from dataclasses import replace

from bot.alerts.model import Outgoing
from bot.chat.callbacks import Verb
from bot.chat.channels import parsed
from bot.chat.finding import follows, watched
from bot.chat.handlers.asking import gone
from bot.chat.keyboards import button
from bot.chat.request import Request
from bot.chat.views import subscriptions as view
from bot.chat.views.start import simple
from bot.knowledge.naming import Found, find, fold, names_of
from bot.preferences import ALL_SERVICES

EVERYTHING = frozenset({"all", "tout", "tous", "toutes", "alles", "alle", "allemaal"})


async def subscribe(request: Request) -> Outgoing:
    """Adds services, or all; without a name, shows the switches. A forum is told where it is."""
    if not request.argument.strip():
        return await _switches(request)
    if _everything(request.argument):
        return await _follow_all(request)
    found = _find(request)
    return await _follow(request, found) if found.ids else _not_found(request, found)


async def unsubscribe(request: Request) -> Outgoing:
    """Takes services out, or all; without a name, shows the switches."""
    if not request.argument.strip():
        return view.render(request.voice(), request.preferences)
    if _everything(request.argument):
        kept = await _keep(request, frozenset())
        told = request.voice().say("subscriptions-removed-all")
        return view.render(kept.voice(), kept.preferences, told)
    found = _find(request)
    if found.ids:
        return await _leave(request, found)
    base, chosen = request.parts.knowledge(), request.preferences
    mine = tuple(one for one in found.nearest if follows(base, chosen, one))
    return _not_found(request, replace(found, nearest=mine))


async def follow_procedure(request: Request) -> Outgoing:
    """Button under an answer: be told of the services that the procedure rests on."""
    procedure = request.parts.knowledge().procedure(request.argument)
    if procedure is None:
        return gone(request)
    services = request.parts.knowledge().services
    ids = tuple(
        one for one in procedure.services if one in services and services[one].kind == "service"
    )
    back = button(request.voice().say("button-back"), Verb.SHOW, procedure.id)
    if not ids:
        return view.render(request.voice(), request.preferences, back=back)
    shown = await _follow(request, Found(ids))
    return replace(shown, buttons=(*shown.buttons, (back,)))


async def mute(request: Request) -> Outgoing:
    """Button under a ping: nothing more of this incident."""
    code = request.argument
    done = await request.parts.preferences.mute(request.preferences.chat_id, code)
    voice = request.voice()
    return simple(voice.say("mute-done", code=code) if done else voice.say("mute-unknown"))


async def _switches(request: Request) -> Outgoing:
    services = request.preferences.services
    told = _moves(request) if services else ""
    kept = await _keep_here(request, services) if told else request
    return view.render(kept.voice(), kept.preferences, told, _channels(request))


async def _follow_all(request: Request) -> Outgoing:
    """All of the profession; what was followed beyond it stays."""
    services = (request.preferences.services - _own(request)) | {ALL_SERVICES}
    kept = await _keep_here(request, services)
    return view.render(kept.voice(), kept.preferences, _moves(request), _channels(request))


async def _follow(request: Request, found: Found) -> Outgoing:
    services = request.preferences.services
    covered = _own(request) if ALL_SERVICES in services else frozenset()
    services |= set(found.ids) - covered
    kept = await _keep_here(request, services)
    voice = request.voice()
    told = voice.say("subscriptions-added", services=voice.services(found.ids))
    told = " ".join(part for part in (told, voice.missed(found.missed), _moves(request)) if part)
    return view.render(voice, kept.preferences, told, _channels(request))


async def _leave(request: Request, found: Found) -> Outgoing:
    """Of "all of my profession" the others stay, by name: those of which Bis can tell."""
    services, base = request.preferences.services, request.parts.knowledge()
    if ALL_SERVICES in services:
        others = {one for one in _own(request) if watched(base.services[one])}
        services = (services - {ALL_SERVICES}) | others
    kept = await _keep(request, services - set(found.ids))
    voice = request.voice()
    told = voice.say("subscriptions-removed", services=voice.services(found.ids))
    return view.render(voice, kept.preferences, f"{told} {voice.missed(found.missed)}".strip())


async def _keep_here(request: Request, services: frozenset[str]) -> Request:
    """In a forum, pings come to the topic in which was last subscribed."""
    here = replace(request.preferences, thread_id=request.thread_id)
    return await _keep(replace(request, preferences=here), services)


def _moves(request: Request) -> str:
    """That pings come to another topic than before; empty where they stay."""
    moves = request.thread_id != request.preferences.thread_id
    return request.voice().say("subscriptions-here") if moves else ""


async def _keep(request: Request, services: frozenset[str]) -> Request:
    """With the language that the chat is spoken to in: a ping comes without its Telegram's hint."""
    language = request.voice().language
    return await request.keep(replace(request.preferences, services=services, language=language))


def _own(request: Request) -> frozenset[str]:
    """The services of the chat's profession."""
    own = request.parts.knowledge().services_of(request.preferences.profession)
    return frozenset(service.id for service in own)


def _not_found(request: Request, found: Found) -> Outgoing:
    return view.not_found(request.voice(), request.preferences, found.nearest)


def _find(request: Request) -> Found:
    return find(request.argument, names_of(request.parts.knowledge().services_of(None)))


def _everything(text: str) -> bool:
    return text.strip() == ALL_SERVICES or fold(text) in EVERYTHING


def _channels(request: Request) -> tuple[str, ...]:
    """Open channels in the chat's language."""
    voice = request.voice()
    channels = (parsed(entry) for entry in request.parts.settings.channels)
    return tuple(
        f"{voice.service(channel.service)} {channel.name}"
        for channel in channels
        if channel is not None and channel.language == voice.language
    )
