"""When what a source says of a service is believed: one track per service and source. Pure.

A published incident is believed after one read and a confirming one; a state that is only seen on
a component after three; the way back after two clean reads and two minutes.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.settings import Settings
from bot.status.model import Confirmed, State

_EARLY = 0.8
"""A confirming read may come a little early: its own jitter."""
UNLISTED_READS = 3
"""An incident that is no longer listed is over only after so many reads without it."""


@dataclass(frozen=True)
class Thresholds:
    """The numbers of `Settings` that decide when a change is believed; reads and seconds."""

    onset_reads: int = 3
    confirm_seconds: float = 25
    clear_reads: int = 2
    clear_seconds: float = 120
    group_seconds: float = 30

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those that the operator set."""
        return cls(
            onset_reads=settings.onset_reads,
            confirm_seconds=settings.confirm_seconds,
            clear_reads=settings.clear_reads,
            clear_seconds=settings.clear_seconds,
            group_seconds=settings.group_seconds,
        )


class Decision(StrEnum):
    """What one read did to a track."""

    BASELINE = "baseline"
    UNCHANGED = "unchanged"
    NOTHING_SAID = "nothing_said"
    WAITING_FOR_CONFIRMATION = "waiting_for_confirmation"
    WAITING_FOR_READS = "waiting_for_reads"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Seen:
    """One read of one source about one service.

    `published`: the source says it in words, by an incident open or closed. `unlisted`: the
    incident that was open is not listed any more, and nothing else tells that it is over.
    """

    state: State
    at: datetime
    published: bool = False
    unlisted: bool = False


@dataclass(frozen=True)
class Track:
    """What is believed (None: nothing yet), and what the last reads point to instead.

    `toward`: what the first of them said; the next ones point the same way.
    `witnessed`: it was seen to begin at `since`; not at the first read of all.
    """

    state: State | None = None
    since: datetime | None = None
    toward: State | None = None
    first_at: datetime | None = None
    reads: int = 0
    witnessed: bool = False

    @classmethod
    def of(cls, kept: Confirmed) -> Self:
        """That of a state which was believed before the restart, or by another source."""
        return cls(kept.state, kept.since, witnessed=kept.witnessed)

    @property
    def severity(self) -> int:
        """Of the state that is believed; below all others where none is."""
        return self.state.severity if self.state else -1

    def step(self, seen: Seen, thresholds: Thresholds) -> tuple[Self, Decision]:
        """The track after a read, and what the read decided."""
        if seen.state is State.UNKNOWN:
            return self._settled(), Decision.NOTHING_SAID
        if self.state is None:
            return self._believing(seen.state, seen.at), Decision.BASELINE
        if seen.state is self.state:
            return self._settled(), Decision.UNCHANGED
        if not seen.state.is_outage and not self.state.is_outage:
            return self._believing(seen.state, seen.at), Decision.CONFIRMED
        counted = self._counting(seen)
        decision = counted._decide(seen, thresholds)  # noqa: SLF001 - its own kind
        if decision is Decision.CONFIRMED:
            since = counted.first_at or seen.at
            return counted._believing(seen.state, since), decision  # noqa: SLF001 - the same
        return counted, decision

    def _settled(self) -> Self:
        return replace(self, toward=None, first_at=None, reads=0)

    def _believing(self, state: State, since: datetime) -> Self:
        seen = self.state is not None
        return replace(self._settled(), state=state, since=since, witnessed=seen)

    def _counting(self, seen: Seen) -> Self:
        same_way = self.toward is not None and self._worsens(self.toward) == self._worsens(
            seen.state
        )
        if not same_way:
            return replace(self, toward=seen.state, first_at=seen.at, reads=1)
        return replace(self, reads=self.reads + 1)

    def _worsens(self, state: State) -> bool:
        return self.state is not None and state.severity > self.state.severity

    def _decide(self, seen: Seen, thresholds: Thresholds) -> Decision:
        passed = (seen.at - (self.first_at or seen.at)).total_seconds()
        if seen.published:
            enough = passed >= thresholds.confirm_seconds * _EARLY
            if self.reads > 1 and enough:
                return Decision.CONFIRMED
        reads, seconds = self._asked(seen, thresholds)
        if self.reads >= reads and passed >= seconds:
            return Decision.CONFIRMED
        waiting = Decision.WAITING_FOR_CONFIRMATION, Decision.WAITING_FOR_READS
        return waiting[0] if seen.published else waiting[1]

    def _asked(self, seen: Seen, thresholds: Thresholds) -> tuple[int, float]:
        if self._worsens(seen.state):
            return thresholds.onset_reads, 0.0
        reads = max(thresholds.clear_reads, UNLISTED_READS if seen.unlisted else 1)
        return reads, thresholds.clear_seconds
