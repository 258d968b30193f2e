"""Helpdesks: what is known of them, and nothing guessed."""

from collections.abc import Iterable

from bot.chat.markup import Html, bold, italic, joined, link, plain
from bot.chat.voice import Voice
from bot.knowledge import Contact, Standing


def block(voice: Voice, contact_ids: Iterable[str]) -> Html:
    """The helpdesks of a procedure; empty where it has none."""
    known = voice.knowledge.contacts
    told = [line(voice, known[one]) for one in contact_ids if one in known]
    return joined((bold(voice.say("label-contacts")), *told)) if told else Html("")


def line(voice: Voice, contact: Contact) -> Html:
    """Name, telephone, mail, page and hours in one line; then its note or caution."""
    ways = [plain(way) for way in (contact.phone, contact.email) if way]
    if contact.hours is not None:
        ways.append(plain(contact.hours[voice.language]))
    name = link(contact.names[voice.language], contact.url)
    first = joined((name, joined(ways, ", ")), ": ")
    return joined((first, _note(voice, contact)))


def _note(voice: Voice, contact: Contact) -> Html:
    """Its own note says what is doubtful; the general caution stands in where there is none."""
    doubtful = contact.standing is Standing.NEEDS_VERIFICATION
    if contact.note is None:
        return italic(f"⚠ {voice.say('caution-verify')}") if doubtful else Html("")
    return italic(f"{'⚠ ' if doubtful else ''}{contact.note[voice.language]}")
