"""Nothing near: said so, with what there is all the same, topics and a helpdesk."""

from collections.abc import Sequence

from bot.alerts.model import Outgoing
from bot.answering import Answer, Why
from bot.chat.callbacks import Verb
from bot.chat.finding import general_helpdesks, helpdesks_on, main_topics, watched
from bot.chat.keyboards import Button, Rows, button, paired, rows
from bot.chat.markup import Html, blocks, bold, joined, plain
from bot.chat.views import contacts, states
from bot.chat.views.choice import procedure_button, topic_buttons
from bot.chat.voice import Voice
from bot.knowledge import Procedure

TOPICS_SHOWN = 8
NAMES_SHOWN = 3
"""Professions of one entry: the first ones tell enough."""
NOTHING_ASKED = {
    Why.COURTESY: "unknown-courtesy",
    Why.NO_TOOL: "unknown-tool",
    Why.NO_THREAD: "unknown-thread",
    Why.DANGER: "unknown-danger",
}
"""What is told where no question was, or half of one."""


def render(voice: Voice, answer: Answer, note: str | None = None) -> Outgoing:
    """The honest "I do not know"; of services that were named, their state."""
    if answer.why in NOTHING_ASKED:
        said = plain(voice.say(NOTHING_ASKED[answer.why]))
        told = blocks(plain(note or ""), _states(voice, answer), said)
        state = button(voice.say("button-status"), Verb.STATUS_NEW)
        return Outgoing(told, paired((state, *_topics(voice, answer.profession)[:-1])))
    if answer.uncovered:
        return _uncovered(voice, answer, note)
    text = blocks(
        plain(note or ""),
        bold(voice.say("unknown-answer")),
        _states(voice, answer),
        plain(voice.say("unknown-hint")),
        _desks(voice, answer),
    )
    named = [voice.knowledge.services[one.service] for one in answer.services]
    shown = dict.fromkeys((*topic_buttons(voice, named), *_topics(voice, answer.profession)))
    return Outgoing(text, paired((*shown,)[:TOPICS_SHOWN]))


def ask_again(voice: Voice, profession: str | None, told: str) -> Outgoing:
    """A kind sentence about what cannot be answered, with the topics as buttons."""
    return Outgoing(plain(told), paired(_topics(voice, profession)))


def _uncovered(voice: Voice, answer: Answer, note: str | None) -> Outgoing:
    """No source says what the profession does without that service: who runs it, and whom to call.

    General desks would not help with it.
    """
    found = [voice.knowledge.procedure(one.procedure) for one in answer.candidates]
    general = [procedure for procedure in found if procedure is not None]
    text = blocks(
        plain(note or ""),
        bold(_nothing_about(voice, answer)),
        _states(voice, answer),
        _listed(voice, "unknown-elsewhere", answer.elsewhere, 1),
        _listed(voice, "unknown-general", general, 1 + len(answer.elsewhere)),
        _called(voice, helpdesks_on(voice.knowledge, answer.uncovered)) or _run_by(voice, answer),
    )
    offered = enumerate((*answer.elsewhere, *general), start=1)
    shown = [procedure_button(voice, number, one, Verb.OPEN) for number, one in offered]
    return Outgoing(text, (*rows(shown), *_further(voice, answer)))


def _nothing_about(voice: Voice, answer: Answer) -> str:
    services = voice.services(answer.uncovered)
    if answer.profession is None:
        return voice.say("unknown-service", services=services)
    profession = voice.profession(answer.profession)
    return voice.say("unknown-service-profession", services=services, profession=profession)


def _listed(voice: Voice, label: str, found: Sequence[Procedure], first: int) -> Html:
    """Numbered as their buttons; those of some professions with their names."""
    if not found:
        return Html("")
    lines = (
        plain(f"{number}. {voice.title(one)}{_whose(voice, one)}")
        for number, one in enumerate(found, start=first)
    )
    return joined((bold(voice.say(label)), *lines))


def _whose(voice: Voice, procedure: Procedure) -> str:
    known = voice.knowledge.professions
    names = [voice.profession(one) for one in procedure.professions if one in known]
    more = ", …" if len(names) > NAMES_SHOWN else ""
    return f" ({', '.join(names[:NAMES_SHOWN])}{more})" if names else ""


def _states(voice: Voice, answer: Answer) -> Html:
    lines = (states.lines(voice, status) for status in answer.services)
    more = states.hidden(voice, answer.hidden)
    return blocks(*lines, more, states.overview(voice, answer.overview))


def _desks(voice: Voice, answer: Answer) -> Html:
    """Those of the services that were named, else those for anything."""
    named = [one.service for one in answer.services]
    found = helpdesks_on(voice.knowledge, named)
    return _called(voice, found or general_helpdesks(voice.knowledge, answer.profession))


def _called(voice: Voice, desks: Sequence[str]) -> Html:
    return joined(contacts.line(voice, voice.knowledge.contacts[one]) for one in desks)


def _run_by(voice: Voice, answer: Answer) -> Html:
    services = [voice.knowledge.services[one] for one in answer.uncovered]
    operators = dict.fromkeys(one.operator for one in services if one.operator)
    return joined(plain(voice.say("unknown-operator", operator=one)) for one in operators)


def _further(voice: Voice, answer: Answer) -> Rows:
    first = answer.uncovered[0]
    follow = button(voice.say("button-subscribe"), Verb.SUBSCRIBE, first)
    shown = [follow] if watched(voice.knowledge.services[first]) else []
    return paired((*shown, button(voice.say("button-topics"), Verb.TOPICS)))


def _topics(voice: Voice, profession: str | None) -> tuple[Button, ...]:
    return topic_buttons(voice, main_topics(voice.knowledge, profession, TOPICS_SHOWN))
