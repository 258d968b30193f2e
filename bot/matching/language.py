"""Which of the four languages a text is in: a naive Bayes over the knowledge base's own words.

Short texts are mostly function words and endings, so whole words and runs of characters both vote.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.knowledge import LANGUAGES, Knowledge
from bot.matching.text import words

GRAM_SIZES = (3, 4)
WORD_WEIGHT, RUN_WEIGHT = 2.0, 0.3
SMOOTHING = 0.1
PRIOR_WEIGHT = 2.0
"""Log-odds that a setting (Telegram's language or the chat's) gives its language."""
HOW_MANY_SPEAK_IT = (1.0, 0.8, 0.0, 0.0)
"""Log-odds before a word is read: most professionals write French or Dutch."""


@dataclass(frozen=True)
class LanguageModel:
    """Log-likelihood of each feature (row) in each language (column, in the order of LANGUAGES)."""

    numbers: Mapping[str, int]
    weights: NDArray[np.float32]

    def scores(self, text: str) -> NDArray[np.float32]:
        """Log-likelihood of the text in each language; unknown features say nothing."""
        found = [self.numbers.get(feature) for feature in _features(words(text))]
        return np.asarray(self.weights[[n for n in found if n is not None]].sum(axis=0))

    def detect(self, text: str, prior: str | None = None) -> str:
        """The likeliest language; `prior` (a setting) decides where the text says little."""
        scores = self.scores(text) + np.array(HOW_MANY_SPEAK_IT)
        if prior in LANGUAGES:
            scores[LANGUAGES.index(prior)] += PRIOR_WEIGHT
        return LANGUAGES[int(scores.argmax())]


def language_model(texts: Mapping[str, Iterable[str]]) -> LanguageModel:
    """Learns from texts per language (keys: LANGUAGES)."""
    counted = [
        Counter(f for text in texts[language] for f in _features(words(text)))
        for language in LANGUAGES
    ]
    numbers = {feature: n for n, feature in enumerate(dict.fromkeys(chain(*counted)))}
    counts = np.zeros((len(numbers), len(LANGUAGES)), dtype=np.float64)
    for column, counter in enumerate(counted):
        counts[[numbers[f] for f in counter], column] = list(counter.values())
    is_word = np.array([feature[0] == "=" for feature in numbers])
    weights = np.zeros_like(counts)
    for channel, weight in ((is_word, WORD_WEIGHT), (~is_word, RUN_WEIGHT)):
        weights[channel] = weight * _log_odds(counts[channel])
    return LanguageModel(numbers, weights.astype(np.float32))


def _log_odds(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much likelier each feature is in each language than in the mean of all."""
    likely = np.log((counts + SMOOTHING) / (counts.sum(axis=0) + SMOOTHING * len(counts)))
    return np.asarray(likely - likely.mean(axis=1, keepdims=True))


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
                " ".join(procedure.keywords[language]),
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
