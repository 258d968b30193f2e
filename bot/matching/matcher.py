"""The matcher: built once from the knowledge base, then asked for each question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from bot.knowledge import Knowledge, Procedure
from bot.matching.apart import differ_by_profession, likely
from bot.matching.danger import in_danger
from bot.matching.decision import (
    ENOUGH,
    LETTERS,
    MEANING,
    Evidence,
    decide,
    probabilities,
)
from bot.matching.followup import Leaning, follow_ups, last_answer
from bot.matching.index import Floats, Scores, score
from bot.matching.learned import Learned, learned
from bot.matching.meaning import Meaning, sense
from bot.matching.model import BUTTONS, AnswerKind, Candidate, Context, Match, Part, Question, Why
from bot.matching.nothing_named import about_what_is_down
from bot.matching.only_me import only_me
from bot.matching.outage import Near, OutageWords, Says, marked_first, outage_words
from bot.matching.phrases import phrases
from bot.matching.places import places_of
from bot.matching.professions import professions_of
from bot.matching.ragged import Integers
from bot.matching.second import with_second
from bot.matching.services import Spoken, service_names
from bot.matching.text import words
from bot.matching.thread import followed
from bot.matching.uncovered import Naming, with_services
from bot.matching.vocabulary import Speller, distinct, speller
from bot.matching.whether import whether

SHOWN = 5
FEW_ENTRIES = 3
"""A lone word that stands in no more entries than this names its situation ("704N")."""
ALONE = frozenset({Part.CONTACTS, Part.HOW_LONG})
"""Asked for where there is no answer to lean on, a question of its own: "who do I call?"."""
HINT = 0.06
"""What an outage adds to the procedures of its services: enough to order neighbours, no more."""
SAID = 0.04
"""What a profession named in the text adds to its entries; chosen on other writers' questions."""
OUT = -9.0
"""Score of an entry that does not serve the profession."""


