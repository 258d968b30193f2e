"""/status, typed or pressed. A picture of one service's days would be sent beside `one`."""

from bot.alerts.model import Outgoing
from bot.chat.handlers.asking import gone
from bot.chat.naming import find, names_of
from bot.chat.request import Request
from bot.chat.views import status as view
from bot.preferences import ALL_SERVICES


async def status(request: Request) -> Outgoing:
    """All services of the profession, or the one that was named."""
    named = request.argument.strip()
    if not named:
        return _all(request)
    found = find(named, names_of(request.parts.knowledge().services_of(None)))
    if not found.ids:
        return view.not_found(request.voice(), found.nearest)
    return one(request, found.ids[0])


async def page(request: Request) -> Outgoing:
    """Button: another page of the long list."""
    return _all(request, int(request.argument) if request.argument.isdecimal() else 1)


async def of_procedure(request: Request) -> Outgoing:
    """Button: the services that a procedure rests on."""
    procedure = request.parts.knowledge().procedure(request.argument)
    if procedure is None:
        return gone(request)
    return view.of_procedure(request.voice(), request.parts.board(), procedure)


def one(request: Request, service: str) -> Outgoing:
    """One service."""
    followed = bool({service, ALL_SERVICES} & request.preferences.services)
    return view.of_service(request.voice(), request.parts.board(), service, subscribed=followed)


def _all(request: Request, at: int = 1) -> Outgoing:
    profession = request.preferences.profession
    return view.of_profession(request.voice(), request.parts.board(), profession, at)
