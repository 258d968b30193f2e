"""A chat's choices in one place, each with a button that changes it."""

from bot.alerts.model import Outgoing
from bot.chat.callbacks import Verb
from bot.chat.keyboards import Button, button, rows
from bot.chat.markup import Html, blocks, bold, joined, plain
from bot.chat.views.states import listed
from bot.chat.views.subscriptions import followed
from bot.chat.voice import Voice
from bot.preferences import ALL_SERVICES, Preferences, QuietHours

WINDOWS = ("22:00-07:00", "20:00-08:00")
"""Quiet hours offered as buttons; any other window can be typed."""
OFF = "off"
OFF_TONIGHT = "off-tonight"


def render(voice: Voice, preferences: Preferences) -> Outgoing:
    """Language, profession, services and quiet hours."""
    profession = voice.profession(preferences.profession)
    told = (
        plain(voice.say("settings-language", language=voice.say("language-name"))),
        plain(voice.say("settings-profession", profession=profession)),
        _services(voice, preferences),
        plain(voice.say("settings-quiet", quiet=_quiet(voice, preferences))),
    )
    text = blocks(bold(voice.say("settings-title")), joined(told))
    shown = (
        button(voice.say("button-change-language"), Verb.LANGUAGE),
        button(voice.say("button-change-profession"), Verb.PROFESSION),
        button(voice.say("button-change-subscriptions"), Verb.SUBSCRIBE),
        button(voice.say("button-change-quiet"), Verb.QUIET),
        *_tonight(voice, preferences),
    )
    return Outgoing(text, rows(shown))


def quiet(voice: Voice, preferences: Preferences, told: str) -> Outgoing:
    """Quiet hours: what holds now, with windows to choose from."""
    shown = [button(window, Verb.QUIET, window) for window in WINDOWS]
    off = button(voice.say("button-quiet-off"), Verb.QUIET, OFF)
    back = button(voice.say("button-back"), Verb.SETTINGS)
    ways = (*_tonight(voice, preferences), off, back)
    return Outgoing(plain(told), (*rows(shown, 2), *rows(ways)))


def quiet_kept(voice: Voice, hours: QuietHours | None) -> str:
    """What was just set, in a sentence."""
    if hours is None:
        return voice.say("quiet-off")
    return voice.say("quiet-kept", start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}")


def _services(voice: Voice, preferences: Preferences) -> Html:
    message = "settings-subscriptions"
    if not preferences.services:
        return plain(voice.say(message, services=voice.say("settings-none")))
    if ALL_SERVICES in preferences.services:
        return plain(voice.say(message, services=voice.say("settings-all")))
    return listed(voice, message, followed(voice, preferences))


def _quiet(voice: Voice, preferences: Preferences) -> str:
    hours, left = preferences.quiet, preferences.night_off_until
    if hours is None:
        return voice.say("quiet-none")
    start, end = f"{hours.start:%H:%M}", f"{hours.end:%H:%M}"
    if left is not None and preferences.on_duty(voice.now):
        return voice.say("quiet-window-left", start=start, end=end, until=voice.moment(left))
    return voice.say("quiet-window", start=start, end=end)


def _tonight(voice: Voice, preferences: Preferences) -> tuple[Button, ...]:
    """Night duty, for who has quiet hours to leave."""
    if preferences.quiet is None or preferences.on_duty(voice.now):
        return ()
    return (button(voice.say("button-quiet-tonight"), Verb.QUIET, OFF_TONIGHT),)
