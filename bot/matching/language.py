"""Which of the four languages a text is in: a naive Bayes over the knowledge base's own words.

Short texts are mostly function words and endings, so whole words and runs of characters both vote.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from bot.knowledge import LANGUAGES, Knowledge, Procedure
from bot.matching.text import numbering, words, words_of_each

GRAM_SIZES = (3, 4)
WORD_WEIGHT, RUN_WEIGHT = 2.0, 0.3
SMOOTHING = 0.1
PRIOR_WEIGHT = 8.0
"""Log-odds that a setting (Telegram's language or the chat's) gives its language."""
ENOUGH = 5_000
"""Texts of each language that it is learnt from: more teach it nothing new."""
HOW_MANY_SPEAK_IT = (1.0, 0.8, 0.0, 0.0)
"""Log-odds before a word is read: most professionals write French or Dutch."""
BORROWED = frozenset("down offline online error login timeout update crash bug".split())
"""English words that stand in all four languages: "recip-e down" is typed in Dutch as in French.

They do not speak against a setting."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class LanguageModel:
    """Log-likelihoods in each language (column, in the order of LANGUAGES).

    `word_weights`: of each known word with all its runs; `run_weights`: of each run, for other
    words.
    """

    words: Mapping[str, int]
    word_weights: Floats
    runs: Mapping[str, int]
    run_weights: Floats

    def scores(self, text: str) -> Floats:
        """Log-likelihood of the text in each language; unknown features say nothing."""
        known, strange = [], []
        for word in words(text):
            if len(word) == 1:
                continue  # a lone letter is a word in one language by chance
            number = self.words.get(word)
            if number is None:
                strange += [n for n in map(self.runs.get, _runs(word)) if n is not None]
            else:
                known.append(number)
        total = self.word_weights[known].sum(axis=0)
        return np.asarray(total + self.run_weights[strange].sum(axis=0) if strange else total)

    def detect(self, text: str, prior: str | None = None) -> str:
        """The likeliest language; `prior` (a setting) decides where the text says little."""
        if prior not in LANGUAGES:
            return LANGUAGES[int((self.scores(text) + np.array(HOW_MANY_SPEAK_IT)).argmax())]
        own = " ".join(word for word in words(text) if word not in BORROWED)
        scores = self.scores(own) + np.array(HOW_MANY_SPEAK_IT)
        scores[LANGUAGES.index(prior)] += PRIOR_WEIGHT
        return LANGUAGES[int(scores.argmax())]


def language_model(texts: Mapping[str, Sequence[str]]) -> LanguageModel:
    """Learns from texts per language (keys: LANGUAGES)."""
    counted = [Counter(chain.from_iterable(words_of_each(texts[name]))) for name in LANGUAGES]
    known = {word: n for n, word in enumerate(dict.fromkeys(chain(*counted)))}
    counts = np.zeros((len(known), len(LANGUAGES)))
    for column, counter in enumerate(counted):
        counts[[known[word] for word in counter], column] = list(counter.values())
    runs = numbering()
    runs_of = [list(map(runs.__getitem__, _runs(word))) for word in known]
    owners = np.repeat(np.arange(len(known)), [len(found) for found in runs_of])
    place = np.fromiter(chain.from_iterable(runs_of), np.int64, len(owners))
    run_weights = RUN_WEIGHT * _log_odds(_summed(place, counts[owners], len(runs)))
    word_weights = WORD_WEIGHT * _log_odds(counts)
    word_weights += _summed(owners, run_weights[place], len(known))
    return LanguageModel(
        known, word_weights.astype(np.float32), dict(runs), run_weights.astype(np.float32)
    )


def _summed(
    place: NDArray[np.int64], values: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """Rows of `values` summed by their place; shape (size, languages)."""
    columns = (np.bincount(place, weights=column, minlength=size) for column in values.T)
    return np.stack(list(columns), axis=1)


def _log_odds(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much likelier each feature is in each language than in the mean of all."""
    likely = np.log((counts + SMOOTHING) / (counts.sum(axis=0) + SMOOTHING * len(counts)))
    return np.asarray(likely - likely.mean(axis=1, keepdims=True))


def texts_of(knowledge: Knowledge) -> dict[str, list[str]]:
    """What the base says in each language, as much as is needed to know it by."""
    return {
        language: list(islice(_said_in(language, knowledge.procedures.values()), ENOUGH))
        for language in LANGUAGES
    }


def _said_in(language: str, procedures: Iterable[Procedure]) -> Iterator[str]:
    for procedure in procedures:
        yield procedure.title[language]
        yield procedure.trigger[language]
        yield from (step[language] for step in procedure.steps)
        yield " ".join(procedure.keywords[language])
        yield from procedure.questions[language]


def _runs(word: str) -> Iterable[str]:
    marked = f"<{word}>"
    length = len(marked) + 1
    return [marked[n : n + size] for size in GRAM_SIZES for n in range(length - size)]
