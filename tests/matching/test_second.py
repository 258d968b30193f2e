"""Two troubles in one text: both are offered."""

import pytest

from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind, Candidate, Match
from bot.matching.second import with_second
from tests.matching.asking import ask


@pytest.mark.parametrize(
    ("text", "language", "profession", "both"),
    [
        (
            "recip-e plat en ehealthbox leeg",
            "nl",
            "general-practitioner",
            ["ehealthbox-no-messages", "prescribe-on-paper-force-majeure"],
        ),
        (
            "recip-e down and eid pin blocked",
            "en",
            "general-practitioner",
            ["eid-pin-blocked", "prescribe-on-paper-force-majeure"],
        ),
        (
            "mycarenet en panne et certificat ehealth expiré",
            "fr",
            "nurse",
            ["certificate-renewal", "nurse-outage-no-procedure"],
        ),
    ],
)
def test_what_to_do_about_each_is_a_button(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str, both: list[str]
) -> None:
    """The one that is told in more words first, then the outage of the other."""
    match = ask(matcher, text, language, profession)
    assert match.kind is AnswerKind.CHOICE
    assert [one.procedure for one in match.candidates[:2]] == both


@pytest.mark.parametrize(
    ("answering", "named"),
    [
        ("eattest-failover", ("eattest",)),
        ("eattest-failover", ("eattest", "mycarenet")),
        ("eid-pin-blocked", ("eid",)),
        ("eid-pin-blocked", ()),
    ],
)
def test_one_trouble_has_one_answer(
    matcher: KnowledgeMatcher, answering: str, named: tuple[str, ...]
) -> None:
    """A service above or below the one that fails is the same trouble."""
    sure = Match(
        AnswerKind.ANSWER,
        "fr",
        "general-practitioner",
        (Candidate(answering, 0.95),),
        named=named,
    )
    assert with_second(sure, matcher.knowledge) is sure


def test_a_profession_without_a_procedure_for_the_other_is_answered(
    matcher: KnowledgeMatcher,
) -> None:
    """A nurse does not prescribe: there is nothing to offer beside."""
    match = ask(matcher, "recip-e en panne et code pin eid bloqué", "fr", "nurse")
    assert "prescribe-on-paper-force-majeure" not in [one.procedure for one in match.candidates]
