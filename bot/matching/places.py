"""Which entries serve a profession and rest on a service, by their place in the index."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from bot.knowledge import Knowledge, Procedure
from bot.matching.index import Floats

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Places:
    """A row holds one value for each entry. None stands for a profession that nobody told."""

    procedures: Sequence[Procedure]
    resting: Mapping[str, Sequence[int]]
    """Service -> the entries that rest on it."""
    special: Mapping[str, Mask]
    """Profession -> whether an entry is written for it by name."""
    serving: Mapping[str | None, Mask]
    covered: Mapping[str | None, frozenset[str]]
    """Profession -> the services on which an entry for it rests."""

    def serves(self, profession: str | None) -> Mask:
        """Whether each entry is meant for the profession, also for one that the base lacks."""
        known = self.serving.get(profession)
        return _serving(self.procedures, profession) if known is None else known

    def spoken_of(self, professions: Collection[str]) -> Floats | float:
        """1 for each entry that is written for one of them by name."""
        rows = [self.special[one] for one in professions]
        return cast("Floats", np.logical_or.reduce(rows).astype(np.float32)) if rows else 0.0

    def touched(self, services: Collection[str]) -> Floats | float:
        """1 for each entry that rests on one of them."""
        if not services:
            return 0.0
        row = np.zeros(len(self.procedures), dtype=np.float32)
        row[[place for one in services for place in self.resting.get(one, ())]] = 1
        return row

    def about(self, services: Collection[str], scores: Floats) -> dict[str, float]:
        """The entries that rest on one of them, with their score, in the order of the base."""
        places = {place for one in services for place in self.resting.get(one, ())}
        return {self.procedures[place].id: float(scores[place]) for place in sorted(places)}


def places_of(knowledge: Knowledge) -> Places:
    """Of a whole base, in its order."""
    procedures = tuple(knowledge.procedures.values())
    everyone = (None, *knowledge.professions)
    resting: dict[str, list[int]] = {}
    for place, procedure in enumerate(procedures):
        for service in procedure.services:
            resting.setdefault(service, []).append(place)
    return Places(
        procedures,
        resting,
        special={
            who: np.array([who in one.professions for one in procedures])
            for who in knowledge.professions
        },
        serving={who: _serving(procedures, who) for who in everyone},
        covered={
            who: frozenset(s for one in procedures if one.serves(who) for s in one.services)
            for who in everyone
        },
    )


def _serving(procedures: Sequence[Procedure], profession: str | None) -> Mask:
    return np.array([one.serves(profession) for one in procedures])
