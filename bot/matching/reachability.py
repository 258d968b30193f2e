"""Each entry must be the first answer to each of its own questions, or share it with a sibling."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge import LANGUAGES
from bot.knowledge.model import ALL_PROFESSIONS
from bot.matching.matcher import KnowledgeMatcher


@dataclass(frozen=True)
class Missed:
    """A question that leads elsewhere: its place in the entry, and where it leads."""

    procedure: str
    language: str
    number: int
    question: str
    given: str


def missed(matcher: KnowledgeMatcher) -> Iterator[Missed]:
    """Every question of the base that another entry, no sibling, answers first."""
    for procedure in matcher.procedures:
        mine = {procedure.id, *procedure.siblings}
        asker = procedure.professions[0]
        profession = None if asker == ALL_PROFESSIONS else asker
        for language in LANGUAGES:
            for number, question in enumerate(procedure.questions[language]):
                found = matcher.evidence(question, profession, frozenset()).candidates
                given = found[0].procedure if found else "nothing"
                if given not in mine:
                    yield Missed(procedure.id, language, number, question, given)
