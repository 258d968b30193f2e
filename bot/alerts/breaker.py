"""Notices that suddenly many chats refuse us, which is more likely our fault than theirs."""

from collections import deque
from dataclasses import dataclass

WINDOW = 60.0
SHARE = 0.05
LEAST = 5
"""Fewer chats than this prove nothing, whatever their share."""


@dataclass(frozen=True)
class Outcome:
    """One answer: when (monotonic seconds), and the chat that refused, if it did."""

    at: float
    refused: int | None = None


class Breaker:
    """Looks at the answers of the last minute."""

    def __init__(self) -> None:
        self._outcomes: deque[Outcome] = deque()

    def note(self, at: float, refused: int | None = None) -> None:
        """One answer came."""
        self._outcomes.append(Outcome(at, refused))
        while self._outcomes[0].at <= at - WINDOW:
            self._outcomes.popleft()

    @property
    def opens(self) -> bool:
        """Whether of the last minute's answers more than 5 % refuse, each chat counted once.

        One chat that refuses each try says nothing of the others.
        """
        refusals = len(self._refused())
        accepted = sum(outcome.refused is None for outcome in self._outcomes)
        return refusals >= LEAST and refusals > SHARE * (accepted + refusals)

    def reset(self) -> frozenset[int]:
        """Begins a new minute. Returns the chats that refused in the last one."""
        refused = self._refused()
        self._outcomes.clear()
        return refused

    def _refused(self) -> frozenset[int]:
        return frozenset(one.refused for one in self._outcomes if one.refused is not None)
