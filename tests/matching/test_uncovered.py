"""A service that is named, while no entry for the profession is about it."""

import pytest

from bot.knowledge import Knowledge
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind
from tests.matching.asking import ask


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("recip-e marche pas", "fr"),
        ("recipe bug encore ce matin", "fr"),
        ("recip-e werkt niet", "nl"),
        ("recip-e geht nicht", "de"),
        ("recip-e is down", "en"),
    ],
)
@pytest.mark.parametrize("profession", ["nurse", "physiotherapist"])
def test_nothing_unrelated_is_offered_to_who_does_not_use_the_service(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str
) -> None:
    """Unknown, with what those who use it do in an outage, as an editor marked it."""
    match = ask(matcher, text, language, profession)
    assert match.kind is AnswerKind.UNKNOWN
    assert match.uncovered == match.named == ("recip-e",)
    assert set(match.elsewhere) == {"dispense-on-paper-proof", "prescribe-on-paper-force-majeure"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("chapitre 4", "fr"),
        ("hoofdstuk 4", "nl"),
        ("Kapitel 4 geht nicht", "de"),
        ("chap IV", "fr"),
    ],
)
def test_whom_to_call_is_not_what_a_bare_name_means(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """A helpdesk that says it serves chapter IV is no procedure about it: it goes along."""
    match = ask(matcher, text, language, "nurse")
    assert (match.kind, match.uncovered) == (AnswerKind.UNKNOWN, ("chapter-iv",))
    assert set(match.elsewhere) == {"chapter-iv-paper-request", "pharmacy-chapter-iv-outage"}
    assert "contact-mycarenet" in {one.procedure for one in match.candidates}


def test_who_asks_whom_to_call_is_told(matcher: KnowledgeMatcher) -> None:
    """There the helpdesk is the answer."""
    match = ask(matcher, "qui appeler pour le chapitre 4", "fr", "nurse")
    assert match.kind is AnswerKind.ANSWER
    assert match.candidates[0].procedure == "contact-mycarenet"


def test_beside_it_stand_only_entries_for_everyone(
    matcher: KnowledgeMatcher, knowledge: Knowledge
) -> None:
    """Those about a topic: where to look, whom to call; never one about another service alone."""
    found = ask(matcher, "recip-e marche pas", "fr", "nurse").candidates
    near = [knowledge.procedures[one.procedure] for one in found]
    assert near
    assert all("all" in one.professions for one in near)
    assert all({"status", "support"} & set(one.services) for one in near)


@pytest.mark.parametrize("profession", [None, "nurse", "pharmacist"])
def test_a_service_that_no_entry_at_all_is_about_has_none_elsewhere(
    matcher: KnowledgeMatcher, profession: str | None
) -> None:
    """Whatever the profession."""
    match = ask(matcher, "vaccinnet en panne", "fr", profession)
    assert (match.kind, match.uncovered) == (AnswerKind.UNKNOWN, ("vaccinnet",))
    assert match.elsewhere == ()


@pytest.mark.parametrize(
    ("text", "language", "profession"),
    [
        ("recip-e marche pas", "fr", "duty-post"),
        ("recip-e marche pas", "fr", None),
        # About Vitalink in all but its list of services.
        ("vidis ne s'ouvre plus", "fr", "nurse"),
        ("vitalink doet het ni", "nl", "nurse"),
        # One of the two services has an entry.
        ("recip-e et mycarenet en panne", "fr", "nurse"),
    ],
)
def test_what_an_entry_is_about_is_not_said_to_be_uncovered(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str | None
) -> None:
    """It is answered or offered as before, and its services are named all the same."""
    match = ask(matcher, text, language, profession)
    assert match.kind is not AnswerKind.UNKNOWN
    assert match.uncovered == ()
    assert match.named


def test_only_where_to_look_and_whom_to_call_are_for_any_service(matcher: KnowledgeMatcher) -> None:
    """An entry for everyone about something else is no help: 112 has nothing to do with a DMG."""
    match = ask(matcher, "globale medizinische Akte nicht erreichbar", "de", "general-practitioner")
    offered = [matcher.knowledge.procedures[one.procedure] for one in match.candidates]
    assert offered
    assert all({"status", "support"} & set(one.services) for one in offered)
