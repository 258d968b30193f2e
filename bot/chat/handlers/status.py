"""/status, typed or pressed; of one service with a picture of its last days."""

import asyncio
from dataclasses import replace

from bot.alerts.model import Outgoing
from bot.answering import status_of
from bot.chat.finding import follows
from bot.chat.handlers.asking import gone
from bot.chat.markup import MESSAGE_LIMIT, Html, blocks, units
from bot.chat.past import read_week
from bot.chat.request import Request
from bot.chat.sheet import Sheet
from bot.chat.views import status as view
from bot.chat.views import week as week_view
from bot.chat.views.start import with_note
from bot.knowledge.naming import find, names_of
from bot.status.model import State


async def status(request: Request) -> Outgoing:
    """All services of the profession, or those that were named."""
    named = request.argument.strip()
    if not named:
        return _all(request)
    found = find(named, names_of(request.parts.knowledge().services_of(None)))
    voice = request.voice()
    if not found.ids:
        return view.not_found(voice, found.nearest)
    if len(found.ids) == 1:
        shown = await one(request, found.ids[0])
    else:
        shown = view.of_services(voice, request.parts.board(), found.ids)
    missed = voice.missed(found.missed)
    return with_note(missed, shown) if missed else shown


async def page(request: Request) -> Outgoing:
    """Button: another page of the long list."""
    return _all(request, int(request.argument) if request.argument.isdecimal() else 1)


async def of_procedure(request: Request) -> Outgoing:
    """Button: the services that a procedure rests on; under one on a topic, all."""
    procedure = request.parts.knowledge().procedure(request.argument)
    if procedure is None:
        return gone(request)
    profession = request.preferences.profession
    return view.of_procedure(request.voice(), request.parts.board(), procedure, profession)


async def one(request: Request, service: str) -> Outgoing:
    """One service; where its past is known, with a picture of seven days and what that says."""
    voice, board = request.voice(), request.parts.board()
    followed = follows(voice.knowledge, request.preferences, service)
    told = view.of_service(voice, board, service, subscribed=followed)
    history = request.parts.history
    if history is None:
        return told
    readable = status_of(service, board).state is not State.UNKNOWN
    week = await read_week(history, service, voice.now, readable=readable)
    if week is None:
        return told
    text = blocks(Html(told.text), week_view.words(voice, week))
    drawn = await asyncio.to_thread(_drawn, week_view.sheet(voice, week))
    return replace(told, text=text if units(text) <= MESSAGE_LIMIT else told.text, picture=drawn)


def _drawn(sheet: Sheet) -> bytes:
    from bot.chat.picture import picture  # noqa: PLC0415 - Pillow takes 4 MB: not before it draws

    return picture(sheet)


def _all(request: Request, at: int = 1) -> Outgoing:
    profession = request.preferences.profession
    return view.of_profession(request.voice(), request.parts.board(), profession, at)
