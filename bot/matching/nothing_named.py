"""A text that says that something fails, and not what: what is down now is likely meant."""

from collections.abc import Iterable

from bot.knowledge import Procedure
from bot.matching.model import BUTTONS, AnswerKind, Candidate, Match, Why


def about_what_is_down(
    procedures: Iterable[Procedure], language: str, profession: str | None, down: frozenset[str]
) -> Match:
    """The entries on what is down, first those that an editor marked for its outage."""
    touched = [p for p in procedures if down & set(p.services) and p.serves(profession)]
    touched.sort(key=lambda p: not down & set(p.outage_of))
    share = 1 / max(1, len(touched[:BUTTONS]))
    found = tuple(Candidate(p.id, share) for p in touched[:BUTTONS])
    kind = AnswerKind.CHOICE if found else AnswerKind.UNKNOWN
    return Match(kind, language, profession, found, why=Why.NO_TOOL, asks_state=True)
