"""Beginning, help, privacy and leaving."""

from collections.abc import Iterable
from dataclasses import replace

from bot.alerts.model import Outgoing
from bot.chat.callbacks import Verb
from bot.chat.keyboards import Rows, button, paired, rows
from bot.chat.markup import Html, blocks, bold, italic, joined, plain
from bot.chat.voice import Voice
from bot.knowledge import LANGUAGES
from bot.preferences import Forgotten

NO_PROFESSION = "-"
"""Argument of the button and of /profession that sets none."""


def greeting(voice: Voice, note: str | None = None) -> Outgoing:
    """The first screen: who speaks, and in which language to go on."""
    text = blocks(
        plain(note or ""),
        bold(voice.say("start-greeting")),
        plain(voice.say("start-independent")),
        plain(voice.say("language-ask")),
    )
    return Outgoing(text, language_buttons(voice))


def ask_language(voice: Voice, told: str) -> Outgoing:
    """The four languages, each by its own name."""
    return Outgoing(plain(told), language_buttons(voice))


def ask_profession(voice: Voice, told: str, offered: Iterable[str]) -> Outgoing:
    """Professions as buttons, and the way out for who has none of them."""
    shown = [button(voice.profession(one), Verb.PROFESSION, one) for one in offered]
    none = button(voice.say("profession-other"), Verb.PROFESSION, NO_PROFESSION)
    return Outgoing(plain(told), (*paired(shown), (none,)))


def ready(voice: Voice, told: str) -> Outgoing:
    """All is set: how to ask, and what else there is."""
    text = blocks(
        plain(told),
        bold(voice.say("start-ready")),
        italic(voice.say("start-example")),
        plain(voice.say("help-no-patient")),
    )
    return Outgoing(text, _ways(voice))


def help_page(voice: Voice, commands: Iterable[tuple[str, str]]) -> Outgoing:
    """`commands`: name and description key of each, in the order of the menu."""
    listed = joined(plain(f"/{name} – {voice.say(key)}") for name, key in commands)
    text = blocks(
        joined((bold(voice.say("help-title")), plain(voice.say("help-ask")))),
        italic(voice.say("start-example")),
        joined((bold(voice.say("help-commands")), listed)),
        plain(voice.say("help-no-patient")),
        plain(voice.say("start-independent")),
    )
    return Outgoing(text, _ways(voice))


def privacy(voice: Voice) -> Outgoing:
    """What is stored, what never is, and how to have it deleted."""
    told = ("privacy-kept", "privacy-not-kept", "privacy-patient", "privacy-telegram")
    text = blocks(
        bold(voice.say("privacy-title")),
        *(plain(voice.say(key)) for key in told),
        bold(voice.say("privacy-delete")),
        plain(voice.say("start-independent")),
    )
    return Outgoing(text)


def farewell(voice: Voice, forgotten: Forgotten) -> Outgoing:
    """What was deleted, counted; of what there was none, nothing is said."""
    again = plain(voice.say("stop-again"))
    if not forgotten.known:
        return Outgoing(blocks(plain(voice.say("stop-nothing")), again))
    counts = {
        "stop-subscriptions": forgotten.subscriptions,
        "stop-pending": forgotten.pending,
    }
    told = (voice.say(key, count=count) for key, count in counts.items() if count)
    deleted = voice.say("stop-deleted", what=", ".join((voice.say("stop-settings"), *told)))
    return Outgoing(blocks(bold(voice.say("stop-done")), plain(deleted), again))


def simple(told: str) -> Outgoing:
    """One sentence, no buttons."""
    return Outgoing(plain(told))


def language_buttons(voice: Voice) -> Rows:
    """Each language by its own name."""
    names = {language: voice.words.text(language, "language-name") for language in LANGUAGES}
    return rows((button(names[one], Verb.LANGUAGE, one) for one in LANGUAGES), 2)


def _ways(voice: Voice) -> Rows:
    return paired(
        (
            button(voice.say("button-status"), Verb.STATUS_NEW),
            button(voice.say("button-topics"), Verb.TOPICS),
            button(voice.say("button-change-subscriptions"), Verb.SUBSCRIBE),
        )
    )


def with_note(note: str, shown: Outgoing) -> Outgoing:
    """The same message with a sentence before it."""
    return replace(shown, text=blocks(plain(note), Html(shown.text)))
