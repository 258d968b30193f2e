"""What is known of one source at a moment, and for how long it may be shown."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.knowledge.model import Source
from bot.status.sightings import Sightings
from bot.status.unreadable import UnreadableReason

FRESH_INTERVALS = 3
UNKNOWN_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class SourceView:
    """What is known of one source: its last good read (304 counts), and what failed since."""

    source: Source
    sightings: Sightings = field(default_factory=Sightings)
    checked_at: datetime | None = None
    issued_at: datetime | None = None
    failure: UnreadableReason | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Whether the last good read is younger than three intervals."""
        return self.checked_at is not None and now - self.checked_at <= fresh_for(self.source)

    def is_usable(self, now: datetime) -> bool:
        """Whether it may still be shown as last confirmed."""
        return self.checked_at is not None and now - self.checked_at <= usable_for(self.source)


def fresh_for(source: Source) -> timedelta:
    """Three intervals."""
    return timedelta(seconds=FRESH_INTERVALS * source.every)


def usable_for(source: Source) -> timedelta:
    """How long what a source said counts: fifteen minutes; three intervals where they are more."""
    return max(UNKNOWN_AFTER, fresh_for(source))
