"""Whether a service is down, asked of one that works: its state, and the steps behind a tap."""

from bot.alerts.model import Outgoing
from bot.answering import Answer
from bot.chat.callbacks import Verb
from bot.chat.keyboards import button, rows
from bot.chat.markup import blocks, joined, plain
from bot.chat.views import answer as whole
from bot.chat.views import choice, states
from bot.chat.voice import Voice
from bot.knowledge import Procedure


def render(voice: Voice, answer: Answer, note: str | None = None) -> Outgoing:
    """The states with their age, that it may still be only them, and where to go on from there.

    Raises ValueError of an answer that has nowhere to look.
    """
    if answer.look is None:
        raise ValueError("only what is asked about and works is told so")
    known = joined(states.lines(voice, status) for status in whole.with_state(voice, answer))
    head = (plain(note or ""), known, plain(f"ℹ️ {voice.say('works-now')}"))
    if answer.ask_profession:
        ask = joined((plain(voice.say("works-else")), plain(voice.say("choice-profession"))))
        look = button(voice.short_title(answer.look), Verb.OPEN, answer.look.id)
        found = choice.by_profession(voice, _near(voice, answer))
        return Outgoing(blocks(*head, ask), (*found, (look,)))
    near = (*_near(voice, answer), answer.look)
    text = joined((plain(voice.say("works-else")), choice.numbered(voice, near)))
    shown = choice.procedure_buttons(voice, near, Verb.OPEN)
    return Outgoing(blocks(*head, text), rows(shown))


def _near(voice: Voice, answer: Answer) -> tuple[Procedure, ...]:
    if answer.procedure is not None:
        return (answer.procedure,)
    known = (voice.knowledge.procedure(one.procedure) for one in answer.candidates)
    return tuple(one for one in known if one is not None and one != answer.look)
