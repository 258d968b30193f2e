"""Short texts that lean on the last answer, and texts that do not."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.knowledge import LANGUAGES, Knowledge
from bot.matching.followup import WITHIN, Leaning, last_answer
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind, Context, Question, Why
from tests.matching.asking import ask

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
LAST = "eid-pin-blocked"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("et pour un dentiste ?", Leaning(profession="dentist")),
        ("et au cabinet d'un médecin ?", Leaning(profession="general-practitioner")),
        ("en voor een tandarts", Leaning(profession="dentist")),
        ("en in de apotheek?", Leaning(profession="pharmacist")),
        ("und im Krankenhaus?", Leaning(profession="hospital")),
        ("and at a doctor's office?", Leaning(profession="general-practitioner")),
        ("und für einen Zahnarzt?", Leaning(profession="dentist")),
        ("and for a dentist?", Leaning(profession="dentist")),
        ("en néerlandais svp", Leaning(language="nl")),
        ("in het Frans aub", Leaning(language="fr")),
        ("auf Deutsch bitte", Leaning(language="de")),
        ("in English please", Leaning(language="en")),
        ("et si ça ne marche pas non plus ?", Leaning(still=True)),
        ("en als dat ook niet werkt?", Leaning(still=True)),
        ("das geht auch nicht", Leaning(still=True)),
        ("that doesn't work either", Leaning(still=True)),
    ],
)
def test_a_follow_up_is_understood(matcher: KnowledgeMatcher, text: str, meant: Leaning) -> None:
    """Another profession, another language, or "that did not help", in the four languages."""
    assert matcher.follow_ups.read(text) == meant


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
def test_a_text_with_something_of_its_own_stands_alone(
    matcher: KnowledgeMatcher, text: str
) -> None:
    """One word of a new situation makes it a new question."""
    assert matcher.follow_ups.read(text) is None


@pytest.mark.parametrize(("late", "followed"), [(timedelta(0), LAST), (timedelta(seconds=1), None)])
def test_ten_minutes_are_the_limit(late: timedelta, followed: str | None) -> None:
    """At ten minutes the last answer still counts, a second later no more."""
    assert last_answer(Context(LAST, NOW - WITHIN - late), NOW) == followed


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("en néerlandais", "nl"),
        ("et si ça ne marche pas non plus ?", "fr"),
        ("und für einen Zahnarzt?", "de"),
    ],
)
@pytest.mark.parametrize("context", [Context(), Context(LAST, NOW - 2 * WITHIN)])
def test_what_leans_on_nothing_is_asked_back(
    matcher: KnowledgeMatcher, text: str, language: str, context: Context
) -> None:
    """No procedure is guessed from words that name none."""
    match = matcher.match(Question(text), context, frozenset(), NOW)
    assert (match.kind, match.why, match.language) == (AnswerKind.UNKNOWN, Why.NO_THREAD, language)
    assert not match.candidates


@pytest.mark.parametrize(
    "text",
    [
        "bonjour",
        "Merci beaucoup !",
        "goeiemorgen",
        "dank je wel",
        "Guten Tag",
        "thank you 🙏",
        "thank you very much",
        "hartelijk dank",
        "Herzlichen Dank!",
        "ok",
    ],
)
def test_a_courtesy_asks_nothing(matcher: KnowledgeMatcher, text: str) -> None:
    """Greetings and thanks are no question without an answer."""
    assert (ask(matcher, text).kind, ask(matcher, text).why) == (AnswerKind.UNKNOWN, Why.COURTESY)


@pytest.mark.parametrize(
    "text",
    [
        "bonjour, recip-e est en panne",
        "bonjour ça ne marche pas",
        "goedemorgen het ligt plat",
        "guten Tag es geht nicht",
        "thanks but it does not work",
        "hallo kaart kapot",
        "merci mais ça ne marche pas",
        "",
    ],
)
def test_a_question_that_greets_is_a_question(matcher: KnowledgeMatcher, text: str) -> None:
    """One word of its own is enough."""
    assert ask(matcher, text).why is not Why.COURTESY


def test_no_question_of_the_base_is_taken_for_a_courtesy(
    matcher: KnowledgeMatcher, knowledge: Knowledge
) -> None:
    """In none of the languages."""
    asked = [
        q for p in knowledge.procedures.values() for one in LANGUAGES for q in p.questions[one]
    ]
    fillers = matcher.speller.fillers
    assert [q for q in asked if matcher.follow_ups.is_courtesy(q, fillers)] == []


def test_a_greeting_is_answered_in_the_chats_language(matcher: KnowledgeMatcher) -> None:
    """In Flanders too one says "merci"."""
    assert ask(matcher, "merci", "nl").language == "nl"
