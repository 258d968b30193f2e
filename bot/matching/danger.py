"""A life in danger: no procedure for a tool helps there, and no menu may stand before that."""

from collections.abc import Collection
from dataclasses import replace

from bot.matching.model import AnswerKind, Match, Why

EMERGENCY_NUMBERS = frozenset({"112", "1733"})


def in_danger(match: Match, beside: Collection[str], *, says_more: bool) -> Match:
    """The match with that told first; without an answer where the text says nothing more.

    `beside`: the other words of the text. Who says that 112 does not answer is not sent to 112.
    """
    if not says_more:
        return Match(
            AnswerKind.UNKNOWN, match.language, match.profession, why=Why.DANGER, danger=True
        )
    return replace(match, danger=EMERGENCY_NUMBERS.isdisjoint(beside))
