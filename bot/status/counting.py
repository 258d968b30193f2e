"""How many components a source shows, and when another number becomes its usual one. Pure.

Far from the usual number is first of all a broken page, and it is refused. A page that was
lawfully rebuilt shows its new number again and again: then that is taken as the usual one.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from bot.status.unreadable import UnreadableError, UnreadableReason

KEPT = 20
"""Good reads that the usual number rests on; a new one must rest on as many."""
SHARE = 0.3
STEADY_FOR = timedelta(hours=1)
"""And for so long: a half-built page, a cache or one bad server is seldom left for an hour."""


class StrangeNumberError(UnreadableError):
    """The number of components is far from the usual one."""

    def __init__(self, found: int, usual: float) -> None:
        detail = f"{found} components where {usual:g} are usual"
        super().__init__(UnreadableReason.CONTRACT, detail)


@dataclass
class Counts:
    """Components (or routes) of the last good reads, and of the refused ones since."""

    good: deque[int] = field(default_factory=lambda: deque(maxlen=KEPT))
    strange: list[int] = field(default_factory=list)
    strange_since: datetime | None = None

    def take(self, found: int, at: datetime) -> str | None:
        """Counts a sound reading; a remark where its number is the new usual one.

        Raises StrangeNumberError while the number is far from the usual one. None at all never
        becomes usual: an empty page is not a page that changed.
        """
        if is_near(found, self.good):
            self.start_over()
            self.good.append(found)
            return None
        usual = median(self.good)
        self._meet(found, at)
        if not self._is_steady(at):
            raise StrangeNumberError(found, usual)
        reads = len(self.strange)
        self.good = deque(self.strange, maxlen=KEPT)
        self.start_over()
        return f"{found} components are usual from now on, not {usual:g}: {reads} reads said so"

    def start_over(self) -> None:
        """Forgets the refused numbers: the usual one is back, or the page is not sound."""
        self.strange, self.strange_since = [], None

    def _meet(self, found: int, at: datetime) -> None:
        if not is_near(found, self.strange) or not found:
            self.start_over()
        self.strange.append(found)
        self.strange_since = self.strange_since or at

    def _is_steady(self, at: datetime) -> bool:
        since = self.strange_since or at
        return len(self.strange) >= KEPT and at - since >= STEADY_FOR


def is_near(found: int, counts: Sequence[int]) -> bool:
    """Within 30 % of the median, or one more or less: a short list may gain or lose one."""
    if not counts:
        return True
    usual = median(counts)
    return abs(found - usual) <= max(1, SHARE * usual)
