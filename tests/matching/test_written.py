"""What an editor wrote, typed word for word."""

import pytest

from bot.knowledge import LANGUAGES
from bot.knowledge.model import ALL_PROFESSIONS
from bot.matching.decision import RIVAL_FROM
from bot.matching.matcher import BaseMatcher
from bot.matching.model import AnswerKind, Candidate
from bot.matching.written import Written
from tests.matching.asking import ask

ENTRY = "nurse-manual-entry-reason"
QUESTION = "lecteur de carte en panne chez le patient"


@pytest.fixture(name="written", scope="session")
def _written(matcher: BaseMatcher) -> Written:
    return Written(matcher.knowledge)


@pytest.mark.parametrize(
    ("text", "first", "leads"),
    [
        (QUESTION, ENTRY, True),
        (f"  {QUESTION.upper()} ?", ENTRY, True),
        ("chez le patient, lecteur de carte en panne", ENTRY, True),
        (f"{QUESTION} du dessus", ENTRY, False),
        (QUESTION, "eid-pin-blocked", False),
        ("", ENTRY, False),
    ],
)
def test_a_question_leads_to_the_entry_it_was_written_for(
    written: Written, text: str, first: str, leads: bool
) -> None:
    """Neither case, signs nor the order of its words matter; all its words do."""
    assert written.leads(text, (Candidate(first, 0.5),)) is leads


def test_nothing_leads_nowhere(written: Written) -> None:
    """Where no entry serves the profession, none is led to."""
    assert not written.leads(QUESTION, ())


def test_a_written_question_is_asked_back_only_beside_a_likely_second(
    matcher: BaseMatcher,
) -> None:
    """Those that tell more than one word, asked by one whom their entry serves."""
    wrong = []
    for procedure in matcher.procedures:
        who = None if ALL_PROFESSIONS in procedure.professions else procedure.professions[0]
        for text in (text for one in LANGUAGES for text in procedure.questions[one][::12]):
            match = ask(matcher, text, profession=who)
            first, second = (*match.candidates[:2], *[Candidate("", 0.0)] * 2)[:2]
            sure = first.procedure == procedure.id and second.score < RIVAL_FROM
            if (
                sure
                and match.kind is not AnswerKind.ANSWER
                and len(set(matcher.speller.words(text))) > 1
            ):
                wrong.append((text, match))
    assert wrong == []
