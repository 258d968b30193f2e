"""What a text that leans on the last answer leads to: pure."""

from collections.abc import Callable

from bot.knowledge import Procedure
from bot.matching.followup import Leaning
from bot.matching.model import BUTTONS, AnswerKind, Candidate, Match, Question, Why

FEWEST = 2
"""Where less of the last question is left to choose from, what is beside its answer is offered."""
Beside = Callable[[Procedure, str | None], tuple[Candidate, ...]]
"""Other procedures near one, for a profession."""


def followed(
    question: Question, leaning: Leaning, last: Procedure, near: tuple[str, ...], beside: Beside
) -> Match:
    """`question`: with the language and the profession of its reply. `near`: as in `Context`.

    Where buttons were offered since and none was pressed, which is meant is asked.
    """
    language, profession = question.language or "", question.profession
    if near and last.id not in near:
        return Match(AnswerKind.UNKNOWN, language, profession, why=Why.NO_THREAD)
    if leaning.part is not None:
        found = (Candidate(last.id, 1.0),)
        return Match(AnswerKind.ANSWER, language, profession, found, part=leaning.part)
    if leaning.other:
        return _something_else(question, last, near, beside)
    if not leaning.still and (leaning.profession is None or last.serves(leaning.profession)):
        return Match(AnswerKind.ANSWER, language, profession, (Candidate(last.id, 1.0),))
    others = beside(last, profession)[:BUTTONS]
    kind = AnswerKind.CHOICE if others or leaning.still else AnswerKind.UNKNOWN
    return Match(kind, language, profession, others, thread=last.id)


def _something_else(
    question: Question, last: Procedure, near: tuple[str, ...], beside: Beside
) -> Match:
    """What else the last question may have meant; little of it, then what is beside its answer."""
    language, profession = question.language or "", question.profession
    ids = [one for one in near if one != last.id]
    if len(ids) < FEWEST:
        ids += (one.procedure for one in beside(last, profession) if one.procedure not in near)
    found = tuple(Candidate(one, 1 / (2 + place)) for place, one in enumerate(ids[:BUTTONS]))
    kind = AnswerKind.CHOICE if found else AnswerKind.UNKNOWN
    return Match(kind, language, profession, found, why=Why.NO_THREAD)
