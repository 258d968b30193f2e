"""Is it only me? What Bis is asked most, beside what to do."""

import pytest

from bot.matching.decision import RIVAL_FROM
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind, Candidate, Match
from bot.matching.only_me import LIKELY, SURE, OnlyMe
from bot.matching.phrases import phrases
from tests.matching.asking import ask

WHERE = "where-to-check-status"
BELOW = RIVAL_FROM - 0.01
NOTHING = phrases(())


@pytest.mark.parametrize(
    ("text", "language", "profession", "kind"),
    [
        ("ça rame ici, je suis le seul ?", "fr", None, AnswerKind.ANSWER),
        ("is it only me?", "en", None, AnswerKind.ANSWER),
        ("ligt het aan mij?", "nl", None, AnswerKind.ANSWER),
        ("c'est juste moi ?", "fr", "nurse", AnswerKind.ANSWER),
        ("nur bei mir?", "de", None, AnswerKind.ANSWER),
        ("c'est juste moi ou tout le monde", "fr", "general-practitioner", AnswerKind.ANSWER),
        ("ligt het aan mij of iedereen", "nl", "nurse", AnswerKind.ANSWER),
        ("nur bei mir oder alle", "de", None, AnswerKind.ANSWER),
        ("just me or everyone?", "en", "pharmacist", AnswerKind.ANSWER),
        # Of no answer before it: of whatever is down.
        ("combien de temps ça va durer ?", "fr", "duty-post", AnswerKind.ANSWER),
        ("hoe lang nog", "nl", None, AnswerKind.ANSWER),
        ("wie lange noch?", "de", "pharmacist", AnswerKind.ANSWER),
        ("how long will it last", "en", "nurse", AnswerKind.ANSWER),
        ("quand est-ce que ça sera réparé ?", "fr", "nurse", AnswerKind.ANSWER),
        ("when will it be fixed", "en", "dentist", AnswerKind.ANSWER),
        ("recip-e plante, c'est que chez moi ?", "fr", "pharmacist", AnswerKind.CHOICE),
        ("mycarenet ligt plat, is dat alleen bij ons", "nl", "nurse", AnswerKind.CHOICE),
        ("ligt het aan mij of is sts kapot", "nl", "general-practitioner", AnswerKind.CHOICE),
        ("eAttest geht nicht, liegt es an mir?", "de", "dentist", AnswerKind.CHOICE),
        ("recip-e down, is it only me?", "en", "nurse", AnswerKind.ANSWER),
    ],
)
def test_where_to_look_stands_first(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str | None, kind: AnswerKind
) -> None:
    """Also beside a service's name; alone, unless what to do without it is likely meant too."""
    match = ask(matcher, text, language, profession)
    assert (match.candidates[0].procedure, match.kind) == (WHERE, kind)
    assert not match.uncovered


@pytest.mark.parametrize(
    ("text", "language", "profession", "first"),
    [
        (
            "recip-e est en panne chez tout le monde, comment je délivre ?",
            "fr",
            "pharmacist",
            "dispense-on-paper-proof",
        ),
        (
            "alors que chez moi tout marche, le patient refuse sa carte",
            "fr",
            "nurse",
            "nurse-patient-refuses-card",
        ),
        (
            "sending fault at the GP, is it nationwide?",
            "en",
            "general-practitioner",
            "eattest-failover",
        ),
    ],
)
def test_what_is_sure_stays(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str, first: str
) -> None:
    """Who asks what to do is told; what an editor wrote for another entry is that entry's."""
    match = ask(matcher, text, language, profession)
    assert (match.candidates[0].procedure, match.kind) == (first, AnswerKind.ANSWER)


@pytest.mark.parametrize(
    ("text", "language", "profession"),
    [
        ("daktari plante", "fr", "nurse"),
        ("mon logiciel ne marche plus", "fr", "nurse"),
        ("Officinall ligt plat", "nl", "pharmacist"),
        ("mijn software werkt niet meer", "nl", None),
        ("Daktari hängt", "de", "general-practitioner"),
        ("mein Programm geht nicht", "de", "dentist"),
        ("my software does not work", "en", "dentist"),
    ],
)
def test_own_software_that_fails_is_no_guess_at_a_procedure(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str | None
) -> None:
    """Whose fault it is can be seen where to look; the support of the software is named there."""
    match = ask(matcher, text, language, profession)
    assert (match.candidates[0].procedure, match.kind) == (WHERE, AnswerKind.ANSWER)
    assert (match.language, match.asks_state) == (language, True)


def test_own_software_beside_a_service_is_no_matter(matcher: KnowledgeMatcher) -> None:
    """What fails is the service that is named."""
    match = ask(matcher, "eattest werkt niet in CareConnect", "nl", "general-practitioner")
    assert match.candidates[0].procedure == "eattest-failover"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("il fait beau dans tout le pays ?", "fr"),
        ("je suis le seul médecin de garde, quel salaire", "fr"),
        ("ben ik de enige die van koffie houdt", "nl"),
        ("bin ich die Einzige ohne Bonus", "de"),
        ("make dinner for just me", "en"),
        ("is the train cancelled nationwide", "en"),
    ],
)
def test_small_talk_is_not_answered(matcher: KnowledgeMatcher, text: str, language: str) -> None:
    """Where neither a service is named nor anything fails, such words mean nothing."""
    assert ask(matcher, text, language).kind is not AnswerKind.ANSWER


@pytest.mark.parametrize(
    ("others", "kind", "found"),
    [
        ((), AnswerKind.ANSWER, ((WHERE, SURE),)),
        ((("a", BELOW),), AnswerKind.ANSWER, ((WHERE, SURE), ("a", BELOW))),
        ((("a", RIVAL_FROM),), AnswerKind.CHOICE, ((WHERE, LIKELY), ("a", RIVAL_FROM))),
        ((("a", 0.7), (WHERE, 0.2)), AnswerKind.CHOICE, ((WHERE, LIKELY), ("a", 0.7))),
    ],
)
def test_beside_a_likely_one_it_is_asked(
    others: tuple[tuple[str, float], ...],
    kind: AnswerKind,
    found: tuple[tuple[str, float], ...],
) -> None:
    """It stands once, and first."""
    match = Match(AnswerKind.CHOICE, "fr", None, tuple(Candidate(*one) for one in others))
    told = OnlyMe(NOTHING, WHERE, NOTHING).first(match)
    assert told.kind is kind
    assert tuple((one.procedure, one.score) for one in told.candidates) == found


def test_a_base_without_such_an_entry_changes_nothing() -> None:
    """Another base may not tell where to look."""
    match = Match(AnswerKind.UNKNOWN, "fr", None)
    assert OnlyMe(phrases(("only me",)), None, NOTHING).first(match) is match


def test_four_buttons_at_most(matcher: KnowledgeMatcher) -> None:
    """One more comes, the last one goes."""
    match = ask(matcher, "eattest bloque, suis-je le seul", "fr", "dentist")
    assert len(match.candidates) <= 4
