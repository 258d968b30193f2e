"""A chat's choices in one place, each with a button that changes it."""

from bot.alerts.model import Outgoing
from bot.chat.callbacks import Verb
from bot.chat.keyboards import button, rows
from bot.chat.markup import blocks, bold, joined, plain
from bot.chat.views import subscriptions
from bot.chat.voice import Voice
from bot.preferences import ALL_SERVICES, Preferences, QuietHours

WINDOWS = ("22:00-07:00", "20:00-08:00")
"""Quiet hours offered as buttons; any other window can be typed."""
OFF = "off"


def render(voice: Voice, preferences: Preferences) -> Outgoing:
    """Language, profession, services and quiet hours."""
    told = (
        voice.say("settings-language", language=voice.say("language-name")),
        voice.say("settings-profession", profession=voice.profession(preferences.profession)),
        voice.say("settings-subscriptions", services=_services(voice, preferences)),
        voice.say("settings-quiet", quiet=_quiet(voice, preferences.quiet)),
    )
    text = blocks(bold(voice.say("settings-title")), joined(plain(line) for line in told))
    shown = (
        button(voice.say("button-change-language"), Verb.LANGUAGE),
        button(voice.say("button-change-profession"), Verb.PROFESSION),
        button(voice.say("button-change-subscriptions"), Verb.SUBSCRIBE),
        button(voice.say("button-change-quiet"), Verb.QUIET),
    )
    return Outgoing(text, rows(shown))


def quiet(voice: Voice, told: str) -> Outgoing:
    """Quiet hours: what holds now, with windows to choose from."""
    shown = [button(window, Verb.QUIET, window) for window in WINDOWS]
    off = button(voice.say("button-quiet-off"), Verb.QUIET, OFF)
    back = button(voice.say("button-back"), Verb.SETTINGS)
    return Outgoing(plain(told), (*rows(shown, 2), (off,), (back,)))


def quiet_kept(voice: Voice, hours: QuietHours | None) -> str:
    """What was just set, in a sentence."""
    if hours is None:
        return voice.say("quiet-off")
    return voice.say("quiet-kept", start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}")


def _services(voice: Voice, preferences: Preferences) -> str:
    if not preferences.services:
        return voice.say("settings-none")
    if ALL_SERVICES in preferences.services:
        return voice.say("settings-all")
    return subscriptions.named(voice, preferences)


def _quiet(voice: Voice, hours: QuietHours | None) -> str:
    if hours is None:
        return voice.say("quiet-none")
    return voice.say("quiet-window", start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}")
