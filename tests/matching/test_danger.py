"""A life in danger: 112 stands before everything else, and no menu in its place."""

import pytest

from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind, Why
from tests.matching.asking import ask


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mon patient fait un malaise !!! il respire plus", "fr"),
        ("je veux me suicider", "fr"),
        ("arrêt cardiaque", "fr"),
        ("patiënt ademt niet meer", "nl"),
        ("ik wil dood", "nl"),
        ("bel een ambulance", "nl"),
        ("patiënt reageert niet meer", "nl"),
        ("Patient reagiert nicht mehr", "de"),
        ("Herzinfarkt", "de"),
        ("Patient atmet nicht", "de"),
        ("patient choking", "en"),
        ("call an ambulance", "en"),
        ("my patient has a cardiac arrest", "en"),
    ],
)
def test_nothing_but_the_emergency_number_is_told(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """A patient in danger gets no paperwork to choose from."""
    match = ask(matcher, text, language)
    assert (match.kind, match.why, match.danger) == (AnswerKind.UNKNOWN, Why.DANGER, True)
    assert match.language == language
    assert match.candidates == ()


@pytest.mark.parametrize(
    ("text", "language", "profession"),
    [
        ("recip-e en panne et mon patient fait un malaise", "fr", "pharmacist"),
        ("patient buiten bewustzijn en recip-e ligt plat", "nl", "pharmacist"),
        ("Patient hat Herzinfarkt und das System geht nicht", "de", "general-practitioner"),
        ("unconscious man, empty pockets", "en", "hospital"),
    ],
)
def test_beside_a_tool_it_is_told_first(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str
) -> None:
    """What is asked of the tool is answered all the same."""
    match = ask(matcher, text, language, profession)
    assert match.danger
    assert match.why is not Why.DANGER


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("112 ne répond pas, arrêt cardiaque", "fr"),
        ("112 neemt niet op, patiënt bewusteloos", "nl"),
        ("patient après un AVC, attestation de kiné refusée", "fr"),
        ("dringend voorschrift, recip-e ligt plat", "nl"),
        ("Totenschein geht nicht", "de"),
        ("urgent prescription, eid dead", "en"),
        ("Recip-e is dying", "en"),
        ("mijn server stikt van de fouten", "nl"),
        ("certificat de décès après suicide", "fr"),
        ("Software reagiert nicht", "de"),
        ("hij reageert niet meer", "nl"),
    ],
)
def test_where_112_fails_or_nobody_is_in_danger_it_is_not_told(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """A dead card, an urgent prescription and a stroke of last year are no emergency."""
    assert not ask(matcher, text, language).danger
