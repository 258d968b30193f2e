"""Texts -> index. Work goes by blocks of texts, so that memory follows the result, not the texts.

Two linear scorers share one weight:
- *centroid*: square root of an entry's summed tf-idf, so that a word that stands in many of its
  questions does not drown the others (the square root as in Rootsift/Hellinger distances);
- *log-odds*: how much likelier a feature is in this entry than in all others together (naive
  Bayes in the one-against-rest form of Rennie et al., ICML 2003).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.corpus import Corpus, Numbers
from bot.matching.index import Floats, Index
from bot.matching.text import grams, numbering
from bot.matching.vocabulary import Speller

SMOOTHING = 0.1
LOG_ODDS_SHARE = 0.12
"""Weight of the log-odds beside the centroid; chosen by cross-validation."""
BLOCK = 1 << 17
"""Features of texts that are looked at together."""
FEW = np.iinfo(np.uint16).max


@dataclass(frozen=True)
class Features:
    """The features of each distinct word: those of word n stand at starts[n]:starts[n+1].

    The first `whole` numbers are whole words and marks of synonyms, the others character runs.
    """

    numbers: dict[str, int]
    whole: int
    starts: Numbers
    found: Numbers


@dataclass(frozen=True)
class Counted:
    """How often features occur in texts of one block, in the order of (feature, entry, text)."""

    features: Numbers
    entries: Numbers
    texts: Numbers
    counts: NDArray[np.int64]


def build_index(texts: Corpus, size: int, speller: Speller) -> Index:
    """The index of `size` entries over their texts."""
    features = _features(texts.words, speller)
    texts_with, entries_with = _frequencies(texts, features)
    rarity = (np.log((1 + len(texts.lengths)) / (1 + texts_with)) + 1).astype(np.float32)
    starts = np.concatenate(([0], np.cumsum(entries_with)))
    entries, weights = _postings(texts, features, rarity, starts, size)
    bias = _to_weights(entries, weights, starts, rarity, size)
    runs = _runs_of_words(features, len(texts.words))
    return Index(features.numbers, starts, entries, weights, rarity, bias, *runs)


def _features(words: tuple[str, ...], speller: Speller) -> Features:
    numbers = numbering()
    numbers.update((f"={word}", number) for number, word in enumerate(words))
    marks = [list(map(numbers.__getitem__, speller.tokens(word))) for word in words]
    whole = len(numbers)
    found: list[int] = []
    ends = [0]
    for word, tokens in zip(words, marks, strict=True):
        found += tokens
        found += map(numbers.__getitem__, dict.fromkeys(grams(word)))
        ends.append(len(found))
    return Features(
        dict(numbers), whole, np.array(ends, dtype=np.int32), np.array(found, dtype=np.int32)
    )


def _runs_of_words(features: Features, words: int) -> tuple[Numbers, Numbers]:
    is_run = features.found >= features.whole
    before = np.concatenate(([0], np.cumsum(is_run)))
    return before[features.starts[: words + 1]].astype(np.int32), features.found[is_run]


def _frequencies(texts: Corpus, features: Features) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each feature: in how many texts, and in how many entries, it stands."""
    count = len(features.numbers)
    in_texts, in_entries = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for block in _blocks(texts, features):
        in_texts += np.bincount(block.features, minlength=count)
        in_entries += np.bincount(block.features[_firsts(block)], minlength=count)
    return in_texts, in_entries


def _postings(
    texts: Corpus, features: Features, rarity: Floats, starts: NDArray[np.int64], size: int
) -> tuple[NDArray[np.integer[Any]], Floats]:
    """Entries of each feature, and the summed tf-idf of each entry's texts."""
    entries = np.zeros(starts[-1], dtype=np.uint16 if size <= FEW else np.int32)
    sums = np.zeros(starts[-1], dtype=np.float32)
    free = starts[:-1].copy()
    for block in _blocks(texts, features):
        values = _normalised(block, rarity, features.whole)
        firsts = np.flatnonzero(_firsts(block))
        mine = block.features[firsts]
        new = np.flatnonzero(np.diff(mine, prepend=-1))
        held = np.diff(new, append=len(mine))
        place = free[mine] + np.arange(len(mine)) - np.repeat(new, held)
        entries[place] = block.entries[firsts]
        sums[place] = np.add.reduceat(values, firsts)
        free[mine[new]] += held
    return entries, sums


