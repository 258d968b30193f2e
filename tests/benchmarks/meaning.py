"""What the extra `semantic` brings and costs: `python -m tests.benchmarks.meaning FILE.jsonl...`.

The same questions asked of the matcher without and with it; then its weight: the base's own
questions, each asked of a base that does not hold it (folds.py), with less and more of it.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from typing import TypeVar

import numpy as np

from bot.commands.evaluate import groups, read_cases
from bot.knowledge import Knowledge
from bot.loading import load_base, load_settings
from bot.matching.encoder import installed
from bot.matching.evaluation import MEASURES, Case, calibration_error, evaluate
from bot.matching.index import Floats
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.meaning import SHARE, Meaning
from bot.matching.model import BUTTONS, Context, Question
from tests.benchmarks.folds import Fold, folds

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FOLDS = 5
Made = TypeVar("Made")
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)


class Remembered:
    """A Meaning that is asked once for each text: folds share most of theirs."""

    def __init__(self, meaning: Meaning) -> None:
        self.name = meaning.name
        self._meaning = meaning
        self._known: dict[str, Floats] = {}

    def vectors(self, texts: Sequence[str]) -> Floats:
        """As the meaning tells them."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._meaning.vectors(fresh), strict=True))
        return np.array([self._known[text] for text in texts])


def remembered() -> Meaning:
    """The extra's, for many bases."""
    meaning = installed()
    if meaning is None:
        sys.exit("the extra is not installed: pip install -e '.[semantic]'")
    return Remembered(meaning)


def main(files: Sequence[Path]) -> None:
    """Prints how well, how fast, then how much of it is best."""
    knowledge = load_base(load_settings())
    _told(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {sys.version.split()[0]}")
    without = _built(knowledge, None)
    meaning = _timed("encoder loaded", installed)
    with_it = _built(knowledge, meaning)
    for file in files:
        cases = read_cases(file)
        for name, matcher in (("without", without), ("with", with_it)):
            _print_measures(f"{file.stem}, {name}", cases, matcher)
    cases = list(chain.from_iterable(map(read_cases, files)))
    for name, matcher in (("without", without), ("with", with_it)):
        _print_measures(f"all, {name}", cases, matcher)
        _print_times(name, cases, matcher)
    _print_shares(knowledge, remembered())


def _built(knowledge: Knowledge, meaning: Meaning | None) -> KnowledgeMatcher:
    name = "built without" if meaning is None else "built with, nothing kept"
    return _timed(name, partial(KnowledgeMatcher, knowledge, meaning=meaning))


def _timed(name: str, make: Callable[[], Made]) -> Made:
    began = time.process_time()
    made = make()
    highest = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    took = time.process_time() - began
    _told(f"{name}: {took:.1f} s of the processor, process at most {highest:.0f} MB so far")
    return made


def _print_measures(name: str, cases: Sequence[Case], matcher: KnowledgeMatcher) -> None:
    results = evaluate(cases, lambda q: matcher.match(q, Context(), frozenset(), NOW))
    told = ", ".join(f"{m.short} {100 * m.over(results).value:.1f}" for m in MEASURES)
    _told(f"\n{name}: {told}; calibration error {calibration_error(results):.3f}")
    first, tap = MEASURES[:2]
    for language, mine in groups(results).items():
        if language in ("fr", "nl", "de", "en"):
            found = f"{100 * first.over(mine).value:.1f}, {100 * tap.over(mine).value:.1f}"
            _told(f"  {language}: {found} of {first.over(mine).total}")


def _print_times(name: str, cases: Sequence[Case], matcher: KnowledgeMatcher) -> None:
    times = []
    for case in cases:
        began = time.process_time()
        matcher.match(Question(case.q, case.lang, case.profession), Context(), frozenset(), NOW)
        times.append(1000 * (time.process_time() - began))
    p99 = sorted(times)[int(0.99 * len(times))]
    _told(f"  {name}: median {median(times):.2f} ms, p99 {p99:.2f} ms a question")


def _print_shares(knowledge: Knowledge, meaning: Meaning) -> None:
    found = np.mean([_hits(fold, meaning) for fold in folds(knowledge, FOLDS)], axis=0)
    _told("\nweight: first right, right among four, of the base's own questions held out")
    for share, (first, near) in zip(SHARES, found, strict=True):
        _told(f"  {share:.1f}: {100 * first:.1f}, {100 * near:.1f}")


def _hits(fold: Fold, meaning: Meaning) -> list[tuple[float, float]]:
    """For each share."""
    matcher = KnowledgeMatcher(fold.base, meaning=meaning)
    asked = [one for one in fold.held if one.right]
    ranks = np.array([_ranks(matcher, one.text, one.right) for one in asked])
    return [(float((of == 0).mean()), float((of < BUTTONS).mean())) for of in ranks.T]


def _ranks(matcher: KnowledgeMatcher, text: str, right: frozenset[str]) -> list[int]:
    """Entries before the first right one, for each share."""
    scores = matcher.scores(text)
    letters = (scores.words + scores.runs)[:-1]
    meant = np.zeros_like(letters) if scores.meaning is None else scores.meaning[:-1] / SHARE
    mine = np.array([procedure.id in right for procedure in matcher.procedures])
    totals = [letters + share * meant for share in SHARES]
    return [int((total > total[mine].max()).sum()) for total in totals]


def _told(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:]])