class KnowledgeMatcher:
    """`bot.matching.model.Matcher` over one knowledge base.

    `meaning`: a third channel beside words and runs, where something tells it.
    """

    def __init__(
        self, knowledge: Knowledge, cache_dir: Path | None = None, meaning: Meaning | None = None
    ) -> None:
        self.knowledge = knowledge
        self.procedures = tuple(knowledge.procedures.values())
        self.speller: Speller = speller(knowledge.lexicon)
        self.learned: Learned = learned(knowledge, cache_dir)
        cues = knowledge.lexicon.cues
        self.professions = professions_of(knowledge.professions.values(), cues)
        self.follow_ups = follow_ups(knowledge.lexicon, self.professions)
        self.services = service_names(knowledge.services.values(), self.speller)
        self.outage: OutageWords = outage_words(knowledge.lexicon, self.professions)
        self.only_me = only_me(knowledge)
        self.whether = whether(knowledge.lexicon, self.only_me.entry)
        self.danger = phrases(knowledge.lexicon.danger)
        self.places = places_of(knowledge)
        self.calibration = LETTERS if meaning is None else MEANING
        near = sense(knowledge, meaning, cache_dir).near if meaning else None
        # kept until the next text: parts of matching ask again of the same question
        self._meant = lru_cache(maxsize=1)(near) if near else None

    def match(
        self, question: Question, context: Context, down: frozenset[str], now: datetime
    ) -> Match:
        """Ranks all entries and decides: answer, choice or unknown."""
        found = self._matched(question, context, down, now)
        beside = self.danger.beside(question.text)
        asks_state = found.asks_state or (self.only_me.tells(found) and not found.named)
        spoken = partial(self._spoken, question.text)
        found = self.whether.marked(replace(found, asks_state=asks_state), question.text, spoken)
        if beside is None:
            return found
        more = not self.outage.is_bare(beside) or self.outage.fails(beside)
        return in_danger(found, beside, says_more=more or bool(found.named))

    def _matched(
        self, question: Question, context: Context, down: frozenset[str], now: datetime
    ) -> Match:
        leaning = self.follow_ups.read(question.text)
        lost = last_answer(context, now) is None
        if leaning is not None and not (lost and leaning.part in ALONE):
            return self._followed(question, leaning, Context() if lost else context)
        if self.follow_ups.is_courtesy(question.text, self.speller.fillers):
            return self._nothing(question, Why.COURTESY)
        language = self._language(question)
        profession = self.professions.said(question.text) or question.profession
        wrote = self.learned.written_for(self.speller.words(question.text))
        if wrote == {len(self.procedures)}:  # a decoy
            return Match(AnswerKind.UNKNOWN, language, profession)
        lasts = (
            leaning is not None and leaning.part is Part.HOW_LONG
        )  # of what is down, if anything
        alone = lasts or self.only_me.alone(question.text, self.outage)
        if not wrote and (alone or self.outage.names_nothing(words(question.text))):
            hit = about_what_is_down(self.procedures, language, profession, down)
            return self.only_me.first(hit) if alone else hit
        kind, found = self._ranked(question.text, profession, wrote, down)
        near = likely(found) if kind is AnswerKind.CHOICE else ()
        match = Match(kind, language, profession, found)
        if profession is None and differ_by_profession(near, self.knowledge.procedures):
            match = replace(match, candidates=near, ask_profession=True)
        told = self._with_services(question.text, match)
        if not wrote and self.outage.fails(words(question.text)):
            told = with_second(told, self.knowledge)
        beside = self.only_me.asks.beside(question.text)
        if beside is None or not (told.named or self.outage.is_failure(beside)):
            return told
        return self.only_me.first(told)

    def _ranked(
        self, text: str, profession: str | None, wrote: frozenset[int], down: frozenset[str]
    ) -> tuple[AnswerKind, tuple[Candidate, ...]]:
        """By its words alone. `wrote`: places of the entries that have this very text."""
        evidence = self.evidence(text, profession, down)
        written = {self.procedures[n].id for n in wrote if n < len(self.procedures)}
        kind = decide(evidence, self.calibration, written)
        if kind is AnswerKind.ANSWER and self._says_too_little(text):
            kind = AnswerKind.CHOICE
        return kind, evidence.candidates[: BUTTONS if kind is AnswerKind.CHOICE else SHOWN]

    def _with_services(self, text: str, match: Match) -> Match:
        spoken = self._spoken(text)

        def about() -> dict[str, float]:
            return self.places.about(spoken.services, self.scores(text).total)

        covered = self.places.covered.get(match.profession, self.places.covered[None])
        naming = Naming(spoken.services, self.outage.is_bare(spoken.others))
        told = with_services(match, naming, covered, self.knowledge, self.services, about)
        says = self.outage.says(spoken.others) if spoken.services else Says.MORE
        if says is Says.MORE:
            return told
        spoken_of = self.professions.named(text)
        who = match.profession or (next(iter(spoken_of)) if len(spoken_of) == 1 else None)
        return marked_first(told, says, spoken, who, self._near(about()))

    def _spoken(self, text: str) -> Spoken:
        spoken = self.services.spoken(text, self.learned.spelling.counts)
        others = self.outage.mended(spoken.others, self.learned.spelling.mended)
        return replace(spoken, others=others)

    def _near(self, scores: Mapping[str, float]) -> list[Near]:
        """Best first."""
        near = [Near(self.knowledge.procedures[one], score) for one, score in scores.items()]
        return sorted(near, key=lambda one: -one.score)

    def _says_too_little(self, text: str) -> bool:
        """A lone word that many entries share ("certificat", "hoofdstuk 4") tells no situation."""
        said = distinct(self.speller.words(text))
        if len(said) != 1:
            return False
        index = self.learned.index
        number = index.numbers.get(self.learned.spelling.mended(said[0]))
        return number is not None and index.spread(number) > FEW_ENTRIES

    def scores(self, text: str) -> Scores:
        """What each channel says of each entry; the last place is "none of them"."""
        asked = self.speller.words(text)
        spelled = [self.learned.spelling.mended(word) for word in asked]
        letters = score(self.learned.index, asked, spelled, self.speller)
        if self._meant is None or not letters.total.any():
            return letters  # where no letter meets the base, no meaning is guessed
        whole = " ".join(map(self.learned.spelling.mended, words(text)))
        return replace(letters, meaning=self._meant(whole))

    def evidence(self, text: str, profession: str | None, down: frozenset[str]) -> Evidence:
        """All that the decision rests on."""
        scores = self.scores(text)
        mine = self._serving(scores.total[:-1], profession)
        if profession is None:
            mine = mine + SAID * self.places.spoken_of(self.professions.named(text))
        hinted = mine + HINT * self.places.touched(down)
        order = _best(hinted)
        none, told = float(scores.total[-1]), len(distinct(self.speller.words(text)))
        chances = probabilities(mine, order, none, told, self.calibration)
        near = probabilities(mine, order, none, max(told, ENOUGH), self.calibration)
        found = tuple(
            Candidate(self.procedures[n].id, chance)
            for n, chance in zip(order, chances, strict=True)
            if mine[n] > OUT
        )
        return Evidence(found, near[0] if found else 0.0)

    def _serving(self, scores: Floats, profession: str | None) -> Floats:
        return np.where(self.places.serves(profession), scores, np.float32(OUT))

    def _language(self, question: Question) -> str:
        """The text's own language where it is clear, else the setting's."""
        text = self.services.left_out(question.text)
        others = self.only_me.software.beside(text)
        text = text if others is None else " ".join(others)
        return self.learned.languages.detect(text, question.language)

    def _nothing(self, question: Question, why: Why) -> Match:
        """Too short to tell a language by, where one is set."""
        language = question.language or self._language(question)
        return Match(AnswerKind.UNKNOWN, language, question.profession, why=why)

    def _followed(self, question: Question, leaning: Leaning, context: Context) -> Match:
        """What the text asks of the last answer; without one, which is meant is asked."""
        last = self.knowledge.procedures.get(context.procedure or "")
        if last is None:
            lost = self._nothing(question, Why.NO_THREAD)
            return replace(lost, language=leaning.language or lost.language)
        language = leaning.language or self._language(question)
        profession = leaning.profession or question.profession
        asked = replace(question, language=language, profession=profession)
        return followed(asked, leaning, last, context.near, self._beside)

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


def _best(scores: Floats) -> Integers:
    """Places of the highest, best first, without sorting them all."""
    count = min(SHOWN, len(scores))
    near = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    return near[np.argsort(-scores[near], kind="stable")][:count]
