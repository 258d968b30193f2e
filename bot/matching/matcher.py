"""The matcher: built once from the knowledge base, then asked for each question."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bot.knowledge import LANGUAGES, Knowledge, Procedure
from bot.matching.decision import decide
from bot.matching.index import Document, Floats, Index, build_index, score
from bot.matching.language import LanguageModel, language_model, texts_of
from bot.matching.model import Candidate, Context, Match, Question
from bot.matching.vocabulary import Speller, distinct, speller

SHOWN = 5


@dataclass(frozen=True)
class Ranking:
    """Scores of all entries for one question, and how much of it the base knew."""

    scores: Floats
    known_share: float


class BaseMatcher:
    """`bot.matching.model.Matcher` over one knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.procedures = tuple(knowledge.procedures.values())
        self.speller: Speller = speller(knowledge.lexicon)
        self.index: Index = build_index(
            documents_of(self.procedures, self.speller), len(self.procedures)
        )
        self.languages: LanguageModel = language_model(texts_of(knowledge))

    def match(
        self, question: Question, context: Context, down: frozenset[str], now: datetime
    ) -> Match:
        """Ranks all entries and decides: answer, choice or unknown."""
        _ = context, now
        language = self.languages.detect(question.text, question.language)
        candidates = self.rank(question, down)
        return Match(
            kind=decide(candidates),
            language=question.language or language,
            profession=question.profession,
            candidates=candidates[:SHOWN],
        )

    def rank(self, question: Question, down: frozenset[str]) -> tuple[Candidate, ...]:
        """All entries that serve the profession, best first."""
        _ = down
        words = distinct(self.speller.words(question.text))
        if not words:
            return ()
        scores = score(self.index, words, words).total
        order = np.argsort(-scores, kind="stable")
        return tuple(
            Candidate(self.procedures[n].id, float(scores[n]))
            for n in order
            if self.procedures[n].serves(question.profession)
        )


def documents_of(procedures: tuple[Procedure, ...], speller_: Speller) -> list[Document]:
    """The texts that stand for each entry, in four languages."""
    return [
        Document(number, tuple(speller_.words(text)))
        for number, procedure in enumerate(procedures)
        for language in LANGUAGES
        for text in texts_for_matching(procedure, language)
    ]


def texts_for_matching(procedure: Procedure, language: str) -> tuple[str, ...]:
    """What an entry is found by, one text a document."""
    return (
        procedure.title[language],
        procedure.trigger[language],
        " ".join(step[language] for step in procedure.steps),
        " ".join(procedure.keywords[language]),
        *procedure.questions[language],
    )
