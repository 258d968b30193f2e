"""Is it only me? Who asks that of what fails is shown where to look, whatever else they say.

Such words stand beside those of any service, so their scores tell little. In small talk ("dinner
for just me") they mean nothing: a service or that something fails must be told too, or nothing
else.
"""

from dataclasses import dataclass, replace

from bot.knowledge import Knowledge
from bot.knowledge.model import ALL_PROFESSIONS
from bot.matching.decision import RIVAL_FROM
from bot.matching.model import AnswerKind, Candidate, Match, Why
from bot.matching.text import words

STATUS = "status"
"""The topic whose first entry for everyone tells where to look."""
BUTTONS = 4
SURE = 0.9
"""Claimed where nothing else is likely. Set by hand and low: too few people ask so to fit it."""
LIKELY = 0.8
"""The same where something else may be meant."""


@dataclass(frozen=True)
class OnlyMe:
    """`said`: words in a row, folded, with a blank around each. `entry`: tells where to look."""

    said: frozenset[str]
    entry: str | None

    def beside(self, text: str) -> tuple[str, ...] | None:
        """The other words of a text that has such; None where it has none."""
        found = _in_a_row(text)
        said = [one for one in self.said if one in found]
        for one in said:
            found = found.replace(one, " ")
        return tuple(found.split()) if said else None

    def first(self, match: Match) -> Match:
        """The match with where to look before what is near; a sure answer stays."""
        if self.entry is None or match.kind is AnswerKind.ANSWER:
            return match
        others = tuple(one for one in match.candidates if one.procedure != self.entry)
        alone = not others or others[0].score < RIVAL_FROM
        found = (Candidate(self.entry, SURE if alone else LIKELY), *others)[:BUTTONS]
        return replace(
            match,
            kind=AnswerKind.ANSWER if alone else AnswerKind.CHOICE,
            candidates=found,
            ask_profession=False,
            uncovered=(),
            elsewhere=(),
            why=Why.NOTHING_NEAR,
        )


def only_me(knowledge: Knowledge) -> OnlyMe:
    """Of the base and its lexicon."""
    entries = (
        one.id
        for one in knowledge.procedures.values()
        if STATUS in one.services and ALL_PROFESSIONS in one.professions
    )
    said = frozenset(map(_in_a_row, knowledge.lexicon.only_me))
    return OnlyMe(said, next(entries, None))


def _in_a_row(text: str) -> str:
    return f" {' '.join(words(text))} "
