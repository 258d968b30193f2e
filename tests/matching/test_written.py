"""What an editor wrote, typed word for word."""

from pathlib import Path

import pytest

from bot.knowledge import LANGUAGES, Knowledge
from bot.knowledge.model import ALL_PROFESSIONS
from bot.matching.decision import RIVAL_FROM
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind, Candidate
from tests.matching.asking import ask

ENTRY = "nurse-manual-entry-reason"
QUESTION = "lecteur de carte en panne chez le patient"


def wrote(matcher: KnowledgeMatcher, text: str) -> set[str]:
    """Whose text it is; "none" for the decoys."""
    ids = (*(procedure.id for procedure in matcher.procedures), "none")
    return {ids[n] for n in matcher.learned.written_for(matcher.speller.words(text))}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (QUESTION, {ENTRY}),
        (f"  {QUESTION.upper()} ?", {ENTRY}),
        ("chez le patient, lecteur de carte en panne", {ENTRY}),
        ("lecteur de carte en panne chez le pâtient svp", {ENTRY}),
        (f"{QUESTION} du dessus", set()),
        ("lecteur de carte en panne", set()),
        ("mon gsm ne charge plus", {"none"}),
        ("", set()),
        ("zzzz", set()),
    ],
)
def test_a_text_of_the_base_is_known_again(
    matcher: KnowledgeMatcher, text: str, whose: set[str]
) -> None:
    """Neither case, signs, fillers nor the order of its words matter; all its other words do."""
    assert wrote(matcher, text) == whose


def test_each_question_is_known_as_its_entry_s_and_no_other_s(matcher: KnowledgeMatcher) -> None:
    """Two entries with one question would both be sure of it."""
    wrong = [
        text
        for procedure in matcher.procedures
        for language in LANGUAGES
        for text in procedure.questions[language]
        if wrote(matcher, text) != {procedure.id}
    ]
    assert wrong == []


def test_what_was_kept_is_known_again(
    matcher: KnowledgeMatcher, knowledge: Knowledge, tmp_path: Path
) -> None:
    """From the file of an earlier start too."""
    KnowledgeMatcher(knowledge, tmp_path)
    assert wrote(KnowledgeMatcher(knowledge, tmp_path), QUESTION) == wrote(matcher, QUESTION)


def test_a_written_question_is_asked_back_only_beside_a_likely_second(
    matcher: KnowledgeMatcher,
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
