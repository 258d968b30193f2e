"""Two troubles in one text: an answer about the one must not hide what to do about the other."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.knowledge import Knowledge, Procedure
from bot.matching.model import BUTTONS, AnswerKind, Candidate, Match


def with_second(match: Match, knowledge: Knowledge) -> Match:
    """A sure answer beside what an editor marked for the outage of another service that is named.

    Asked only of a text that says that something fails. A service that the answer rests on, or that
    stands directly above or below it, is no second trouble.
    """
    if match.kind is not AnswerKind.ANSWER or match.profession is None:
        return match
    first = match.candidates[0]
    others = set(_others(match.named, knowledge.procedures[first.procedure], knowledge))
    marked = (
        one.id
        for one in knowledge.procedures.values()
        if others & set(one.outage_of) and one.serves(match.profession)
    )
    second = next(marked, None)
    if second is None:
        return match
    kept = (one for one in match.candidates[1:] if one.procedure != second)
    found = (first, Candidate(second, first.score / 2), *kept)[:BUTTONS]
    return replace(match, kind=AnswerKind.CHOICE, candidates=found)


def _others(named: Iterable[str], answering: Procedure, knowledge: Knowledge) -> Iterator[str]:
    own = set(answering.services)
    above = {one for service in own for one in knowledge.services[service].depends_on}
    for service in named:
        if service not in own | above and own.isdisjoint(knowledge.services[service].depends_on):
            yield service
