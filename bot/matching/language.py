"""Which of the four languages a text is in: a naive Bayes over the knowledge base's own words.

Short texts are mostly function words and endings, so whole words and runs of characters both vote.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from bot.knowledge import LANGUAGES, Knowledge, Procedure
from bot.matching.ragged import Numbers
from bot.matching.reading import Read, read
from bot.matching.runs import known_of, runs_of_words
from bot.matching.text import words

RUN_SIZES = (3, 4)
WORD_WEIGHT, RUN_WEIGHT = 2.0, 0.3
SMOOTHING = 0.1
PRIOR_WEIGHT = 8.0
"""Log-odds that a setting (Telegram's language or the chat's) gives its language."""
ENOUGH = 5_000
"""Texts of each language that it is learnt from: more teach it nothing new."""
HOW_MANY_SPEAK_IT = (1.0, 0.8, 0.0, 0.0)
"""Log-odds before a word is read: most professionals write French or Dutch."""
BORROWED = frozenset(
    "down offline online error login timeout update crash bug "
    "fallback failover blackout uptime privacy sticker vignette alarm status "
    "trage".split()
)
"""Words of more than one language: "recip-e down" is typed in Dutch as in French, "trage" is slow
in Dutch and "I carry" in German.

They do not speak against a setting."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class LanguageModel:
    """Log-likelihoods in each language (column, in the order of LANGUAGES).

    `word_weights`: of each known word with all its runs; `run_weights`: of each of
    `runs`, which are sorted, for other words.
    """

    words: Mapping[str, int]
    word_weights: Floats
    runs: Numbers
    run_weights: Floats

    def scores(self, text: str) -> Floats:
        """Log-likelihood of the text in each language; unknown features say nothing."""
        # a lone letter is a word in one language by chance
        said = [word for word in words(text) if len(word) > 1]
        known = [self.words[word] for word in said if word in self.words]
        strange = [word for word in said if word not in self.words]
        total = self.word_weights[known].sum(axis=0)
        if strange:
            runs, _ = runs_of_words(strange, RUN_SIZES)
            total += self.run_weights[known_of(self.runs, runs)].sum(axis=0)
        return np.asarray(total)

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
    told = read(chain.from_iterable(texts[name] for name in LANGUAGES))
    counts = _counts(told, [len(texts[name]) for name in LANGUAGES])
    found, owners = runs_of_words(told.words, RUN_SIZES)
    runs, place = np.unique(found, return_inverse=True)
    run_weights = RUN_WEIGHT * _log_odds(_summed(place, counts[owners], len(runs)))
    word_weights = WORD_WEIGHT * _log_odds(counts)
    word_weights += _summed(owners, run_weights[place], len(told.words))
    known = {word: number for number, word in enumerate(told.words)}
    return LanguageModel(
        known, word_weights.astype(np.float32), runs, run_weights.astype(np.float32)
    )


def _counts(told: Read, texts: Sequence[int]) -> NDArray[np.float64]:
    """How often each word stands in each language, of so many texts in each."""
    columns = np.repeat(np.arange(len(LANGUAGES)), texts)
    cells = told.tokens * len(LANGUAGES) + np.repeat(columns, told.lengths)
    size = len(told.words) * len(LANGUAGES)
    found = np.bincount(cells, minlength=size).astype(np.float64)
    return found.reshape(-1, len(LANGUAGES))


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
