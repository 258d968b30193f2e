"""Answer, choice or unknown: from scores to the probability of being right, then thresholds.

The probability is a logistic regression over what the scores look like, fitted on the base's own
questions and decoys, each asked of an index that did not hold it, decoys counting five times, and
on questions of other writers, since the base's own are written to be unlike each other and so are
harder than real ones. The constants lie between those fits (tests/benchmarks/README.md).
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import exp, log1p

from bot.matching.index import Floats
from bot.matching.model import AnswerKind, Candidate
from bot.matching.ragged import Integers

ANSWER_FROM = 0.87
CHOICE_FROM = 0.12
RIVAL_FROM = 0.55
"""Beside a second entry as likely as this, the first is no answer: the asker tells which."""

CONSTANT = -7.1
WEIGHTS = (2.7, 8.0, 11.6, 1.25)
"""Of what `signs` gives, in its order."""
ENOUGH = 8
"""Words from which a question has told enough; one that told less is asked back, not refused."""
NOBODY = Candidate("", 0.0)
SHARPNESS = 8.0
"""How fast a later candidate's share falls with its distance to the first."""


@dataclass(frozen=True)
class Calibration:
    """From what the scores look like to a probability, and from that to an answer."""

    constant: float
    weights: tuple[float, float, float, float]
    answer_from: float


LETTERS = Calibration(CONSTANT, WEIGHTS, ANSWER_FROM)
MEANING = Calibration(-5.85, (1.25, 8.85, 13.8, 1.05), 0.90)
"""Where meaning is heard too (the extra `semantic`); found in the same way."""


@dataclass(frozen=True)
class Evidence:
    """Candidates with their probability, best first.

    `near`: the first one's, had the question told enough.
    """

    candidates: tuple[Candidate, ...]
    near: float


def decide(
    evidence: Evidence,
    calibration: Calibration = LETTERS,
    written: Collection[str] = (),
) -> AnswerKind:
    """The probabilities against three thresholds: to ask back, to answer, and of the second.

    `written`: the entries for which an editor wrote this very text.
    """
    first, second = (*evidence.candidates[:2], NOBODY, NOBODY)[:2]
    if evidence.near < CHOICE_FROM:
        return AnswerKind.UNKNOWN
    sure = first.procedure in written or first.score >= calibration.answer_from
    return AnswerKind.ANSWER if sure and second.score < RIVAL_FROM else AnswerKind.CHOICE


def probabilities(
    mine: Floats, order: Integers, none: float, told: int, calibration: Calibration = LETTERS
) -> tuple[float, ...]:
    """Of each entry in `order` (best first), the probability that it is the right one.

    `none`: score of the decoys, "none of them". `told`: how many words of the question say
    something.
    """
    best = float(mine[order[0]])
    seen = signs(mine, order, none, told)
    weighed = sum(w * x for w, x in zip(calibration.weights, seen, strict=True))
    first = _logistic(calibration.constant + weighed)
    return tuple(first * exp(SHARPNESS * min(0.0, float(mine[n]) - best)) for n in order)


def signs(
    mine: Floats, order: Integers, none: float, told: int
) -> tuple[float, float, float, float]:
    """What the scores look like: the best, its lead over the second and over "none of them".

    Last, how much was told: scores are for a question of length one, so few words reach a high one
    by chance and many do not.
    """
    best, second = (float(mine[n]) for n in order[:2])
    return best, best - second, best - none, log1p(told)


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))
