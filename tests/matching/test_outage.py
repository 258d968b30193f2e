"""A service and that it fails, nothing more: what an editor marked for its outage comes first."""

import re
from collections.abc import Iterator

import pytest

from bot.knowledge import LANGUAGES, Knowledge
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind
from bot.matching.outage import Says
from tests.matching.asking import ask

ANSWER, CHOICE = AnswerKind.ANSWER, AnswerKind.CHOICE
DOWN = {
    "fr": ("{} en panne", "plus de {} depuis ce matin, tout est HS"),
    "nl": ("{} ligt plat wat moet ik doen", "storing {}"),
    "de": ("{} ist ausgefallen", "Störung {}, was tun"),
    "en": ("{} is down", "{} outage again"),
}
FAILS = {
    "fr": "{} ne marche pas",
    "nl": "{} werkt niet",
    "de": "{} funktioniert nicht",
    "en": "{} does not work",
}


def marked(knowledge: Knowledge) -> Iterator[tuple[str, str, set[str]]]:
    """Service, profession, and what is marked for it."""
    for service in knowledge.services:
        for who in knowledge.professions:
            found = {
                one.id
                for one in knowledge.procedures.values()
                if service in one.outage_of and one.serves(who)
            }
            if found:
                yield service, who, found


def named(knowledge: Knowledge, service: str, language: str) -> str:
    """`Recip-e (prescription électronique)` is called Recip-e."""
    return re.split(r"[()]", knowledge.services[service].names[language])[0].strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_outage_leads_each_profession_to_what_is_marked(
    matcher: KnowledgeMatcher, knowledge: Knowledge, language: str
) -> None:
    """Of each service, in each language: a marked entry first, and no other ever answers."""
    for service, who, found in marked(knowledge):
        for text in (*DOWN[language], FAILS[language]):
            said = text.format(named(knowledge, service, language))
            match = ask(matcher, said, language, who)
            assert match.candidates[0].procedure in found, (said, who)


@pytest.mark.parametrize(
    ("text", "profession", "kind", "first"),
    [
        ("recip-e ligt plat", "pharmacist", ANSWER, "dispense-on-paper-proof"),
        ("Recip-e en panne, que faire ?", "dentist", ANSWER, "prescribe-on-paper-force-majeure"),
        ("mycarenet hs", "nurse", ANSWER, "nurse-outage-no-procedure"),
        ("EATTEST IS DOWN!!!", "dentist", ANSWER, "dentist-paper-certificate"),
        ("mycarnet ausgefallen", "hospital", ANSWER, "hospital-outage-no-procedure"),
        ("eattest down", "general-practitioner", ANSWER, "eattest-failover"),
        ("Es gibt eine Störung bei Recip-e", "dentist", ANSWER, "prescribe-on-paper-force-majeure"),
        ("recip-e ligt momenteel plat", "pharmacist", ANSWER, "dispense-on-paper-proof"),
        # Typed in haste.
        ("recip-e is donw", "pharmacist", ANSWER, "dispense-on-paper-proof"),
        ("recip-e en pane", "dentist", ANSWER, "prescribe-on-paper-force-majeure"),
        ("recipe ligt plta", "pharmacist", ANSWER, "dispense-on-paper-proof"),
        ("Recip-e ausgefalen", "dentist", ANSWER, "prescribe-on-paper-force-majeure"),
        ("eattest marhce pas", "dentist", CHOICE, "dentist-paper-certificate"),
        ("eattest wekt niet", "dentist", CHOICE, "dentist-paper-certificate"),
        ("eattest get nicht mehr", "dentist", CHOICE, "dentist-paper-certificate"),
        ("eattest not wrking", "dentist", CHOICE, "dentist-paper-certificate"),
        # Somebody is waiting.
        ("recip-e en panne, la patiente attend", "pharmacist", ANSWER, "dispense-on-paper-proof"),
        ("recipe plante, les clients attendent", "pharmacist", CHOICE, "dispense-on-paper-proof"),
        ("recip-e plat, mensen wachten", "pharmacist", ANSWER, "dispense-on-paper-proof"),
        ("Recip-e ausgefallen, Kunden warten", "pharmacist", ANSWER, "dispense-on-paper-proof"),
        ("recip-e down, patients are waiting", "pharmacist", ANSWER, "dispense-on-paper-proof"),
        # It may be one's own computer: asked back, the marked one first.
        ("recipe spinnt", "pharmacist", CHOICE, "dispense-on-paper-proof"),
        ("eattest marche pas", "physiotherapist", CHOICE, "physio-paper-certificate"),
        ("mijn recip-e werkt al heel de dag niet", "pharmacist", CHOICE, "dispense-on-paper-proof"),
        ("verzekerbaarheid plat", "pharmacist", CHOICE, "pharmacy-insurability-failover"),
    ],
)  # fmt: skip
def test_down_answers_and_failing_asks_back(
    matcher: KnowledgeMatcher, text: str, profession: str, kind: AnswerKind, first: str
) -> None:
    """By the words that tell an outage from a fault of one's own."""
    match = ask(matcher, text, None, profession)
    assert (match.kind, match.candidates[0].procedure) == (kind, first)


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("recip-e en panne", {"prescribe-on-paper-force-majeure", "dispense-on-paper-proof"}),
        ("hoofdstuk 4 plat", {"chapter-iv-paper-request", "pharmacy-chapter-iv-outage"}),
    ],
)
def test_who_tells_no_profession_is_asked_for_it(
    matcher: KnowledgeMatcher, text: str, among: set[str]
) -> None:
    """Prescribing is no help at a counter."""
    match = ask(matcher, text)
    assert (match.kind, match.ask_profession) == (CHOICE, True)
    assert {one.procedure for one in match.candidates} == among


def test_nobody_is_left_out_by_that_question(matcher: KnowledgeMatcher) -> None:
    """MyCareNet is marked for nurses and hospitals alone; a dentist could press neither."""
    assert not ask(matcher, "mycarenet down").ask_profession


def test_a_profession_in_the_text_is_told(matcher: KnowledgeMatcher) -> None:
    """`officine` says who asks."""
    match = ask(matcher, "recip-e en panne à l'officine")
    assert (match.kind, match.candidates[0].procedure) == (ANSWER, "dispense-on-paper-proof")


@pytest.mark.parametrize(
    ("others", "says"),
    [
        (("est", "en", "panne"), Says.OUT),
        (("werkt", "niet"), Says.FAILS),
        (("marche", "pas", "depuis", "hier"), Says.FAILS),
        (("down", "since", "this", "morning"), Says.OUT),
        (("panne", "apres", "la", "signature"), Says.MORE),
        (("fonctionne", "a", "l"), Says.MORE),
        (("mon", "numero"), Says.MORE),
        ((), Says.MORE),
    ],
)
def test_a_text_says_more_with_any_word_of_its_own(
    matcher: KnowledgeMatcher, others: tuple[str, ...], says: Says
) -> None:
    """Then the words decide as ever."""
    assert matcher.outage.says(others) is says
