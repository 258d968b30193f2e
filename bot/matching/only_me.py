"""Is it only me? Who asks that of what fails is shown where to look, whatever else they say.

Such words stand beside those of any service, so their scores tell little. In small talk ("dinner
for just me") they mean nothing: a service or that something fails must be told too, or nothing
else.
"""

from dataclasses import dataclass, replace

from bot.knowledge import Knowledge
from bot.knowledge.model import ALL_PROFESSIONS
from bot.matching.decision import RIVAL_FROM
from bot.matching.model import BUTTONS, AnswerKind, Candidate, Match, Why
from bot.matching.outage import OutageWords
from bot.matching.phrases import Phrases, phrases

STATUS = "status"
"""The topic whose first entry for everyone tells where to look."""
SURE = 0.9
"""Claimed where nothing else is likely. Set by hand and low: too few people ask so to fit it."""
LIKELY = 0.8
"""The same where something else may be meant."""


@dataclass(frozen=True)
class OnlyMe:
    """`asks`: how it is asked. `entry`: tells where to look. `software`: the asker's own."""

    asks: Phrases
    entry: str | None
    software: Phrases

    def alone(self, text: str, outage: OutageWords) -> bool:
        """Whether a text says no more than that: or that one's own software fails."""
        beside = self.asks.beside(text)
        if beside is not None:
            return outage.is_bare(beside)
        others = self.software.beside(text)
        return others is not None and outage.is_bare(others) and outage.fails(others)

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

    def tells(self, match: Match) -> bool:
        """Whether where to look is what is told first."""
        return bool(match.candidates) and match.candidates[0].procedure == self.entry


def only_me(knowledge: Knowledge) -> OnlyMe:
    """Of the base and its lexicon."""
    entries = (
        one.id
        for one in knowledge.procedures.values()
        if STATUS in one.services and ALL_PROFESSIONS in one.professions
    )
    lexicon = knowledge.lexicon
    return OnlyMe(phrases(lexicon.only_me), next(entries, None), phrases(lexicon.software))
