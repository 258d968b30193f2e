"""A service that a text names, but that no entry for the profession is about.

Near entries would be about something else: it is better said, with what there is all the same.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.knowledge import Knowledge, Procedure
from bot.knowledge.model import ALL_PROFESSIONS
from bot.matching.decision import CHOICE_FROM
from bot.matching.model import AnswerKind, Candidate, Match
from bot.matching.services import ServiceNames

LIKELY = 0.6
"""An entry that is so likely the right one is about it, whatever it says."""
ELSEWHERE = 2
"""Entries of other professions that are offered."""
GENERAL = 2
ANY = frozenset({"status", "support"})
"""Topics that help with any service: where to look, whom to call."""


@dataclass(frozen=True)
class Naming:
    """The services that a text names. `bare`: it says no more of them, or only that they fail."""

    services: tuple[str, ...]
    bare: bool


def with_services(  # noqa: PLR0913, PLR0917 - plain values, so that it stays pure
    match: Match,
    naming: Naming,
    covered: frozenset[str],
    knowledge: Knowledge,
    names: ServiceNames,
    about: Callable[[], Mapping[str, float]],
) -> Match:
    """The match with the services that were named; unknown where nothing is about them.

    `covered`: services on which an entry for the profession rests. `about`: all entries that rest
    on a named one, in the order of the base, with their scores; asked for only then.
    """
    named = naming.services
    told = replace(match, named=named)
    if not named or match.kind is AnswerKind.ANSWER or not covered.isdisjoint(named):
        return told
    if _meant(told, naming, knowledge, names):
        return told
    return replace(
        told,
        kind=AnswerKind.UNKNOWN,
        candidates=_general(match.candidates, knowledge),
        ask_profession=False,
        uncovered=named,
        elsewhere=_elsewhere(named, about(), knowledge),
    )


def _meant(match: Match, naming: Naming, knowledge: Knowledge, names: ServiceNames) -> bool:
    """Whether an entry that does not rest on a named service is likely meant all the same.

    A bare name does not ask whom to call, so whom to call is not what is meant by it.
    """
    return any(
        one.score >= LIKELY or (one.score >= CHOICE_FROM and _names(one, match, knowledge, names))
        for one in match.candidates
        if not (naming.bare and _is_general(knowledge.procedures[one.procedure]))
    )


def _names(found: Candidate, match: Match, knowledge: Knowledge, names: ServiceNames) -> bool:
    """Whether an entry itself says that it is about a named service."""
    procedure = knowledge.procedures[found.procedure]
    texts = (procedure.title, procedure.trigger)
    said = " ".join((*(one[match.language] for one in texts), *procedure.keywords[match.language]))
    return bool(names.in_text(said) & set(match.named))


def _elsewhere(
    named: tuple[str, ...], about: Mapping[str, float], knowledge: Knowledge
) -> tuple[str, ...]:
    """What others do, no two for one profession: first what an editor marked, then the nearest."""
    marked = [one for one in about if _marked(knowledge.procedures[one], named)]
    others = (one for one in about if one not in marked)
    nearest = sorted(others, key=lambda one: -about[one])
    found: list[str] = []
    told: set[str] = set()
    for one in (*marked, *nearest):
        who = set(knowledge.procedures[one].professions)
        if who.isdisjoint(told):
            found.append(one)
            told |= who
    return tuple(found[:ELSEWHERE])


def _general(found: Iterable[Candidate], knowledge: Knowledge) -> tuple[Candidate, ...]:
    """Of the nearest, those for everyone about a topic: where to look, whom to call."""
    kept = (one for one in found if _is_general(knowledge.procedures[one.procedure]))
    return tuple(kept)[:GENERAL]


def _is_general(procedure: Procedure) -> bool:
    return ALL_PROFESSIONS in procedure.professions and not ANY.isdisjoint(procedure.services)


def _marked(procedure: Procedure, services: Collection[str]) -> bool:
    return not set(services).isdisjoint(procedure.outage_of)
