"""One source as the watcher holds it."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from bot.knowledge.model import Source
from bot.status import contract
from bot.status.fetched import Validators
from bot.status.model import Reading
from bot.status.sightings import Sightings
from bot.status.source_view import SourceView
from bot.status.unreadable import UnreadableError


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
    counts: deque[int] = field(default_factory=lambda: deque(maxlen=contract.KEPT))

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
