"""Each entry is found by its own questions."""

from dataclasses import replace

from bot.knowledge import Knowledge, LocalizedLists, Procedure
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.reachability import missed

ELSEWHERE = "recip-e plante, comment délivrer sur papier ?"


def test_every_question_of_the_base_leads_to_its_entry(matcher: KnowledgeMatcher) -> None:
    """Or to a sibling; what does not is to be written anew."""
    assert list(missed(matcher)) == []


def test_a_question_that_leads_elsewhere_is_named(knowledge: Knowledge) -> None:
    """With its entry, language, place and where it leads."""
    stranger = knowledge.procedures["eid-pin-blocked"]
    changed = stranger.model_copy(update={"questions": _first_in_french(stranger.questions)})
    few = {"eid-pin-blocked": changed, "dispense-on-paper-proof": _paper(knowledge)}
    found = list(missed(KnowledgeMatcher(replace(knowledge, procedures=few, version=""))))
    assert [(one.procedure, one.language, one.number, one.given) for one in found] == [
        ("eid-pin-blocked", "fr", 0, "dispense-on-paper-proof")
    ]


def _first_in_french(questions: LocalizedLists) -> LocalizedLists:
    return questions.model_copy(update={"fr": (ELSEWHERE, *questions.fr)})


def _paper(knowledge: Knowledge) -> Procedure:
    return knowledge.procedures["dispense-on-paper-proof"]
