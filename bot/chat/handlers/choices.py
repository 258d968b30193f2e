"""/language, /profession, /quiet and /settings, typed or pressed."""

import re
from dataclasses import replace
from datetime import datetime, time

from bot.alerts.model import Outgoing
from bot.chat.request import Request
from bot.chat.views import settings as view
from bot.chat.views import start
from bot.clock import next_time
from bot.knowledge.naming import find, fold, names_of
from bot.preferences import QuietHours

OFF = frozenset({"off", "uit", "aus", "non", "nee", "nein", "no", "geen", "keine", "aucune"})
OFF_TONIGHT = frozenset(
    {"off tonight", "pas cette nuit", "niet vannacht", "heute nacht nicht", "not tonight"}
)
NONE = frozenset({"none", "aucune", "geen", "keine"})
_LANGUAGES = {
    "fr": ("fr", "francais", "frans", "franzosisch", "french"),
    "nl": ("nl", "nederlands", "neerlandais", "niederlandisch", "dutch"),
    "de": ("de", "deutsch", "allemand", "duits", "german"),
    "en": ("en", "english", "anglais", "engels", "englisch"),
}
_WINDOW = re.compile(
    r"(\d{1,2})(?:[:hu.](\d{2})?)?\s{0,3}(?:-|–|à|tot|bis|to)\s{0,3}(\d{1,2})(?:[:hu.](\d{2})?)?"
)


async def language(request: Request) -> Outgoing:
    """Sets the language; who has no profession yet is asked for it next."""
    named = request.argument.strip()
    if not named:
        return start.ask_language(request.voice(), request.voice().say("language-ask"))
    chosen = next((one for one, names in _LANGUAGES.items() if fold(named) in names), None)
    if chosen is None:
        return start.ask_language(request.voice(), request.voice().say("language-unknown"))
    kept = await request.keep(replace(request.preferences, language=chosen))
    told = kept.voice().say("language-kept")
    if kept.preferences.profession is None:
        return start.with_note(told, _ask_profession(kept))
    return start.ready(kept.voice(), told)


async def profession(request: Request) -> Outgoing:
    """Sets the profession by its id or any of its names; the nearest are offered for others."""
    named = request.argument.strip()
    if not named:
        return _ask_profession(request)
    if named == start.NO_PROFESSION or fold(named) in NONE:
        return await _keep_profession(request, None)
    found = find(named, names_of(request.parts.knowledge().professions.values()))
    if len(found.ids) == 1 and not found.missed:
        return await _keep_profession(request, found.ids[0])
    offered = found.ids or found.nearest or tuple(request.parts.knowledge().professions)
    voice = request.voice()
    return start.ask_profession(voice, voice.say("profession-unknown"), offered)


async def quiet(request: Request) -> Outgoing:
    """Sets the quiet hours, or none of them."""
    voice = request.voice()
    named = request.argument.strip()
    if not named:
        return view.quiet(voice, request.preferences, voice.say("quiet-ask"))
    if fold(named) in OFF_TONIGHT:
        return await _night_duty(request)
    hours = None if fold(named) in OFF else parse_window(named)
    if hours is None and fold(named) not in OFF:
        return view.quiet(voice, request.preferences, voice.say("quiet-bad"))
    kept = await request.keep(replace(request.preferences, quiet=hours))
    if kept.preferences.on_duty(voice.now):
        kept = await _leave_quiet(kept, voice.now)  # who sets hours means them for tonight too
    return view.quiet(voice, kept.preferences, view.quiet_kept(voice, hours))


async def settings(request: Request) -> Outgoing:
    """All choices."""
    return view.render(request.voice(), request.preferences)


def parse_window(text: str) -> QuietHours | None:
    """`22:00-07:00`, `22-7`, `22h30 à 7h`; None where it is no window of two different hours."""
    match = _WINDOW.fullmatch(text.strip().casefold())
    if match is None:
        return None
    numbers = [int(part or 0) for part in match.groups()]
    try:
        hours = QuietHours(time(numbers[0], numbers[1]), time(numbers[2], numbers[3]))
    except ValueError:
        return None
    return hours if hours.start != hours.end else None


async def _night_duty(request: Request) -> Outgoing:
    """Leaves the quiet hours until they next end."""
    voice, hours = request.voice(), request.preferences.quiet
    if hours is None:
        return view.quiet(voice, request.preferences, voice.say("quiet-tonight-none"))
    end = next_time(hours.end, voice.now)
    kept = await _leave_quiet(request, end)
    told = voice.say("quiet-tonight", end=voice.moment(end))
    return view.quiet(voice, kept.preferences, told)


async def _leave_quiet(request: Request, until: datetime) -> Request:
    chat = request.preferences.chat_id
    await request.parts.preferences.leave_quiet(chat, until)
    return replace(request, preferences=replace(request.preferences, night_off_until=until))


async def _keep_profession(request: Request, chosen: str | None) -> Outgoing:
    kept = await request.keep(replace(request.preferences, profession=chosen))
    voice = kept.voice()
    if chosen is None:
        return start.ready(voice, voice.say("profession-cleared"))
    return start.ready(voice, voice.say("profession-kept", profession=voice.profession(chosen)))


def _ask_profession(request: Request) -> Outgoing:
    voice = request.voice()
    return start.ask_profession(
        voice, voice.say("profession-ask"), tuple(voice.knowledge.professions)
    )
