"""One procedure, as a person with a patient in front of them reads it."""

from bot.alerts.model import Outgoing
from bot.answering import Answer
from bot.chat.callbacks import Verb
from bot.chat.keyboards import Rows, button, paired
from bot.chat.markup import Html, blocks, bold, italic, joined, link, paginate, plain, quote
from bot.chat.views import contacts, states
from bot.chat.voice import Voice
from bot.knowledge import Localized, Procedure, Reference, Standing
from bot.status.model import ServiceStatus


def render(voice: Voice, answer: Answer, note: str | None = None, page: int = 1) -> Outgoing:
    """The procedure of an answer. `note` is told first. Raises ValueError without a procedure."""
    if answer.procedure is None:
        raise ValueError("an answer without a procedure is shown by another view")
    procedure = answer.procedure
    pages = paginate((plain(note or ""), *body(voice, answer), sources(voice, procedure)))
    at = min(max(page, 1), len(pages))
    return Outgoing(_numbered(voice, pages, at), _buttons(voice, procedure, at, len(pages)))


def body(voice: Voice, answer: Answer) -> tuple[Html, ...]:
    """All blocks but the sources."""
    procedure = answer.procedure
    if procedure is None:
        return ()
    return (
        bold(voice.title(procedure)),
        caution(voice, procedure),
        _states(voice, answer),
        _part(voice, "label-trigger", procedure.trigger),
        _part(voice, "label-automatic", procedure.automatic),
        steps(voice, procedure),
        _part(voice, "label-proof", procedure.proof),
        limits(voice, procedure),
        afterwards(voice, procedure),
        contacts.block(voice, procedure.contacts),
    )


def caution(voice: Voice, procedure: Procedure) -> Html:
    """What an entry says of itself while it still needs checking."""
    if procedure.standing is not Standing.NEEDS_VERIFICATION:
        return Html("")
    return italic(f"⚠ {voice.say('caution-verify')}")


def steps(voice: Voice, procedure: Procedure, first: int | None = None) -> Html:
    """The numbered steps; `first`: only so many of them."""
    shown = procedure.steps[:first]
    numbered = (plain(f"{n}. {step[voice.language]}") for n, step in enumerate(shown, start=1))
    return joined((bold(voice.say("label-steps")), *numbered))


def limits(voice: Voice, procedure: Procedure) -> Html:
    """Conditions, deadlines, what is uncertain."""
    return _part(voice, "label-limits", procedure.limits)


def afterwards(voice: Voice, procedure: Procedure) -> Html:
    """What to put right once it works again."""
    return _part(voice, "label-afterwards", procedure.afterwards)


def sources(voice: Voice, procedure: Procedure) -> Html:
    """The pages that the entry rests on, with their dates, folded away."""
    known = voice.knowledge.references
    told = (_source(voice, known[one]) for one in procedure.sources if one in known)
    listed = joined((bold(voice.say("label-sources")), *told))
    return quote(listed, expandable=True)


def _source(voice: Voice, reference: Reference) -> Html:
    words, language = voice.words, voice.language
    if reference.published is None:
        seen = words.day(language, reference.seen)
        dated = voice.say("source-undated", publisher=reference.publisher, date=seen)
    else:
        date = words.published(language, reference.published)
        dated = voice.say("source-published", publisher=reference.publisher, date=date)
    return joined((link(reference.title, reference.url), plain(f"({dated})")), " ")


def with_state(voice: Voice, answer: Answer) -> tuple[ServiceStatus, ...]:
    """A topic has no state; every service has one, if only unknown."""
    services = voice.knowledge.services
    return tuple(
        status
        for status in answer.services
        if status.service not in services or services[status.service].kind == "service"
    )


def _states(voice: Voice, answer: Answer) -> Html:
    told = (states.lines(voice, status) for status in with_state(voice, answer))
    more = states.hidden(voice, answer.hidden)
    return joined((*told, more, states.overview(voice, answer.overview)))


def _part(voice: Voice, label: str, text: Localized | None) -> Html:
    if text is None:
        return Html("")
    return joined((bold(voice.say(label)), plain(text[voice.language])))


def _numbered(voice: Voice, pages: tuple[Html, ...], at: int) -> Html:
    if len(pages) == 1:
        return pages[0]
    foot = italic(voice.say("answer-page", page=at, pages=len(pages)))
    return blocks(pages[at - 1], foot)


def _buttons(voice: Voice, procedure: Procedure, at: int, last: int) -> Rows:
    follow = button(voice.say("button-subscribe"), Verb.FOLLOW_PROCEDURE, procedure.id)
    shown = [
        button(voice.say("button-other-profession"), Verb.OTHER_PROFESSION, procedure.id),
        button(voice.say("button-status"), Verb.PROCEDURE_STATUS, procedure.id),
        *([follow] if voice.knowledge.services_under(procedure) else []),
        button(voice.say("button-back"), Verb.TOPIC, procedure.services[0]),
    ]
    if last > 1:
        following = at % last + 1
        label = voice.say("button-more", page=following, pages=last)
        shown.insert(0, button(label, Verb.PAGE, procedure.id, str(following)))
    return paired(shown)
