"""Which of the four languages a text is in: a naive Bayes over the knowledge base's own words.

Short texts are mostly function words and endings, so whole words and runs of characters both vote.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from bot.knowledge import LANGUAGES, Knowledge
from bot.matching.text import words

GRAM_SIZES = (2, 3, 4)
PRIOR_WEIGHT = 2.0
"""Log-odds that a setting (Telegram's language or the chat's) gives its language."""


@dataclass(frozen=True)
class LanguageModel:
    """Log-likelihood of each feature in each language, in the order of LANGUAGES."""

    weights: Mapping[str, tuple[float, ...]]
    unseen: tuple[float, ...]

    def scores(self, text: str) -> tuple[float, ...]:
        """Log-likelihood of the text in each language; features of no language say nothing."""
        totals = [0.0] * len(LANGUAGES)
        for feature in _features(words(text)):
            weight = self.weights.get(feature)
            if weight is not None:
                totals = [total + one for total, one in zip(totals, weight, strict=True)]
        return tuple(totals)

    def detect(self, text: str, prior: str | None = None) -> str:
        """The likeliest language; `prior` tips the balance where the text says little."""
        scores = self.scores(text)
        if prior in LANGUAGES:
            place = LANGUAGES.index(prior)
            scores = tuple(s + PRIOR_WEIGHT * (n == place) for n, s in enumerate(scores))
        if not any(scores):
            return prior or "fr"
        return LANGUAGES[scores.index(max(scores))]


def language_model(texts: Mapping[str, Iterable[str]]) -> LanguageModel:
    """Learns from texts per language (keys: LANGUAGES)."""
    counts = {
        language: Counter(f for text in texts[language] for f in _features(words(text)))
        for language in LANGUAGES
    }
    totals = {language: sum(counter.values()) or 1 for language, counter in counts.items()}
    features = set().union(*counts.values())
    size = len(features) or 1

    def weight(feature: str) -> tuple[float, ...]:
        raw = [log((counts[la][feature] + 0.5) / (totals[la] + 0.5 * size)) for la in LANGUAGES]
        best = sum(raw) / len(raw)
        return tuple(one - best for one in raw)

    return LanguageModel({f: weight(f) for f in features}, (0.0,) * len(LANGUAGES))


def texts_of(knowledge: Knowledge) -> dict[str, list[str]]:
    """All that the base says in each language."""
    return {
        language: [
            text
            for procedure in knowledge.procedures.values()
            for text in (
                procedure.title[language],
                procedure.trigger[language],
                *(step[language] for step in procedure.steps),
                *procedure.questions[language],
            )
        ]
        for language in LANGUAGES
    }


def _features(found: tuple[str, ...]) -> list[str]:
    runs = [
        f"<{word}>"[start : start + size]
        for word in found
        for size in GRAM_SIZES
        for start in range(len(word) + 3 - size)
    ]
    return [*(f"={word}" for word in found), *runs]
