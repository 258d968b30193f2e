"""What `ask --explain` tells an editor."""

import pytest

from bot.commands.explain import explanation
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import Question


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("carte bloquée", "carte: in "),
        ("carte blqouée", "read as 'bloquee'"),
        ("zxqvwkjp", "zxqvwkjp: unknown; only its runs of letters count"),
        ("", "none is left"),
        ("carte", "none of them: "),
    ],
)
def test_each_word_says_what_it_met(matcher: KnowledgeMatcher, text: str, told: str) -> None:
    """Known, mended or unknown; and what the decoys scored."""
    assert told in explanation(matcher, Question(text))


def test_candidates_stand_with_both_channels(matcher: KnowledgeMatcher) -> None:
    """The candidates of the answer, in its order, with the scores of words and of runs."""
    question = Question("3 fois le mauvais pin, carte bloquée")
    first = matcher.evidence(question.text, None, frozenset()).candidates[0]
    n = [procedure.id for procedure in matcher.procedures].index(first.procedure)
    scores = matcher.scores(question.text)
    line = f"{first.procedure}: {scores.words[n]:.2f} + {scores.runs[n]:.2f}"
    assert line in explanation(matcher, question)
