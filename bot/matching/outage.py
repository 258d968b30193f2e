"""A text that says no more than that a service fails: "Recip-e ligt plat", "eAttest en panne ?".

Such words stand in every entry about the service, so their scores tell little. What an editor
marked as the first thing to do in its outage (`outage_of`) comes first then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property

from bot.knowledge import Lexicon, Procedure
from bot.knowledge.model import ALL_PROFESSIONS
from bot.matching.model import BUTTONS, AnswerKind, Candidate, Match
from bot.matching.professions import Professions
from bot.matching.services import Spoken
from bot.matching.text import words

SURE = 0.9
"""Claimed of a marked entry that answers. Set by hand and low: too few people ask so to fit it."""
LIKELY = 0.8
"""The same of the first of several, or where the fault may be the asker's own."""
LEAD = 0.1
"""Of two marked entries the one that is ahead by so much in score answers alone; set by hand."""


@dataclass(frozen=True)
class Near:
    """An entry and its score."""

    procedure: Procedure
    score: float


class Says(Enum):
    """How much a text that names a service says of it."""

    MORE = auto()
    FAILS = auto()
    """That it fails, for whatever reason: "Recip-e spinnt"."""
    OUT = auto()
    """That it is down: "Recip-e ligt plat"."""


@dataclass(frozen=True)
class OutageWords:
    """The words that say only that something fails, and those beside them that say nothing."""

    failures: frozenset[frozenset[str]]
    """Each as its words, which may stand apart: "werkt al heel de dag niet"."""
    outages: frozenset[frozenset[str]]
    empty: frozenset[str]

    @cached_property
    def failing(self) -> frozenset[str]:
        """All words of the failures."""
        return frozenset[str]().union(*self.failures, *self.outages)

    def mended(self, others: tuple[str, ...], mend: Callable[[str], str]) -> tuple[str, ...]:
        """The words, with slips of those that tell a failure as they were meant: "marhce pas"."""
        return tuple(meant if (meant := mend(word)) in self.failing else word for word in others)

    def is_bare(self, others: tuple[str, ...]) -> bool:
        """Whether the other words of a text say nothing, or only that something fails."""
        return not frozenset(others) - self.empty - self.failing

    def names_nothing(self, told: tuple[str, ...]) -> bool:
        """Whether a text says that something fails, and not what: "ça plante encore"."""
        return self.is_bare(told) and not self.failing.isdisjoint(told)

    def is_failure(self, told: tuple[str, ...]) -> bool:
        """Whether a text says that something fails, or else says nothing at all."""
        return self.is_bare(told) or self.fails(told)

    def fails(self, told: tuple[str, ...]) -> bool:
        """Whether a text says that something fails."""
        found = frozenset(told)
        return any(run <= found for run in self.failures | self.outages)

    def says(self, others: tuple[str, ...]) -> Says:
        """`others`: the words of the text beside the service's name."""
        told = frozenset(others)
        if not self.is_bare(others):
            return Says.MORE
        for says, runs in ((Says.OUT, self.outages), (Says.FAILS, self.failures)):
            if any(run <= told for run in runs):
                return says
        return Says.MORE


def outage_words(lexicon: Lexicon, professions: Professions) -> OutageWords:
    """Of the lexicon; a profession's own word adds nothing to a text."""
    who = {run[0] for run in professions.known if len(run) == 1}
    empty = _folded((*lexicon.fillers, *lexicon.asides))
    return OutageWords(
        failures=_folded(lexicon.failures),
        outages=_folded(lexicon.outages),
        empty=frozenset[str]().union(*empty, who),
    )


def marked_first(
    match: Match, says: Says, spoken: Spoken, profession: str | None, near: Sequence[Near]
) -> Match:
    """The match with what an editor marked for the outage of what was named before all else.

    `profession`: set or spoken of; who tells none is asked for it where the marked ones differ by
    it. `near`: all entries that rest on what was named, best first.
    """
    if says is Says.MORE:
        return match
    marked = [
        one
        for one in near
        if one.procedure.serves(profession)
        and not set(spoken.services).isdisjoint(one.procedure.outage_of)
    ]
    if profession is None:
        apart = _apart(marked)
        if len(apart) > 1:
            return _ask_profession(match, apart, near)
        if _leaves_out(marked, near):
            return match
    if not marked or _answers(match, marked):
        return match
    return _answer(match, marked) if says is Says.OUT and _leads(marked) else _choice(match, marked)


def _apart(marked: Sequence[Near]) -> list[Near]:
    """The best for each profession."""
    served: set[str] = set()
    apart = []
    for one in marked:
        if served.isdisjoint(one.procedure.professions):
            apart.append(one)
            served.update(one.procedure.professions)
    return apart


def _leaves_out(marked: Sequence[Near], near: Sequence[Near]) -> bool:
    """Whether entries on the service are for professions that none of the marked ones serves."""
    served = {who for one in marked for who in one.procedure.professions}
    return any(set(one.procedure.professions) - served - {ALL_PROFESSIONS} for one in near)


def _ask_profession(match: Match, apart: Sequence[Near], near: Sequence[Near]) -> Match:
    if _leaves_out(apart, near):
        return match
    chance = LIKELY / len(apart)
    found = tuple(Candidate(one.procedure.id, chance) for one in apart)
    return replace(match, kind=AnswerKind.CHOICE, candidates=found, ask_profession=True)


def _answer(match: Match, marked: Sequence[Near]) -> Match:
    found = (Candidate(marked[0].procedure.id, SURE),)
    return replace(match, kind=AnswerKind.ANSWER, candidates=found)


def _choice(match: Match, marked: Sequence[Near]) -> Match:
    ids = [one.procedure.id for one in marked]
    mine = (Candidate(one, LIKELY if one == ids[0] else LIKELY / 2) for one in ids)
    others = (one for one in match.candidates if one.procedure not in ids)
    found = (*mine, *others)[:BUTTONS]
    return replace(match, kind=AnswerKind.CHOICE, candidates=found, ask_profession=False)


def _answers(match: Match, marked: Sequence[Near]) -> bool:
    first = match.candidates[0].procedure if match.kind is AnswerKind.ANSWER else None
    return first in [one.procedure.id for one in marked]


def _leads(marked: Sequence[Near]) -> bool:
    first, second = (*(one.score for one in marked[:2]), float("-inf"))[:2]
    return first - second >= LEAD


def _folded(said: tuple[str, ...]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(words(run)) for run in said)
