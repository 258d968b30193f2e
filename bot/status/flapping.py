"""A service that comes and goes: three rounds within an hour, and it is called unstable. Pure.

One ping says so, and that no more come until it has been steady for half an hour; one says that.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.status.model import ChangeKind, Confirmed

ROUNDS = 3
WITHIN = timedelta(minutes=60)
STEADY_AFTER = timedelta(minutes=30)


@dataclass
class Flapping:
    """Remembers when each service came back within the last hour."""

    returns: defaultdict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def admit(
        self, kind: ChangeKind | None, before: Confirmed, at: datetime
    ) -> tuple[ChangeKind | None, bool]:
        """What is told instead of `kind` (None: nothing), and whether it is unstable now."""
        if before.unstable:
            if kind is None and at - before.since >= STEADY_AFTER:
                return ChangeKind.STEADY, False
            return None, True
        if kind is ChangeKind.RESOLVED and self._rounds(before.service, at) >= ROUNDS:
            return ChangeKind.UNSTABLE, True
        return kind, False

    def _rounds(self, service: str, at: datetime) -> int:
        recent = [moment for moment in self.returns[service] if at - moment < WITHIN]
        self.returns[service] = [*recent, at]
        return len(recent) + 1
