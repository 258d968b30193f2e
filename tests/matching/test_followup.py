"""Short texts that lean on the last answer, and texts that do not."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.matching.followup import WITHIN, FollowUp, follow_up
from bot.matching.matcher import BaseMatcher
from bot.matching.model import Context

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
LAST = "eid-pin-blocked"


def leaning(matcher: BaseMatcher, text: str, ago: timedelta = timedelta(minutes=1)) -> object:
    """What a text says after an answer `ago`."""
    return follow_up(text, Context(LAST, NOW - ago), NOW, matcher.professions)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("et pour un dentiste ?", FollowUp(LAST, profession="dentist")),
        ("en voor een tandarts", FollowUp(LAST, profession="dentist")),
        ("und für einen Zahnarzt?", FollowUp(LAST, profession="dentist")),
        ("and for a dentist?", FollowUp(LAST, profession="dentist")),
        ("en néerlandais svp", FollowUp(LAST, language="nl")),
        ("in het Frans aub", FollowUp(LAST, language="fr")),
        ("auf Deutsch bitte", FollowUp(LAST, language="de")),
        ("in English please", FollowUp(LAST, language="en")),
        ("et si ça ne marche pas non plus ?", FollowUp(LAST, still=True)),
        ("en als dat ook niet werkt?", FollowUp(LAST, still=True)),
        ("das geht auch nicht", FollowUp(LAST, still=True)),
        ("that doesn't work either", FollowUp(LAST, still=True)),
    ],
)
def test_a_follow_up_is_understood(matcher: BaseMatcher, text: str, meant: FollowUp) -> None:
    """Another profession, another language, or "that did not help", in the four languages."""
    assert leaning(matcher, text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "et maintenant la carte est bloquée pour un dentiste",
        "mon lecteur ne marche toujours pas en néerlandais",
        "merci",
    ],
)
def test_a_text_with_something_of_its_own_stands_alone(matcher: BaseMatcher, text: str) -> None:
    """One word of a new situation makes it a new question."""
    assert leaning(matcher, text) is None


@pytest.mark.parametrize(
    ("late", "followed"), [(timedelta(0), True), (timedelta(seconds=1), False)]
)
def test_ten_minutes_are_the_limit(matcher: BaseMatcher, late: timedelta, followed: bool) -> None:
    """At ten minutes it still follows, a second later no more."""
    assert (leaning(matcher, "en néerlandais", WITHIN + late) is not None) is followed


def test_without_a_last_answer_nothing_is_followed(matcher: BaseMatcher) -> None:
    """The first text of a chat stands alone."""
    assert follow_up("en néerlandais", Context(), NOW, matcher.professions) is None
