"""One source as the watcher holds it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.knowledge.model import Source
from bot.status.counting import Counts, StrangeNumberError
from bot.status.fetched import Validators
from bot.status.model import Reading
from bot.status.sightings import Sightings
from bot.status.source_view import SourceView
from bot.status.unreadable import UnreadableError, UnreadableReason

_UNSOUND = frozenset(
    {
        UnreadableReason.NOT_THE_FORMAT,
        UnreadableReason.CONTRACT,
        UnreadableReason.ENCODING,
        UnreadableReason.TOO_LARGE,
    }
)
"""A body came, and nothing of it may be counted."""


@dataclass
class Watched:
    """One source as it stands: what it last said, what failed since, when it is read next."""

    source: Source
    due_at: datetime
    reading: Reading | None = None
    sightings: Sightings = field(default_factory=Sightings)
    checked_at: datetime | None = None
    validators: Validators = field(default_factory=Validators)
    error: UnreadableError | None = None
    failures: int = 0
    counts: Counts = field(default_factory=Counts)

    def fail(self, error: UnreadableError) -> None:
        """Keeps why it could not be read."""
        self.error = error
        self.failures += 1
        if error.reason in _UNSOUND and not isinstance(error, StrangeNumberError):
            self.counts.start_over()

    @property
    def view(self) -> SourceView:
        """What the board is built from."""
        return SourceView(
            self.source,
            self.sightings,
            self.checked_at,
            self.reading.issued_at if self.reading else None,
            self.error.reason if self.error else None,
        )
