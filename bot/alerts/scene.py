"""What a rule of policy looks at, and what it answers with."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts.graph import Graph
from bot.alerts.rulings import Category, Notice, OpenIncident, Reason, Ruling, To
from bot.status.model import Change, ChangeKind

RESOUND_AFTER = timedelta(minutes=30)
TIME_TO_LIVE = {
    ChangeKind.ONSET: timedelta(hours=2),
    ChangeKind.WORSENED: timedelta(minutes=30),
    ChangeKind.UPDATE: timedelta(minutes=30),
    ChangeKind.RESOLVED: timedelta(hours=6),
    ChangeKind.UNSTABLE: timedelta(hours=2),
    ChangeKind.STEADY: timedelta(hours=6),
    ChangeKind.PLANNED: timedelta(hours=2),
    ChangeKind.REPLANNED: timedelta(hours=2),
    ChangeKind.CALLED_OFF: timedelta(hours=6),
    ChangeKind.EMERGENCY_ON: timedelta(hours=2),
    ChangeKind.EMERGENCY_OFF: timedelta(hours=6),
}
KIND_ORDER = (
    ChangeKind.EMERGENCY_ON,
    ChangeKind.ONSET,
    ChangeKind.UNSTABLE,
    ChangeKind.WORSENED,
    ChangeKind.RESOLVED,
    ChangeKind.EMERGENCY_OFF,
    ChangeKind.STEADY,
    ChangeKind.PLANNED,
    ChangeKind.REPLANNED,
    ChangeKind.CALLED_OFF,
    ChangeKind.UPDATE,
)
WORST = 4
CATEGORIES = {
    ChangeKind.PLANNED: Category.PLANNED,
    ChangeKind.REPLANNED: Category.PLANNED,
    ChangeKind.CALLED_OFF: Category.PLANNED,
    ChangeKind.EMERGENCY_ON: Category.EMERGENCY,
    ChangeKind.EMERGENCY_OFF: Category.EMERGENCY,
}


@dataclass(frozen=True)
class Scene:
    """What a rule looks at: the change, its open incident, and what else is down or open."""

    change: Change
    found: OpenIncident | None
    graph: Graph
    down: frozenset[str]
    open: tuple[OpenIncident, ...]
    announced: bool

    @property
    def parents_down(self) -> bool:
        return not self.graph.ancestors(self.change.service).isdisjoint(self.down)

    def ruling(self, reason: Reason, **more: object) -> Ruling:
        """A ruling on this change, with its incident as it stands."""
        found = self.found
        base = Ruling(
            self.change,
            reason,
            category=CATEGORIES.get(self.change.kind, Category.OUTAGE),
            incident=found.id if found else None,
            prefix=self.graph.code(self.change.service),
            inhibited=found.inhibited if found else False,
            unstable=found.unstable if found else False,
            announced=self.announced,
            audience=self.graph.audience(self.change.service),
        )
        return replace(base, **more)  # type: ignore[arg-type]  # fields by name


def notice_of(
    change: Change,
    kind: ChangeKind,
    to: To,
    *,
    edits: bool = False,
    span: tuple[datetime, datetime] | None = None,
) -> Notice:
    """A notice due at once for its kind's time to live, or in the given span."""
    due, expires = span or (change.at, change.at + TIME_TO_LIVE[kind])
    worst = max(change.current.severity, change.previous.severity)
    order = (WORST - worst) * len(KIND_ORDER) + KIND_ORDER.index(kind)
    return Notice(kind, to, due, expires, order, edits)
