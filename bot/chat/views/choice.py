"""Lists to choose from: near procedures, professions, topics."""

from collections.abc import Sequence

from bot.alerts.model import Outgoing
from bot.answering import Answer
from bot.chat.callbacks import Verb
from bot.chat.keyboards import Button, Rows, button, paired, rows
from bot.chat.markup import Html, blocks, bold, joined, paginate, plain
from bot.chat.views import states
from bot.chat.voice import Voice
from bot.knowledge import Procedure, Profession, Service
from bot.status.model import State


def candidates(voice: Voice, answer: Answer, note: str | None = None) -> Outgoing:
    """Two or three procedures that may be meant; or the professions that tell them apart.

    What is known of a service that was named comes first: it tells whether it is only them.
    """
    known = [voice.knowledge.procedure(one.procedure) for one in answer.candidates]
    near = [procedure for procedure in known if procedure is not None]
    if answer.ask_profession:
        text = blocks(
            plain(note or ""), _known(voice, answer), plain(voice.say("choice-profession"))
        )
        return Outgoing(text, by_profession(voice, near))
    text = blocks(
        plain(note or ""),
        _known(voice, answer),
        plain(voice.say("choice-ask")),
        numbered(voice, near),
    )
    return Outgoing(text, rows(procedure_buttons(voice, near, Verb.OPEN)))


def procedures(
    voice: Voice, title: str, near: Sequence[Procedure], back: Button | None = None
) -> Outgoing:
    """A titled list of procedures; a long one goes over into further buttons only."""
    ask = voice.say("topic-hint" if near else "topic-empty")
    buttons = [*procedure_buttons(voice, near, Verb.SHOW), *([back] if back else [])]
    text = paginate((bold(title), plain(ask), numbered(voice, near)))[0]
    return Outgoing(text, rows(buttons))


def topics(voice: Voice, title: str, found: Sequence[Service], note: str = "") -> Outgoing:
    """Topics as buttons."""
    text = blocks(plain(note), bold(title), plain(voice.say("procedures-hint")))
    return Outgoing(text, paired(topic_buttons(voice, found)))


def procedure_button(voice: Voice, number: int, procedure: Procedure, verb: Verb) -> Button:
    """One procedure, with the number that it has in the text."""
    return button(f"{number}. {voice.short_title(procedure)}", verb, procedure.id)


def topic_buttons(voice: Voice, found: Sequence[Service]) -> tuple[Button, ...]:
    """One button for each topic."""
    return tuple(button(one.names[voice.language], Verb.TOPIC, one.id) for one in found)


def other_profession(
    voice: Voice, procedure: Procedure, professions: Sequence[Profession]
) -> Outgoing:
    """For which profession the same trouble is asked."""
    shown = [
        button(one.names[voice.language], Verb.AS_PROFESSION, procedure.id, one.id)
        for one in professions
    ]
    back = button(voice.say("button-back"), Verb.SHOW, procedure.id)
    text = blocks(bold(voice.title(procedure)), plain(voice.say("other-profession-ask")))
    return Outgoing(text, (*paired(shown), (back,)))


def no_procedure_for(voice: Voice, procedure: Procedure, profession: str) -> Outgoing:
    """Nothing of the kind for that profession."""
    told = voice.say("other-profession-none", profession=voice.profession(profession))
    back = button(voice.say("button-back"), Verb.SHOW, procedure.id)
    return Outgoing(plain(told), ((back,),))


def by_profession(voice: Voice, near: Sequence[Procedure]) -> Rows:
    """The professions that tell procedures apart, as buttons that open these."""
    return paired(
        button(voice.profession(profession), Verb.OPEN, procedure.id)
        for procedure in near
        for profession in procedure.professions
    )


def _known(voice: Voice, answer: Answer) -> Html:
    asked = answer.whether  # then it is told too that nobody knows
    told = (one for one in answer.services if asked or one.state is not State.UNKNOWN)
    lines = (states.lines(voice, status) for status in told)
    more = states.hidden(voice, answer.hidden)
    return blocks(*lines, more, states.overview(voice, answer.overview))


def numbered(voice: Voice, near: Sequence[Procedure]) -> Html:
    """Titles, each with the number of its button."""
    return joined(plain(f"{n}. {voice.title(one)}") for n, one in enumerate(near, start=1))


def procedure_buttons(voice: Voice, near: Sequence[Procedure], verb: Verb) -> tuple[Button, ...]:
    """One button for each, numbered."""
    return tuple(procedure_button(voice, n, one, verb) for n, one in enumerate(near, start=1))
