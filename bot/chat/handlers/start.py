"""/start with its deep links, /privacy and /stop."""

from bot.alerts.model import Outgoing
from bot.answering import show
from bot.chat.handlers import asking, status
from bot.chat.request import Request
from bot.chat.views import start as view


async def start(request: Request) -> Outgoing:
    """Language, then profession; or straight to what a deep link names."""
    # Who blocked the bot and comes back is told again, even where Telegram did not say so.
    await request.parts.preferences.set_reachable(request.preferences.chat_id, reachable=True)
    payload = request.argument.strip()
    if payload:
        return await _linked(request, payload)
    return view.greeting(request.voice())


async def privacy(request: Request) -> Outgoing:
    """What is stored."""
    return view.privacy(request.voice())


async def stop(request: Request) -> Outgoing:
    """Forgets the chat, and says what was deleted."""
    chat_id = request.preferences.chat_id
    for recent in (request.parts.lists, request.parts.near):
        recent.forget(chat_id)
    forgotten = await request.parts.preferences.forget(chat_id)
    return view.farewell(request.voice(), forgotten)


async def _linked(request: Request, payload: str) -> Outgoing:
    """`p_<procedure>` or `s_<service>`; anything else is told to lead nowhere."""
    kind, _, identifier = payload.partition("_")
    voice = request.voice()
    procedure = voice.knowledge.procedure(identifier)
    if kind == "p" and procedure is not None:
        profession = request.preferences.profession
        found = show(procedure, voice.language, profession, request.parts.board())
        return await asking.shown(request, found)
    service = voice.knowledge.services.get(identifier)
    if kind == "s" and service is not None and service.kind == "service":
        return await status.one(request, identifier)
    return view.greeting(voice, voice.say("start-link-unknown"))
