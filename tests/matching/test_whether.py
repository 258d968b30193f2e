"""Is it down? What asks no more than that is told from what asks for steps."""

import pytest

from bot.knowledge import Lexicon
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.whether import Whether, whether
from tests.matching.asking import ask


@pytest.mark.parametrize(
    "text",
    [
        "is eattest down?",
        "IS EATTEST DOWN",
        "recip-e down?",
        "is recip-e offline again today?",
        "is there an outage of mycarenet",
        "recip-e en panne ?",
        "est-ce que eattest est en panne",
        "y a-t-il une panne chez mycarenet",
        "savez-vous si recipe est indisponible ?",
        "ligt recip-e plat",
        "recipe plat?",
        "is er een storing bij mycarenet",
        "weet iemand of eattest onbeschikbaar is?",
        "ist recip-e ausgefallen",
        "gibt es gerade eine Störung bei mycarenet?",
        "recip-e und eattest down?",
    ],
)
def test_a_question_whether_a_service_is_down_is_one(matcher: KnowledgeMatcher, text: str) -> None:
    """By its beginning or its question mark, in the four languages."""
    assert ask(matcher, text).look == matcher.only_me.entry


@pytest.mark.parametrize(
    "text",
    [
        # Told, not asked.
        "recip-e down",
        "recip-e est en panne",
        "recip-e ligt plat",
        "il y a une panne chez mycarenet",
        # What to do is asked too.
        "eattest down, what do I do?",
        "recip-e en panne, que faire ?",
        "recip-e plat, wat nu doen?",
        "is eattest down or may I use paper?",
        "ist recip-e ausgefallen, was tun?",
        "recip-e en panne, comment je délivre ?",
        # It may be their own computer.
        "recip-e marche pas ?",
        "werkt recip-e niet?",
        # No service is named.
        "is it down?",
        "une panne ?",
        "",
        "?",
    ],
)
def test_what_says_more_or_names_nothing_is_none(matcher: KnowledgeMatcher, text: str) -> None:
    """Then the steps are told as ever."""
    assert ask(matcher, text).look is None


def test_a_base_without_such_words_has_no_such_question() -> None:
    """An editor may leave them out."""
    assert whether(Lexicon(), "where") == Whether()
