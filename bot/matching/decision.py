"""Answer, choice or unknown: from scores to the probability of being right, then two thresholds.

The probability is a logistic regression over what the scores look like. Its weights were fitted on
the base's own questions and decoys, each asked of an index that did not hold it, decoys counting
five times. Slope and constant were then set on questions of other writers, since the base's own are
written to be unlike each other and so are harder than real ones (tests/benchmarks/README.md).
"""

from dataclasses import dataclass
from math import exp

from bot.matching.index import Floats
from bot.matching.model import AnswerKind, Candidate
from bot.matching.ragged import Integers

ANSWER_FROM = 0.87
CHOICE_FROM = 0.12
RIVAL_FROM = 0.55
"""Beside a second entry as likely as this, the first is no answer: the asker tells which."""

CONSTANT = -4.6
WEIGHTS = (3.4, 6.9, 9.6)
"""Of: best score, lead over the second, lead over "none of them"."""
SHARPNESS = 8.0
"""How fast a later candidate's share falls with its distance to the first."""


@dataclass(frozen=True)
class Calibration:
    """From what the scores look like to a probability, and from that to an answer."""

    constant: float
    weights: tuple[float, float, float]
    answer_from: float


LETTERS = Calibration(CONSTANT, WEIGHTS, ANSWER_FROM)
MEANING = Calibration(-5.1, (3.6, 7.3, 10.1), 0.90)
"""Where meaning is heard too (the extra `semantic`); found in the same way."""


@dataclass(frozen=True)
class Evidence:
    """Candidates with their probability, best first."""

    candidates: tuple[Candidate, ...]


def decide(
    evidence: Evidence, calibration: Calibration = LETTERS, *, written: bool = False
) -> AnswerKind:
    """The first candidate's probability against two thresholds, the second's against a third.

    `written`: an editor wrote this very text as a question of the first.
    """
    first, second = (*(one.score for one in evidence.candidates[:2]), 0.0, 0.0)[:2]
    if first < CHOICE_FROM:
        return AnswerKind.UNKNOWN
    sure = written or first >= calibration.answer_from
    return AnswerKind.ANSWER if sure and second < RIVAL_FROM else AnswerKind.CHOICE


def probabilities(
    mine: Floats, order: Integers, none: float, calibration: Calibration = LETTERS
) -> tuple[float, ...]:
    """Of each entry in `order` (best first), the probability that it is the right one.

    `none`: score of the decoys, "none of them".
    """
    best, second = (float(mine[n]) for n in order[:2])
    seen = (best, best - second, best - none)
    told = sum(w * x for w, x in zip(calibration.weights, seen, strict=True))
    first = _logistic(calibration.constant + told)
    return tuple(first * exp(SHARPNESS * min(0.0, float(mine[n]) - best)) for n in order)


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))
