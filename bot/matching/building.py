"""Texts -> index. Work goes by blocks of texts, so that memory follows the result, not the texts.

Two linear scorers share one weight:
- *centroid*: square root of an entry's summed tf-idf, so that a word that stands in many of its
  questions does not drown the others (the square root as in Rootsift/Hellinger distances);
- *log-odds*: how much likelier a feature is in this entry than in all others together (naive
  Bayes in the one-against-rest form of Rennie et al., ICML 2003).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.corpus import Corpus
from bot.matching.index import Floats, Index
from bot.matching.ragged import Integers, Numbers, places, starts_of
from bot.matching.runs import runs_of_words
from bot.matching.text import numbering
from bot.matching.vocabulary import Speller

SMOOTHING = 0.1
LOG_ODDS_SHARE = 0.12
"""Weight of the log-odds beside the centroid; chosen by cross-validation."""
BLOCK = 1 << 16
"""Features of texts that are looked at together."""


@dataclass(frozen=True)
class Features:
    """The features of each distinct word: those of word n stand at starts[n]:starts[n+1].

    First whole words and marks of synonyms, by `numbers`; then character runs, in the order of
    `runs`.
    """

    numbers: dict[str, int]
    runs: Numbers
    starts: Numbers
    found: Numbers

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.numbers) + len(self.runs)


@dataclass(frozen=True)
class Counted:
    """How often features occur in texts of one block, in the order of (feature, entry, text)."""

    features: Numbers
    entries: Numbers
    texts: Numbers
    counts: NDArray[np.int64]


Blocks = Callable[[], Iterator[Counted]]
"""The blocks in turn; they are counted anew each time, since all together are too large to keep."""


def build_index(texts: Corpus, size: int, speller: Speller) -> Index:
    """The index of `size` entries over their texts."""
    features = _features(texts.words, speller)
    ends = starts_of(texts.lengths)
    parts = _parted(texts, features)

    def blocks() -> Iterator[Counted]:
        return (_counted(texts, features, part, ends) for part in parts)

    texts_with, entries_with = _frequencies(blocks, features)
    rarity = (np.log((1 + len(texts.lengths)) / (1 + texts_with)) + 1).astype(np.float32)
    starts = starts_of(entries_with)
    entries, weights = _postings(blocks, features, rarity, starts, size)
    bias = _to_weights(entries, weights, starts, rarity, size)
    runs = _runs_of_words(features)
    return Index(features.numbers, features.runs, starts, entries, weights, rarity, bias, *runs)


def _features(words: tuple[str, ...], speller: Speller) -> Features:
    numbers = numbering()
    numbers.update((word, number) for number, word in enumerate(words))
    marks = [tuple(map(numbers.__getitem__, speller.tokens(word))) for word in words]
    found, owners = runs_of_words(words)
    runs = _sorted(found).astype(np.int32)
    whose = np.concatenate((np.repeat(np.arange(len(words)), list(map(len, marks))), owners))
    run_numbers = np.searchsorted(runs, found) + len(numbers)
    which = np.concatenate((list(chain.from_iterable(marks)), run_numbers))
    count = len(numbers) + len(runs)
    each = _sorted(whose * count + which)
    starts = starts_of(np.bincount(each // count, minlength=len(words)))
    return Features(dict(numbers), runs, starts, (each % count).astype(np.int32))


def _sorted(found: Integers) -> NDArray[np.int64]:
    """Each once; a few times faster than np.unique."""
    ordered = np.sort(found.astype(np.int64))
    return ordered[_changes(ordered)]


def _runs_of_words(features: Features) -> tuple[Numbers, Numbers]:
    is_run = features.found >= len(features.numbers)
    return starts_of(is_run)[features.starts], features.found[is_run]


def _frequencies(blocks: Blocks, features: Features) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each feature: in how many texts, and in how many entries, it stands."""
    in_texts, in_entries = np.zeros((2, features.count), np.int64)
    for block in blocks():
        in_texts += np.bincount(block.features, minlength=features.count)
        here = block.features[_firsts(block)]
        in_entries += np.bincount(here, minlength=features.count)
    return in_texts, in_entries


def _postings(
    blocks: Blocks, features: Features, rarity: Floats, starts: Numbers, size: int
) -> tuple[Integers, Floats]:
    """Entries of each feature, and the summed tf-idf of each entry's texts."""
    entries = np.zeros(starts[-1], dtype=np.min_scalar_type(size))
    sums = np.zeros(starts[-1], dtype=np.float32)
    free = starts[:-1].copy()
    for block in blocks():
        firsts = _firsts(block)
        mine = block.features[firsts]
        new = _changes(mine)
        held = np.diff(new, append=len(mine)).astype(np.int32)
        place = np.repeat(free[mine[new]] - new.astype(np.int32), held)
        place += np.arange(len(mine), dtype=np.int32)
        entries[place] = block.entries[firsts]
        sums[place] = np.add.reduceat(_normalised(block, rarity, len(features.numbers)), firsts)
        free[mine[new]] += held
    return entries, sums


def _parted(texts: Corpus, features: Features) -> list[tuple[int, int]]:
    """The texts of each block: the first, and the one after the last. Entries are never parted."""
    total = starts_of(np.diff(features.starts)[texts.tokens])[starts_of(texts.lengths)]
    cuts = np.flatnonzero(np.diff(texts.entries, prepend=-1, append=-1))
    chosen = [0]
    for here, after in pairwise(cuts.tolist()):
        if total[after] - total[chosen[-1]] > BLOCK and here > chosen[-1]:
            chosen.append(here)
    return list(pairwise([*chosen, len(texts.lengths)]))


def _counted(texts: Corpus, features: Features, which: tuple[int, int], ends: Numbers) -> Counted:
    """Sorts (feature, text) as one number, small where it can be: that is what takes the time."""
    first, last = which
    bits = int(last - first).bit_length()
    kind = np.min_scalar_type(features.count << bits)
    here, lengths = places(features.starts, texts.tokens[ends[first] : ends[last]])
    owners = np.repeat(np.arange(last - first, dtype=kind), texts.lengths[first:last])
    keys = features.found[here].astype(kind)
    keys <<= bits
    keys |= np.repeat(owners, lengths)
    keys.sort()
    new = _changes(keys)
    found = keys[new]
    texts_of = (found & ((1 << bits) - 1)).astype(np.int32)
    of_entries = texts.entries[first:last][texts_of]
    counts = np.diff(new, append=len(keys))
    return Counted((found >> bits).astype(np.int32), of_entries, texts_of, counts)


def _firsts(block: Counted) -> NDArray[np.intp]:
    """Where another feature or another entry begins."""
    return _changes(block.features, block.entries)


def _changes(*found: Integers) -> NDArray[np.intp]:
    """Where one of the rows has another number than before."""
    changed = np.ones(len(found[0]), dtype=np.bool_)
    changed[1:] = False
    for each in found:
        changed[1:] |= each[1:] != each[:-1]
    return np.flatnonzero(changed)


def _normalised(block: Counted, rarity: Floats, whole: int) -> Floats:
    """tf-idf, with each text's words, and each text's runs, scaled to length one."""
    damped = 1 + np.log(np.arange(1, block.counts.max() + 1))
    values = damped[block.counts - 1] * rarity[block.features]
    channel = block.texts * 2 + (block.features < whole)
    lengths = np.sqrt(np.bincount(channel, weights=values * values))
    values /= lengths[channel]
    return values.astype(np.float32)


def _to_weights(
    entries: Integers,
    sums: Floats,
    starts: Numbers,
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


def _cuts(starts: Numbers) -> list[int]:
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
