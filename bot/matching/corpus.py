"""The texts that an index is built from, as numbers: each word is kept once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.ragged import Numbers, starts_of
from bot.matching.reading import Read, read
from bot.matching.text import Join, longest_at, numbering
from bot.matching.vocabulary import Speller

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Corpus:
    """Texts in the order of their entries.

    `words`: each distinct word. `tokens`: all texts' words one after the other, as places in
    `words`; `lengths`: words of each text; `entries`: the entry it speaks for.
    """

    words: tuple[str, ...]
    tokens: Numbers
    lengths: Numbers
    entries: Numbers

    def counts(self) -> dict[str, int]:
        """How often each word occurs."""
        found = np.bincount(self.tokens, minlength=len(self.words))
        return dict(zip(self.words, found.tolist(), strict=True))


def corpus(texts: Sequence[str], entries: Sequence[int], speller: Speller) -> Corpus:
    """Texts as `speller.words` reads each. `entries`: the entry of each text, in rising order."""
    together = _joined(read(texts), speller.runs)
    telling = _telling(together, speller.fillers)
    used = np.bincount(telling.tokens, minlength=len(telling.words)) > 0
    place = np.cumsum(used, dtype=np.int32) - 1
    words = tuple(word for word, is_used in zip(telling.words, used, strict=True) if is_used)
    owners = np.array(entries, dtype=np.int32)
    return Corpus(words, place[telling.tokens], telling.lengths, owners)


def _telling(found: Read, fillers: frozenset[str]) -> Read:
    """Without fillers, save where a text has nothing else."""
    filler = np.array([word in fillers for word in found.words], dtype=np.bool_)
    telling = ~filler[found.tokens]
    says_nothing = _kept(found.lengths, telling) == 0
    return _only(found, telling | np.repeat(says_nothing, found.lengths))


def _joined(found: Read, joins: Mapping[str, tuple[Join, ...]]) -> Read:
    """As `text.joined` of each text."""
    numbers = numbering()
    numbers.update((word, number) for number, word in enumerate(found.words))
    tokens = _renamed(found, joins, numbers)
    kept = np.ones(len(tokens), dtype=np.bool_)
    done = 0
    for start, last in _may_join(found, joins, numbers):
        if start >= done:
            rest = tuple([found.words[token] for token in found.tokens[start:last]])
            word, size = longest_at(rest, 0, joins[rest[0]])
            done = start + size
            tokens[start] = numbers[word]
            kept[start + 1 : done] = False
    return _only(Read(tuple(numbers), tokens, found.lengths), kept)


def _renamed(
    found: Read, joins: Mapping[str, tuple[Join, ...]], numbers: dict[str, int]
) -> Numbers:
    """The words, spelled as the joins say that a lone word is spelled."""
    lone = {run[0]: one for runs in joins.values() for run, one in runs if len(run) == 1}
    spelled = [numbers[lone.get(word, word)] for word in found.words]
    return np.array(spelled, dtype=np.int32)[found.tokens]


def _may_join(
    found: Read, joins: Mapping[str, tuple[Join, ...]], numbers: Mapping[str, int]
) -> Iterator[tuple[int, int]]:
    """Where two words stand that begin a join, and how far it can reach."""
    runs = [run for first in joins.values() for run, _ in first if len(run) > 1]
    size, longest = len(numbers), max(map(len, runs), default=0)
    pairs = [numbers[a] * size + numbers[b] for a, b, *_ in runs if a in numbers and b in numbers]
    firsts = np.zeros(size, dtype=np.bool_)
    firsts[[pair // size for pair in pairs]] = True
    starts = np.flatnonzero(firsts[found.tokens[:-1]])
    seen = found.tokens[starts].astype(np.int64) * size + found.tokens[starts + 1]
    starts = starts[np.isin(seen, pairs)]
    ends = starts_of(found.lengths)
    lasts = np.minimum(starts + longest, ends[np.searchsorted(ends, starts, side="right")])
    yield from zip(starts.tolist(), lasts.tolist(), strict=True)


def _only(found: Read, kept: Flags) -> Read:
    return Read(found.words, found.tokens[kept], _kept(found.lengths, kept))


def _kept(lengths: Numbers, kept: Flags) -> Numbers:
    """How many of each text's words are kept."""
    return np.diff(starts_of(kept)[starts_of(lengths)])
