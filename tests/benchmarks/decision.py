"""Fits the constants of bot/matching/decision.py: `python -m tests.benchmarks.decision [FILE]`.

First step: a logistic regression over the base's own questions and decoys, each asked of a base
that does not hold it (folds.py), decoys counting five times. Second step, with a FILE of questions
of other writers: slope and constant of what the first step says, since the base's own questions
are written to be unlike each other and so are harder than real ones.

`--meaning` fits the constants of the extra `semantic` instead.
`--parts` prints instead what each part of matching brings: the table with each left out in turn.
"""

import sys
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.commands.evaluate import read_cases
from bot.knowledge import Knowledge
from bot.loading import load_base, load_settings
from bot.matching.decision import signs
from bot.matching.matcher import OUT, KnowledgeMatcher
from bot.matching.vocabulary import distinct
from tests.benchmarks.folds import folds
from tests.benchmarks.meaning import remembered
from tests.benchmarks.parts import print_parts

FOLDS = 5
DECOY_WEIGHT = 5.0
RIDGE = 1e-3
ROUNDS = 30

Numbers = NDArray[np.float64]
Build = Callable[[Knowledge], KnowledgeMatcher]


def main(arguments: list[str]) -> None:
    """Prints the weights, or the table of parts."""
    files = [Path(one) for one in arguments if not one.startswith("-")]
    knowledge = load_base(load_settings())
    if "--parts" in arguments:
        print_parts(knowledge, read_cases(files[0]) if files else [], sys.stdout)
        return
    meaning = remembered() if "--meaning" in arguments else None
    build = partial(KnowledgeMatcher, meaning=meaning)
    whole = build(knowledge)
    now = np.array([whole.calibration.constant, *whole.calibration.weights])
    seen, right, weights = _held_out(knowledge, build)
    fitted = logistic(seen, right, weights)
    _told("now in decision.py", now)
    _told(f"fitted on {len(right)} questions held out", fitted)
    if files:
        asked, answered = _asked(whole, files)
        for name, first in (("decision.py", now), ("fitted", fitted)):
            said = first[0] + asked @ first[1:]
            moved, slope = logistic(said[:, None], answered, np.ones(len(said)))
            scaled = slope * first + moved * np.eye(len(first))[0]
            _told(f"{name}, slope {slope:.2f} and constant {moved:+.2f} of the file", scaled)


def evidence(matcher: KnowledgeMatcher, text: str, profession: str | None) -> tuple[str, Numbers]:
    """The best entry, and the signs that its probability rests on."""
    total = matcher.scores(text).total
    serves = np.array([p.serves(profession) for p in matcher.procedures])
    mine = np.where(serves, total[:-1], np.float32(OUT))
    order = np.argsort(-mine, kind="stable")[:2]
    told = len(distinct(matcher.speller.words(text)))
    return matcher.procedures[order[0]].id, np.array(signs(mine, order, float(total[-1]), told))


def logistic(seen: Numbers, right: Numbers, weights: Numbers) -> Numbers:
    """Constant and weights of the likeliest logistic regression, by Newton's method.

    `seen`: (questions, features); `right`: 0 or 1 for each; `weights`: how often each counts.
    """
    rows = np.column_stack([np.ones(len(seen)), seen])
    found = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        said = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weights * (right - said)) - RIDGE * found
        curve = (rows * (weights * said * (1 - said))[:, None]).T @ rows
        found = found + np.linalg.solve(curve + RIDGE * np.eye(len(found)), slope)
    return found


def _held_out(knowledge: Knowledge, build: Build) -> tuple[Numbers, Numbers, Numbers]:
    seen, right, weights = [], [], []
    for fold in folds(knowledge, FOLDS):
        matcher = build(fold.base)
        for held in fold.held:
            given, leads = evidence(matcher, held.text, None)
            seen.append(leads)
            right.append(given in held.right)
            weights.append(1.0 if held.right else DECOY_WEIGHT)
    return np.array(seen), np.array(right, dtype=float), np.array(weights)


def _asked(matcher: KnowledgeMatcher, files: list[Path]) -> tuple[Numbers, Numbers]:
    """Questions of the files but the vague ones, which have no right answer."""
    seen, right = [], []
    for case in chain.from_iterable(map(read_cases, files)):
        if case.kind != "vague":
            given, leads = evidence(matcher, case.q, case.profession)
            seen.append(leads)
            right.append(given in case.expect)
    return np.array(seen), np.array(right, dtype=float)


def _told(name: str, found: Numbers) -> None:
    weights = ", ".join(f"{one:.2f}" for one in found[1:])
    sys.stdout.write(f"{name}: constant {found[0]:.2f}, weights ({weights})\n")


if __name__ == "__main__":
    main(sys.argv[1:])
