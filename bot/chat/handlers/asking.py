"""The main job in the chat: a question, and the buttons under its answer."""

from collections.abc import Iterable
from dataclasses import replace

from bot.alerts.model import Outgoing
from bot.answering import Answer, AnswerKind, Context, Question, show
from bot.chat import finding
from bot.chat.guard import Refusal, check
from bot.chat.request import Request
from bot.chat.views import answer as view
from bot.chat.views import choice, part, start, unknown, works
from bot.chat.voice import Voice
from bot.knowledge import Procedure
from bot.matching.phrases import phrases


async def question(request: Request) -> Outgoing:
    """A free question. What it must not carry is hidden first, and told."""
    return await _answered(request)


async def edited_question(request: Request) -> Outgoing:
    """A question that was changed after it was sent: answered anew, and said so."""
    return await _answered(request, "edited-note")


async def caption(request: Request) -> Outgoing:
    """Words under a picture or a file: a question like any, and nothing else of it is looked at."""
    return await _answered(request, "attachment-note")


async def edited_caption(request: Request) -> Outgoing:
    """The same words, changed after they were sent."""
    return await _answered(request, "edited-note", "attachment-note")


async def _answered(request: Request, *notes: str) -> Outgoing:
    """`notes`: messages that are told before the answer, in its language."""
    checked = check(request.argument)
    notes = (*notes, checked.warned) if checked.warned else notes
    if checked.refusal is not None:
        notes = ("danger-note", *notes) if _in_danger(request) else notes
        return _refused(request, checked.refusal, _noted(request.voice(), notes))
    asked = Question(checked.text, request.language, request.preferences.profession)
    kept = request.preferences
    near = request.parts.near.of(kept.chat_id, request.parts.clock())
    found = request.parts.answer(asked, Context(kept.last_procedure, kept.last_asked_at, near))
    private = kept.chat_id > 0  # a group's language is for its administrators to choose
    if private and kept.language is None and found.kind is not AnswerKind.UNKNOWN:
        # What hangs under the answer is told in its language too, until another is chosen.
        request = await request.keep(replace(kept, language=found.language))
    notes = ("danger-note", *notes) if found.danger else notes
    return await told(request, found, _noted(request.voice(found.language), notes))


async def told(request: Request, found: Answer, note: str | None = None) -> Outgoing:
    """The answer of its kind; of a procedure its id is kept for a question that follows."""
    if found.kind is not AnswerKind.UNKNOWN and found.part is None:
        near = (*([found.thread] if found.thread else []), *(c.procedure for c in found.candidates))
        request.parts.near.keep(request.preferences.chat_id, near, request.parts.clock())
    if found.kind is AnswerKind.ANSWER:
        return await shown(request, found, note)
    voice = request.voice(found.language)
    if found.look is not None:
        return works.render(voice, found, note)
    if found.kind is AnswerKind.CHOICE:
        return choice.candidates(voice, found, note)
    return unknown.render(voice, found, note)


async def shown(request: Request, found: Answer, note: str | None = None) -> Outgoing:
    """A procedure or the part of it that was asked for; remembered by its id alone."""
    voice, parts = request.voice(found.language), request.parts
    if found.look is not None:
        outgoing = works.render(voice, found, note)
    elif found.part is None:
        outgoing = view.render(voice, found, note)
    else:
        outgoing = part.render(voice, found, parts.board(), note)
    if found.procedure is not None:
        now, chat_id = parts.clock(), request.preferences.chat_id
        if found.procedure.id not in parts.near.of(chat_id, now):
            parts.near.forget(chat_id)  # of another question than this procedure answers
        kept = replace(request.preferences, last_procedure=found.procedure.id, last_asked_at=now)
        await request.keep(kept)
    return outgoing


async def procedure(request: Request) -> Outgoing:
    """Button: this procedure."""
    found = _procedure(request)
    return await shown(request, _as_answer(request, found)) if found else gone(request)


async def page(request: Request) -> Outgoing:
    """Button: another page of this procedure."""
    found = _procedure(request)
    if found is None:
        return gone(request)
    number = request.arguments[1] if len(request.arguments) > 1 else ""
    at = int(number) if number.isdecimal() else 1
    return view.render(request.voice(), _as_answer(request, found), page=at)


async def other_profession(request: Request) -> Outgoing:
    """Button: which professions have an answer to the same trouble."""
    found = _procedure(request)
    if found is None:
        return gone(request)
    voice = request.voice()
    return choice.other_profession(voice, found, tuple(voice.knowledge.professions.values()))


async def as_profession(request: Request) -> Outgoing:
    """Button: the same trouble for that profession."""
    found = _procedure(request)
    voice = request.voice()
    profession = request.arguments[1] if len(request.arguments) > 1 else ""
    if found is None or profession not in voice.knowledge.professions:
        return gone(request)
    near = finding.for_profession(voice.knowledge, found, profession)
    if not near:
        return choice.no_procedure_for(voice, found, profession)
    if len(near) == 1:
        return await shown(request, _as_answer(request, near[0]))
    return choice.procedures(voice, voice.profession(profession), near)


def gone(request: Request) -> Outgoing:
    """What the button meant is no longer there."""
    return start.simple(request.voice().say("old-button"))


def _procedure(request: Request) -> Procedure | None:
    return request.parts.knowledge().procedure(request.argument)


def _as_answer(request: Request, procedure: Procedure) -> Answer:
    language = request.voice().language
    return show(procedure, language, request.preferences.profession, request.parts.board())


def _in_danger(request: Request) -> bool:
    """Also of a text that is too long to be matched."""
    said = phrases(request.parts.knowledge().lexicon.danger)
    return said.beside(request.argument) is not None


def _refused(request: Request, refusal: Refusal, note: str) -> Outgoing:
    voice = request.voice()
    told = unknown.ask_again(voice, request.preferences.profession, voice.say(refusal))
    return start.with_note(note, told) if note else told


def _noted(voice: Voice, notes: Iterable[str]) -> str:
    return "\n\n".join(voice.say(note) for note in notes)
