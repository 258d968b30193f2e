"""Nothing near: said so, with topics and a helpdesk."""

from bot.alerts.model import Outgoing
from bot.chat.choosing import main_topics
from bot.chat.keyboards import paired
from bot.chat.markup import blocks, bold, joined, plain
from bot.chat.views import contacts
from bot.chat.views.choice import topic_buttons
from bot.chat.voice import Voice

TOPICS_SHOWN = 8
HELPDESKS = ("ehealth-contact-center", "mycarenet-technique", "recip-e")
"""Contacts offered when no procedure is: the platform's, the health insurance funds', Recip-e's."""


def render(voice: Voice, profession: str | None, note: str | None = None) -> Outgoing:
    """The honest "I do not know"."""
    known = voice.knowledge.contacts
    helpdesks = joined(contacts.line(voice, known[one]) for one in HELPDESKS if one in known)
    text = blocks(
        plain(note or ""),
        bold(voice.say("unknown-answer")),
        plain(voice.say("unknown-hint")),
        helpdesks,
    )
    return Outgoing(text, _topics(voice, profession))


def ask_again(voice: Voice, profession: str | None, told: str) -> Outgoing:
    """A kind sentence about what cannot be answered, with the topics as buttons."""
    return Outgoing(plain(told), _topics(voice, profession))


def _topics(voice: Voice, profession: str | None) -> tuple[tuple[tuple[str, str], ...], ...]:
    shown = main_topics(voice.knowledge, profession, TOPICS_SHOWN)
    return paired(topic_buttons(voice, shown))
