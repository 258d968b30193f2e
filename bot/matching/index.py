"""The base's texts as numbers: for each feature, how strongly it speaks for each entry.

Two linear scorers share one pass over the postings:
- *centroid*: square root of an entry's summed tf-idf, so that a word that stands in many of its
  questions does not drown the others (the square root as in Rootsift/Hellinger distances);
- *log-odds*: how much likelier a feature is in this entry than in all others together (naive
  Bayes in the one-against-rest form of Rennie et al., ICML 2003).
Both are sums over features, so a question costs one look-up per word, never a scan of the texts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.text import grams
from bot.matching.vocabulary import Speller, distinct

Floats = NDArray[np.float32]
Integers = NDArray[np.signedinteger[Any]]

SMOOTHING = 0.1
LOG_ODDS_SHARE = 0.12
"""Weight of the log-odds beside the centroid; chosen by cross-validation."""
WORD_SHARE = 1.4
"""Weight of the words beside the runs; chosen by cross-validation."""


@dataclass(frozen=True)
class Document:
    """One text of the base and the entry (its number) that it speaks for."""

    entry: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """Postings in compressed rows: entries and weights of feature n stand at starts[n]:starts[n+1].

    `rarity`: idf of each feature. `bias`: of each entry, per unit of question weight.
    """

    numbers: dict[str, int]
    starts: Integers
    entries: Integers
    weights: Floats
    rarity: Floats
    bias: Floats

    @property
    def size(self) -> int:
        """Number of entries."""
        return len(self.bias)


def build_index(documents: Sequence[Document], size: int, speller: Speller) -> Index:
    """The index of `size` entries over their documents."""
    numbers: dict[str, int] = {}
    feature_of, document_of, value_of = _triples(documents, numbers, speller)
    entry_of = np.array([d.entry for d in documents], dtype=np.int32)[document_of]
    rarity = _rarity(feature_of, len(documents), len(numbers))
    values = _normalised(value_of * rarity[feature_of], document_of, feature_of, numbers)
    keys, sums = _summed(feature_of.astype(np.int64) * size + entry_of, values)
    features_of_keys = (keys // size).astype(np.int32)
    entries = (keys % size).astype(np.int32)
    weights, bias = _weights(features_of_keys, entries, sums, len(numbers), size)
    starts = np.searchsorted(features_of_keys, np.arange(len(numbers) + 1)).astype(np.int32)
    return Index(numbers, starts, entries, weights, rarity, bias)


def _triples(
    documents: Sequence[Document], numbers: dict[str, int], speller: Speller
) -> tuple[Integers, Integers, Floats]:
    """(feature, document, 1 + log count) for each feature of each document."""
    of_word: dict[str, Integers] = {}
    parts, owners = [], []
    for number, document in enumerate(documents):
        for word in document.words:
            if word not in of_word:
                seen = distinct((*speller.tokens(word), *grams(word)))
                found = [numbers.setdefault(feature, len(numbers)) for feature in seen]
                of_word[word] = np.array(found, dtype=np.int32)
            parts.append(of_word[word])
            owners.append(number)
    lengths = [len(part) for part in parts]
    feature_of = np.concatenate(parts)
    document_of = np.repeat(np.array(owners, dtype=np.int64), lengths)
    keys, counts = np.unique(document_of * len(numbers) + feature_of, return_counts=True)
    return (
        (keys % len(numbers)).astype(np.int32),
        (keys // len(numbers)).astype(np.int32),
        (1 + np.log(counts)).astype(np.float32),
    )


def _rarity(feature_of: Integers, documents: int, size: int) -> Floats:
    frequency = np.bincount(feature_of, minlength=size)
    return np.asarray(np.log((1 + documents) / (1 + frequency)) + 1, dtype=np.float32)


def _normalised(
    values: Floats, document_of: Integers, feature_of: Integers, numbers: dict[str, int]
) -> Floats:
    """Each document's words, and each document's runs, scaled to length one."""
    is_word = np.zeros(len(numbers), dtype=np.int64)
    is_word[[n for feature, n in numbers.items() if feature[0] == "="]] = 1
    channel = document_of.astype(np.int64) * 2 + is_word[feature_of]
    lengths = np.sqrt(np.bincount(channel, weights=values.astype(np.float64) ** 2))
    return np.asarray(values / lengths[channel], dtype=np.float32)


def _summed(keys: NDArray[np.int64], values: Floats) -> tuple[NDArray[np.int64], Floats]:
    order = np.argsort(keys, kind="stable")
    found, first = np.unique(keys[order], return_index=True)
    return found, np.add.reduceat(values[order], first).astype(np.float32)


def _weights(
    feature_of: Integers, entries: Integers, sums: Floats, features_count: int, size: int
) -> tuple[Floats, Floats]:
    roots = np.sqrt(sums)
    lengths = np.sqrt(np.bincount(entries, weights=sums, minlength=size))
    centroid = roots / np.maximum(lengths, 1e-9)[entries]
    totals = np.bincount(feature_of, weights=sums, minlength=features_count)[feature_of]
    odds = np.log(sums / SMOOTHING + 1) - np.log((totals - sums + SMOOTHING) / (totals + SMOOTHING))
    mass = np.bincount(entries, weights=sums, minlength=size) + SMOOTHING * features_count
    everything = mass.sum() - SMOOTHING * features_count * (size - 1)
    bias = np.log(np.maximum(everything - mass, 1.0) / mass)
    weights = centroid + LOG_ODDS_SHARE * odds / 10
    return weights.astype(np.float32), (LOG_ODDS_SHARE * bias / 10).astype(np.float32)


@dataclass(frozen=True)
class Scores:
    """What each channel says of each entry, for one question."""

    words: Floats
    runs: Floats

    @property
    def total(self) -> Floats:
        """Both channels together."""
        return self.words + self.runs


def score(index: Index, asked: Sequence[str], spelled: Sequence[str], speller: Speller) -> Scores:
    """Scores of all entries. `asked`: the words as typed; `spelled`: the same with slips mended.

    Whole words are looked up as spelled, character runs as typed.
    """
    tokens = distinct(token for word in spelled for token in speller.tokens(word))
    runs = distinct(run for word in asked for run in grams(word))
    return Scores(WORD_SHARE * _channel(index, tokens), _channel(index, runs))


def _channel(index: Index, found: Iterable[str]) -> Floats:
    """One channel's score per entry, for a question of length one."""
    known = np.array([n for n in map(index.numbers.get, found) if n is not None], dtype=np.int64)
    if not len(known):
        return np.zeros(index.size, dtype=np.float32)
    rarity = index.rarity[known]
    starts, lengths = index.starts[known], np.diff(index.starts)[known]
    ends = np.cumsum(lengths)
    place = np.arange(ends[-1]) + np.repeat(starts - (ends - lengths), lengths)
    values = index.weights[place] * np.repeat(rarity, lengths)
    row = np.bincount(index.entries[place], weights=values, minlength=index.size)
    total = row + rarity.sum() * index.bias
    return np.asarray(total / np.sqrt((rarity**2).sum()), dtype=np.float32)
