"""What people type, and what it must lead to, on the shipped knowledge base."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import BUTTONS, AnswerKind, Context, Match, Question, Why

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
NOTHING_DOWN: frozenset[str] = frozenset()


def asked(  # noqa: PLR0913, PLR0917 - what a chat may bring along
    matcher: KnowledgeMatcher,
    text: str,
    language: str | None = None,
    profession: str | None = None,
    context: Context | None = None,
    down: frozenset[str] = NOTHING_DOWN,
) -> Match:
    """One question, as the chat asks it."""
    return matcher.match(Question(text, language, profession), context or Context(), down, NOW)


@pytest.mark.parametrize(
    ("text", "language", "profession", "expected"),
    [
        (
            "recip-e plante, je fais comment pour délivrer ?",
            "fr",
            "pharmacist",
            "dispense-on-paper-proof",
        ),
        (
            "recip-e ligt plat, hoe kan ik nu afleveren?",
            "nl",
            "pharmacist",
            "dispense-on-paper-proof",
        ),
        (
            "Recip-e ist ausgefallen, wie gebe ich das Medikament ab?",
            "de",
            "pharmacist",
            "dispense-on-paper-proof",
        ),
        ("recip-e is down, how do I dispense?", "en", "pharmacist", "dispense-on-paper-proof"),
        ("lecteur de carte en panne chez le patient", "fr", "nurse", "nurse-manual-entry-reason"),
        ("3 fois le mauvais pin, carte bloquée", "fr", None, "eid-pin-blocked"),
        ("storing vandaag, waar kan ik dat nakijken?", "nl", None, "where-to-check-status"),
    ],
)
def test_a_situation_leads_to_its_procedure(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str | None, expected: str
) -> None:
    """The founding situations, in the four languages."""
    match = asked(matcher, text, language, profession)
    assert match.candidates[0].procedure == expected
    assert match.kind is AnswerKind.ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "quel temps fait-il demain",
        "wie wint de match vanavond",
        "Wie spät ist es in Tokio?",
        "tell me a joke",
        "???",
        "",
        "🙂🙂🙂",
        "\x00\u202e\u200b",
    ],
)
def test_what_is_out_of_scope_is_not_answered(matcher: KnowledgeMatcher, text: str) -> None:
    """Bis says that it does not know rather than give a procedure at random."""
    assert asked(matcher, text).kind is AnswerKind.UNKNOWN


def test_a_profession_sees_only_what_is_meant_for_it(matcher: KnowledgeMatcher) -> None:
    """A nurse is never given a pharmacist's procedure."""
    match = asked(matcher, "assurabilité en panne", "fr", "nurse")
    served = {matcher.knowledge.procedures[c.procedure].serves("nurse") for c in match.candidates}
    assert served == {True}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("je suis dentiste et eAttest ne part pas", "dentist"),
        ("kine hier, eattest weg", "physiotherapist"),
        ("als apotheker zie ik niets meer", "pharmacist"),
        ("le médecin ne répond pas au téléphone", "nurse"),
    ],
)
def test_a_profession_in_the_text_wins_over_the_setting(
    matcher: KnowledgeMatcher, text: str, expected: str
) -> None:
    """Where the text says who asks; a profession that is merely mentioned changes nothing."""
    assert asked(matcher, text, None, "nurse").profession == expected


def test_a_follow_up_asks_the_same_for_another_profession(matcher: KnowledgeMatcher) -> None:
    """Said "Et pour un dentiste ?" after the doctor's paper certificate."""
    last = Context("doctor-paper-certificate-force-majeure", NOW - timedelta(minutes=3))
    match = asked(matcher, "et pour un dentiste ?", "fr", "general-practitioner", last)
    assert match.profession == "dentist"
    assert "dentist-paper-certificate" in [c.procedure for c in match.candidates]


def test_a_follow_up_changes_the_language(matcher: KnowledgeMatcher) -> None:
    """Said "En néerlandais" shows the same procedure in Dutch."""
    last = Context("eid-pin-blocked", NOW - timedelta(minutes=9))
    match = asked(matcher, "en néerlandais svp", "fr", None, last)
    assert (match.kind, match.language) == (AnswerKind.ANSWER, "nl")
    assert match.candidates[0].procedure == "eid-pin-blocked"


def test_what_did_not_help_leads_further(matcher: KnowledgeMatcher) -> None:
    """Said "Et si ça ne marche pas non plus ?" offers the neighbours and who can be called."""
    last = Context("dispense-on-paper-proof", NOW - timedelta(minutes=1))
    match = asked(matcher, "et si ça ne marche pas non plus ?", "fr", "pharmacist", last)
    assert match.kind is AnswerKind.CHOICE
    assert "dispense-on-paper-proof" not in [c.procedure for c in match.candidates]


