"""What a table of results owes, with the extra `semantic` and without."""

from collections.abc import Sequence

from bot.commands.evaluate import groups
from bot.matching.evaluation import MEASURES, Measure, Result

LANGUAGE_GAP = 0.08
"""No language may be further below the whole."""


def is_reached(measure: Measure, results: Sequence[Result]) -> bool:
    """At least, or at most, what the table of `evaluate` names."""
    share = measure.over(results).value
    return share >= measure.wanted if measure.at_least else share <= measure.wanted


def keeps_up(language: str, results: Sequence[Result]) -> bool:
    """First candidate right: at most 8 points below all."""
    first = MEASURES[0]
    mine = first.over(groups(results)[language]).value
    return mine >= first.over(results).value - LANGUAGE_GAP
