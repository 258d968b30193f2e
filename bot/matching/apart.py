"""Candidates that differ only by the profession that they are for: that is what to ask then."""

from collections.abc import Mapping

from bot.knowledge import Procedure
from bot.knowledge.model import ALL_PROFESSIONS
from bot.matching.model import Candidate

LIKELY = 0.6
"""Candidates are likely with this share of the first one's probability, and this much in all."""


def likely(found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Those nearly as likely as the first, if they likely hold the right one."""
    near = tuple(one for one in found if one.score >= LIKELY * found[0].score)
    return near if sum(candidate.score for candidate in near) >= LIKELY else ()


def differ_by_profession(found: tuple[Candidate, ...], procedures: Mapping[str, Procedure]) -> bool:
    """Whether they are about the same service, each for other professions."""
    if len(found) < 2:  # noqa: PLR2004 - one alone differs from nothing
        return False
    near = [procedures[c.procedure] for c in found]
    shared = set.intersection(*(set(p.services) for p in near))
    served = [who for p in near for who in p.professions]
    return bool(shared) and ALL_PROFESSIONS not in served and len(served) == len(set(served))