def test_after_ten_minutes_nothing_is_followed_up(matcher: KnowledgeMatcher) -> None:
    """A later "in Dutch" stands alone."""
    last = Context("eid-pin-blocked", NOW - timedelta(minutes=11))
    assert asked(matcher, "en néerlandais", "fr", None, last).kind is not AnswerKind.ANSWER


def test_a_vague_cry_asks_first_about_what_is_down(matcher: KnowledgeMatcher) -> None:
    """Said "Ça plante" while Recip-e is down: its procedures stand on the buttons."""
    match = asked(matcher, "ça plante", "fr", "pharmacist", down=frozenset({"recip-e"}))
    assert match.kind is AnswerKind.CHOICE
    shown = [matcher.knowledge.procedures[c.procedure] for c in match.candidates]
    assert shown
    assert all("recip-e" in procedure.services for procedure in shown)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ça plante", "fr"),
        ("au secours plus rien ne marche", "fr"),
        ("'t werkt weer niet", "nl"),
        ("es geht schon wieder nichts", "de"),
        ("it's down again", "en"),
        ("Kapot, marche plus, was nun", "de"),
    ],
)
def test_who_names_no_tool_is_asked_for_it(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """While nothing is known to be down: no procedure is guessed."""
    match = asked(matcher, text, language)
    assert (match.kind, match.why, match.candidates) == (AnswerKind.UNKNOWN, Why.NO_TOOL, ())


def test_who_names_no_tool_while_one_is_down_is_offered_what_to_do_in_its_outage(
    matcher: KnowledgeMatcher,
) -> None:
    """First what an editor marked for that outage, then the others on it."""
    match = asked(matcher, "storing?", "nl", "pharmacist", down=frozenset({"recip-e"}))
    assert (match.kind, match.asks_state) == (AnswerKind.CHOICE, True)
    assert match.candidates[0].procedure == "dispense-on-paper-proof"


@pytest.mark.parametrize("text", ["quel temps fait-il demain", "tell me a joke", "merci beaucoup"])
def test_an_outage_never_turns_small_talk_into_a_procedure(
    matcher: KnowledgeMatcher, text: str
) -> None:
    """The hint orders neighbours; it does not make a question one of ours."""
    everything = frozenset(matcher.knowledge.services)
    assert asked(matcher, text, down=everything).kind is AnswerKind.UNKNOWN


def test_a_choice_has_at_most_four_buttons(matcher: KnowledgeMatcher) -> None:
    """What does not fit a phone's screen is no help."""
    for text in ("mutuelle répond pas", "facturation bloquée", "carte", "recip-e"):
        match = asked(matcher, text)
        assert match.kind is not AnswerKind.CHOICE or len(match.candidates) <= BUTTONS


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_raises(matcher: KnowledgeMatcher, text: str) -> None:
    """Whatever is typed, there is a decision, and its probabilities are probabilities."""
    match = asked(matcher, text)
    assert all(0 <= candidate.score <= 1 for candidate in match.candidates)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "a b " * 250_000, "(a+)+$" * 10_000])
def test_a_huge_text_is_read_only_at_its_start(matcher: KnowledgeMatcher, text: str) -> None:
    """A megabyte costs what two thousand characters cost."""
    assert asked(matcher, text) == asked(matcher, text[:2_000])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_case_accents_and_outer_spaces_do_not_matter(
    matcher: KnowledgeMatcher, data: st.DataObject
) -> None:
    """The base's own questions, shouted or without accents, get the same answer."""
    procedure = data.draw(st.sampled_from(matcher.procedures))
    question = data.draw(st.sampled_from(procedure.questions.fr))
    plain = asked(matcher, question, "fr")
    assert asked(matcher, f"  {question.upper()}  ", "fr").candidates == plain.candidates


@pytest.mark.parametrize("profession", [None, "nurse", "pharmacist", "general-practitioner"])
def test_a_name_alone_that_many_tools_log_in_with_is_asked_back(
    matcher: KnowledgeMatcher, profession: str | None
) -> None:
    """Itsme says no situation: how to log in stands first, nothing is given as the answer."""
    match = asked(matcher, "itsme", "fr", profession)
    assert match.kind is AnswerKind.CHOICE
    assert match.candidates[0].procedure == "portal-login-without-card-reader"
