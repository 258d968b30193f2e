"""The matcher: built once from the knowledge base, then asked for each question."""

from datetime import datetime
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.knowledge import ALL_PROFESSIONS, Knowledge, Procedure
from bot.matching.decision import Evidence, decide, probabilities
from bot.matching.followup import FollowUp, follow_up
from bot.matching.index import Floats, Scores, score
from bot.matching.learned import Learned, learned
from bot.matching.model import AnswerKind, Candidate, Context, Match, Question
from bot.matching.professions import said_profession, spellings
from bot.matching.text import words
from bot.matching.vocabulary import Speller, speller

SHOWN = 5
LIKELY = 0.6
"""Candidates are the likely ones when their probabilities sum to this."""
BUTTONS = 4
HINT = 0.06
"""What an outage adds to the procedures of its services: enough to order neighbours, no more."""
OUT = -9.0
"""Score of an entry that does not serve the profession."""


class BaseMatcher:
    """`bot.matching.model.Matcher` over one knowledge base."""

    def __init__(self, knowledge: Knowledge, cache_dir: Path | None = None) -> None:
        self.knowledge = knowledge
        self.procedures = tuple(knowledge.procedures.values())
        self.speller: Speller = speller(knowledge.lexicon)
        self.learned: Learned = learned(knowledge, cache_dir)
        self.professions = spellings(knowledge.professions.values())
        self.failures = frozenset(w for run in knowledge.lexicon.failures for w in words(run))
        self.serving = {who: self._serves(who) for who in (None, *knowledge.professions)}

    def match(
        self, question: Question, context: Context, down: frozenset[str], now: datetime
    ) -> Match:
        """Ranks all entries and decides: answer, choice or unknown."""
        leaning = follow_up(question.text, context, now, self.professions)
        if leaning is not None and leaning.procedure in self.knowledge.procedures:
            return self._followed(question, leaning)
        language = self._language(question)
        profession = said_profession(question.text, self.professions) or question.profession
        if self._says_only_that_it_fails(question.text) and down:
            return self._about_what_is_down(language, profession, down)
        evidence = self.evidence(question.text, profession, down)
        kind = decide(evidence)
        found = evidence.candidates[: _room(kind)]
        ask = kind is AnswerKind.CHOICE and profession is None and self._differ_by_profession(found)
        return Match(kind, language, profession, found, ask_profession=ask)

    def scores(self, text: str) -> Scores:
        """What each channel says of each entry; the last place is "none of them"."""
        asked = self.speller.words(text)
        spelled = [self.learned.spelling.mended(word) for word in asked]
        return score(self.learned.index, asked, spelled, self.speller)

    def evidence(self, text: str, profession: str | None, down: frozenset[str]) -> Evidence:
        """All that the decision rests on."""
        scores = self.scores(text)
        mine = self._serving(scores.total[:-1], profession)
        hinted = mine + HINT * self._touched(down)
        order = np.argsort(-hinted, kind="stable")[:SHOWN]
        likely = probabilities(mine, order, float(scores.total[-1]))
        return Evidence(
            tuple(
                Candidate(self.procedures[n].id, chance)
                for n, chance in zip(order, likely, strict=True)
                if mine[n] > OUT
            )
        )

    def _differ_by_profession(self, found: tuple[Candidate, ...]) -> bool:
        """Whether the likely ones are the same help, each for other professions."""
        likely = [self.knowledge.procedures[c.procedure] for c in _likely(found)]
        shared = set.intersection(*(set(p.services) for p in likely)) if likely else set()
        served = [who for p in likely for who in p.professions]
        apart = ALL_PROFESSIONS not in served and len(served) == len(set(served))
        return len(likely) > 1 and bool(shared) and apart

    def _serves(self, profession: str | None) -> NDArray[np.bool_]:
        return np.array([p.serves(profession) for p in self.procedures])

    def _serving(self, scores: Floats, profession: str | None) -> Floats:
        serves = self.serving.get(profession)
        mine = self._serves(profession) if serves is None else serves
        return np.where(mine, scores, np.float32(OUT))

    def _touched(self, down: frozenset[str]) -> Floats | float:
        """1 for each procedure of a service that is down."""
        if not down:
            return 0.0
        touched = [bool(down.intersection(p.services)) for p in self.procedures]
        return np.array(touched, dtype=np.float32)

    def _language(self, question: Question) -> str:
        """The text's own language where it is clear, else the setting's."""
        return self.learned.languages.detect(question.text, question.language)

    def _says_only_that_it_fails(self, text: str) -> bool:
        found = set(words(text))
        return bool(found & self.failures) and not found - self.failures - self.speller.fillers

    def _about_what_is_down(
        self, language: str, profession: str | None, down: frozenset[str]
    ) -> Match:
        touched = [p for p in self.procedures if down & set(p.services) and p.serves(profession)][
            :BUTTONS
        ]
        share = 1 / max(1, len(touched))
        found = tuple(Candidate(p.id, share) for p in touched)
        return Match(
            AnswerKind.CHOICE if found else AnswerKind.UNKNOWN, language, profession, found
        )

    def _followed(self, question: Question, leaning: FollowUp) -> Match:
        last = self.knowledge.procedures[leaning.procedure]
        language = leaning.language or self._language(question)
        profession = leaning.profession or question.profession
        if leaning.still:
            found = self._beside(last, profession)
            return Match(AnswerKind.CHOICE, language, profession, found[:BUTTONS])
        if leaning.profession is None or last.serves(leaning.profession):
            return Match(AnswerKind.ANSWER, language, profession, (Candidate(last.id, 1.0),))
        found = self._beside(last, profession)
        kind = AnswerKind.CHOICE if found else AnswerKind.UNKNOWN
        return Match(kind, language, profession, found[:BUTTONS])

    def _beside(self, last: Procedure, profession: str | None) -> tuple[Candidate, ...]:
        """Other procedures of the same services, nearest first, and who can be called."""
        text = " ".join((last.title["fr"], last.trigger["fr"], last.title["nl"]))
        mine = self._serving(self.scores(text).total[:-1], profession)
        services = {*last.services, "support"}
        near = [
            n
            for n in np.argsort(-mine, kind="stable")
            if mine[n] > OUT
            and self.procedures[n].id != last.id
            and services & set(self.procedures[n].services)
        ]
        return tuple(Candidate(self.procedures[n].id, 1 / (2 + i)) for i, n in enumerate(near))


def _likely(found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The first candidates that together are likely to hold the right one; none where all fail."""
    together = accumulate(candidate.score for candidate in found)
    enough = next((n for n, sum_ in enumerate(together, start=1) if sum_ >= LIKELY), 0)
    return found[:enough]


def _room(kind: AnswerKind) -> int:
    return BUTTONS if kind is AnswerKind.CHOICE else SHOWN
