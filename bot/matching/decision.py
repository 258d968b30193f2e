"""Answer, choice or unknown: a threshold and a margin over the candidates."""

from collections.abc import Sequence

from bot.matching.model import AnswerKind, Candidate

ANSWER_FROM = 0.5
CHOICE_FROM = 0.2


def decide(candidates: Sequence[Candidate]) -> AnswerKind:
    """What to do with candidates whose scores are probabilities, best first."""
    if not candidates or candidates[0].score < CHOICE_FROM:
        return AnswerKind.UNKNOWN
    if candidates[0].score < ANSWER_FROM:
        return AnswerKind.CHOICE
    return AnswerKind.ANSWER
