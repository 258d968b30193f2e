"""Where the likely entries differ by profession alone, the profession is asked."""

from dataclasses import replace
from typing import Any

import pytest

from bot.knowledge import Knowledge
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind
from tests.matching.asking import ask

ENTRY = "eid-pin-blocked"
ONE, OTHER = "for-nurses", "for-dentists"
VAGUE, CLEAR, STRANGE = "mauvais pin", "pin bloqué, code puk perdu", "zxqvwkjp"


def twins(knowledge: Knowledge, **other: Any) -> KnowledgeMatcher:
    """The base with one entry parted in two of the same words: for nurses, and the `other`."""
    entry = knowledge.procedures[ENTRY]
    mine = {"id": ONE, "professions": ("nurse",), "services": ("eid", "recip-e")}
    theirs = {"id": OTHER, "professions": ("dentist",), "services": ("eid",), **other}
    rest = {name: one for name, one in knowledge.procedures.items() if name != ENTRY}
    both = {ONE: entry.model_copy(update=mine), OTHER: entry.model_copy(update=theirs)}
    return KnowledgeMatcher(replace(knowledge, procedures={**rest, **both}, version=""))


@pytest.fixture(name="parted", scope="module")
def _parted(knowledge: Knowledge) -> KnowledgeMatcher:
    return twins(knowledge)


@pytest.mark.parametrize("text", [VAGUE, CLEAR])
def test_the_profession_is_asked_where_it_tells_them_apart(
    parted: KnowledgeMatcher, text: str
) -> None:
    """The same help for nurses and for dentists is no answer to who may be either."""
    match = ask(parted, text)
    assert (match.kind, match.ask_profession) == (AnswerKind.CHOICE, True)
    assert {candidate.procedure for candidate in match.candidates} == {ONE, OTHER}


@pytest.mark.parametrize(("profession", "given"), [("nurse", ONE), ("dentist", OTHER)])
def test_a_known_profession_is_not_asked_for(
    parted: KnowledgeMatcher, profession: str, given: str
) -> None:
    """It gets its own entry at once."""
    match = ask(parted, CLEAR, None, profession)
    assert (match.kind, match.ask_profession) == (AnswerKind.ANSWER, False)
    assert match.candidates[0].procedure == given


def test_what_nobody_can_mean_asks_nothing(parted: KnowledgeMatcher) -> None:
    """An unknown question is not made a choice."""
    assert ask(parted, STRANGE).kind is AnswerKind.UNKNOWN


@pytest.mark.parametrize(
    "other",
    [
        {"professions": ("dentist", "nurse")},
        {"professions": ("all",)},
        {"services": ("mycarenet",)},
    ],
    ids=["a profession in both", "one is for all", "no service in both"],
)
def test_other_differences_stay_buttons_of_their_own(
    knowledge: Knowledge, other: dict[str, Any]
) -> None:
    """Where the profession does not tell them apart, asking for it does not help."""
    assert not ask(twins(knowledge, **other), VAGUE).ask_profession


def test_the_right_entry_is_never_lost_by_asking(matcher: KnowledgeMatcher) -> None:
    """Of the base's own questions that lead to asking, each has its entry among the buttons."""
    lost = [
        question
        for procedure in matcher.procedures
        for question in procedure.questions.fr
        if (match := ask(matcher, question)).ask_profession
        and procedure.id not in {candidate.procedure for candidate in match.candidates}
    ]
    assert lost == []