def _blocks(texts: Corpus, features: Features) -> Iterator[Counted]:
    """The texts in turn, never parting those of one entry."""
    sizes = np.diff(features.starts)
    ends = np.concatenate(([0], np.cumsum(texts.lengths)))
    total = np.concatenate(([0], np.cumsum(sizes[texts.tokens])))[ends]
    cuts = np.flatnonzero(np.diff(texts.entries, prepend=-1, append=-1))
    chosen = [0]
    for here, after in pairwise(cuts.tolist()):
        if total[after] - total[chosen[-1]] > BLOCK and here > chosen[-1]:
            chosen.append(here)
    for first, last in pairwise([*chosen, len(texts.lengths)]):
        yield _counted(texts, features, (first, last), ends)


def _counted(
    texts: Corpus, features: Features, which: tuple[int, int], ends: NDArray[np.int64]
) -> Counted:
    first, last = which
    tokens = texts.tokens[ends[first] : ends[last]]
    owners = np.repeat(np.arange(last - first), texts.lengths[first:last])
    lengths = np.diff(features.starts)[tokens]
    before = np.cumsum(lengths) - lengths
    place = np.arange(lengths.sum()) + np.repeat(features.starts[tokens] - before, lengths)
    keys = features.found[place].astype(np.int64) * (last - first) + np.repeat(owners, lengths)
    found, counts = np.unique(keys, return_counts=True)
    texts_of = (found % (last - first)).astype(np.int32)
    return Counted(
        (found // (last - first)).astype(np.int32),
        texts.entries[first:last][texts_of],
        texts_of,
        counts,
    )


def _firsts(block: Counted) -> NDArray[np.bool_]:
    """Where another feature or another entry begins."""
    changed = (np.diff(block.features) != 0) | (np.diff(block.entries) != 0)
    return np.concatenate(([True], changed))


def _normalised(block: Counted, rarity: Floats, whole: int) -> Floats:
    """tf-idf, with each text's words, and each text's runs, scaled to length one."""
    values = (1 + np.log(block.counts)) * rarity[block.features]
    channel = block.texts * 2 + (block.features < whole)
    lengths = np.sqrt(np.bincount(channel, weights=values**2))
    return np.asarray(values / lengths[channel], dtype=np.float32)


def _to_weights(
    entries: NDArray[np.integer[Any]],
    sums: Floats,
    starts: NDArray[np.int64],
    rarity: Floats,
    size: int,
) -> Floats:
    """Makes weights (times rarity) of the sums, in place. Returns the bias of each entry."""
    count = len(rarity)
    blocks = list(pairwise(_cuts(starts)))
    held = np.zeros(size)
    for first, last in blocks:
        here = slice(starts[first], starts[last])
        held += np.bincount(entries[here], weights=sums[here], minlength=size)
    lengths = np.maximum(np.sqrt(held), 1e-9)
    for first, last in blocks:
        here = slice(starts[first], starts[last])
        mine, each = sums[here].astype(np.float64), np.diff(starts[first : last + 1])
        totals = np.repeat(np.add.reduceat(mine, starts[first:last] - starts[first]), each)
        others = np.log((totals - mine + SMOOTHING) / (totals + SMOOTHING))
        odds = np.log(mine / SMOOTHING + 1) - others
        weights = np.sqrt(mine) / lengths[entries[here]] + LOG_ODDS_SHARE * odds / 10
        sums[here] = weights * np.repeat(rarity[first:last], each)
    return _bias(held, count)


def _cuts(starts: NDArray[np.int64]) -> list[int]:
    """Features at which to part the postings, so that none of the parts is much over a block."""
    marks = np.arange(0, starts[-1], BLOCK)
    firsts = np.searchsorted(starts[:-1], marks, side="right") - 1
    return [*np.unique(firsts).tolist(), len(starts) - 1]


def _bias(held: NDArray[np.float64], count: int) -> Floats:
    """What the log-odds say of each entry before a feature is seen."""
    mass = held + SMOOTHING * count
    everything = mass.sum() - SMOOTHING * count * (len(mass) - 1)
    bias = np.log(np.maximum(everything - mass, 1.0) / mass)
    return np.asarray(LOG_ODDS_SHARE * bias / 10, dtype=np.float32)
