"""What policy gives and the store carries out: plain values that know no SQL and no Telegram."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.alerts.graph import Audience
from bot.status.model import Change, ChangeKind, State


class Category(StrEnum):
    """A service has at most one open incident of each, but any number of planned windows."""

    OUTAGE = "outage"
    EMERGENCY = "emergency"
    PLANNED = "planned"


class Reason(StrEnum):
    """Why something is told, or is not; each is a row of the table in tests/alerts."""

    NEW = "new"
    ANNOUNCED = "announced"
    PARENT_DOWN = "parent_down"
    PARENT_BACK = "parent_back"
    ALREADY_TOLD = "already_told"
    HELD_WHILE_UNSTABLE = "held_while_unstable"
    WORSE = "worse"
    END_CHANGED = "end_changed"
    TOO_SOON_TO_SOUND = "too_soon_to_sound"
    DETAIL = "detail"
    OVER = "over"
    NOTHING_OPEN = "nothing_open"
    FLAPPING = "flapping"
    STEADY_AGAIN = "steady_again"
    PLANNED_LATER = "planned_later"
    PLANNED_SOON = "planned_soon"
    NO_MORNING_BEFORE = "no_morning_before"
    WINDOW_CHANGED = "window_changed"
    BROUGHT_FORWARD = "brought_forward"
    CALLED_OFF = "called_off"
    REMINDERS_OFF = "reminders_off"


class To(StrEnum):
    """All who follow the service, those of them not yet told of this incident, or only the told."""

    FOLLOWERS = "followers"
    UNTOLD = "untold"
    TOLD = "told"


OPENING = frozenset(
    {ChangeKind.ONSET, ChangeKind.UNSTABLE, ChangeKind.EMERGENCY_ON, ChangeKind.PLANNED}
)
"""Kinds that can be the first a chat hears of an incident; later ones refer to their message."""
CLOSING = frozenset(
    {ChangeKind.RESOLVED, ChangeKind.STEADY, ChangeKind.EMERGENCY_OFF, ChangeKind.CALLED_OFF}
)
SILENT = CLOSING | {ChangeKind.REPLANNED}
"""Kinds that never make a sound."""
WORK = frozenset({ChangeKind.PLANNED, ChangeKind.REPLANNED})
"""Kinds that tell of work to come, until it begins or ends."""


@dataclass(frozen=True)
class OpenIncident:
    """An incident that has not ended, as the store knows it.

    `inhibited`: opened under a parent that was down, and told to nobody. `resounded_at`: when a
    change of it last made a sound. `felt`: unless it is work that its source calls without effect.
    """

    id: int
    service: str
    category: Category
    key: str
    state: State
    since: datetime
    source: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    resounded_at: datetime | None = None
    inhibited: bool = False
    unstable: bool = False
    felt: bool = True


@dataclass(frozen=True)
class Notice:
    """One event to write, with a row for each chat it concerns.

    `due` and `expires`: from when, and until when, it is worth sending. `edits`: it changes the
    message that opened the incident, without a sound. `order`: smaller goes first.
    """

    kind: ChangeKind
    to: To
    due: datetime
    expires: datetime
    order: int
    edits: bool = False


@dataclass(frozen=True)
class Ruling:
    """What one change means for the incidents and the outbox.

    `incident`: the open one it belongs to; None with `opens`: a new one. `replaces`: kinds of
    this incident that still wait and are no longer worth telling. `absorbs`: incidents whose
    waiting onsets this one's message tells instead. `resounds`: it makes a sound again.
    """

    change: Change
    reason: Reason
    category: Category = Category.OUTAGE
    incident: int | None = None
    prefix: str = ""
    opens: bool = False
    closes: bool = False
    inhibited: bool = False
    unstable: bool = False
    announced: bool = False
    resounds: bool = False
    replaces: frozenset[ChangeKind] = frozenset()
    absorbs: frozenset[int] = frozenset()
    notices: tuple[Notice, ...] = ()
    audience: Audience | None = None


Plan = Callable[[tuple[OpenIncident, ...]], tuple[Ruling, ...]]
"""Handed to the store, which calls it inside its transaction with what is open then."""
