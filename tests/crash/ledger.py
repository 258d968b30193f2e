"""What the chats saw, and what follows from it: losses, copies, and whose they are."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

IN_FLIGHT = 8
"""Requests that a sender has open at once: a kill can copy no more than these."""


@dataclass
class Ledger:
    """Each message in the order of its chat: `kind|code`, and which life of a process sent it."""

    seen: dict[int, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    distinct: int = 0
    copies: int = 0

    def note(self, chat: int, text: str, life: int) -> None:
        """The chat saw it now."""
        copy = any(text == before for before, _ in self.seen[chat])
        self.seen[chat].append((text, life))
        self.copies += copy
        self.distinct += not copy

    def copies_of_lives(self) -> Counter[int]:
        """A copy is owed to the life that had sent it before, and did not mark it."""
        owed: Counter[int] = Counter()
        for messages in self.seen.values():
            last: dict[str, int] = {}
            for text, life in messages:
                if text in last:
                    owed[last[text]] += 1
                last[text] = life
        return owed

    def unsorted(self) -> int:
        """Ends that came before their beginning."""
        return sum(_unsorted([text for text, _ in messages]) for messages in self.seen.values())


def _unsorted(texts: list[str]) -> int:
    begun: set[str] = set()
    found = 0
    for text in texts:
        kind, _, code = text.partition("|")
        incident = code.rsplit("-", 1)[0]
        found += kind == "resolved" and incident not in begun
        begun |= {incident} if kind == "onset" else set()
    return found


@dataclass(frozen=True)
class Result:
    """What a trial found.

    `harms`: kills, or whatever else was done to it. `worst`: copies that the worst life of a
    process caused. `unsorted`: ends before their beginning. `late_looks`: at the source, by one
    that led no longer. `doubly_led`: terms in which two processes led. `deadly`: whether each harm
    ended the life that it befell.
    """

    harms: int
    due: int
    lost: int
    copies: int
    worst: int
    unsorted: int
    most_in_flight: int
    late_looks: int = 0
    doubly_led: int = 0
    deadly: bool = True

    @property
    def holds(self) -> bool:
        """Nothing lost, no end before its beginning, no more copies than requests in flight.

        Also of each process by itself, unless it lived through harm and had others in flight later.
        """
        return (
            (self.lost, self.unsorted) == (0, 0)
            and self.most_in_flight <= IN_FLIGHT
            and self.copies <= self.harms * IN_FLIGHT
            and (self.worst <= IN_FLIGHT or not self.deadly)
        )

    def check(self) -> None:
        """What `holds` says, or the figures."""
        assert self.holds, self

    def __str__(self) -> str:
        each = self.copies / max(1, self.harms)
        return (
            f"{self.harms} harms, {self.due} pings due, lost {self.lost}, "
            f"copies {self.copies} ({each:.2f} a harm, at most {self.worst} by one process), "
            f"ends before a beginning {self.unsorted}, in flight at most {self.most_in_flight}, "
            f"looks of a past leader {self.late_looks}, terms led by two {self.doubly_led}"
        )
