"""What was: confirmed states, changes, incidents, availability."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import RowMapping, func, or_, select

from bot.alerts.rulings import Category
from bot.status.by_hand import Announced
from bot.status.kept import Kept, Planned
from bot.status.model import Confirmed, Incident, State
from bot.store.database import Database
from bot.store.rows import confirmed, incident_code, incident_words
from bot.store.statements import WINDOW_END
from bot.store.tables import incidents, service_states, transitions

MONTH = timedelta(days=30)
CONFIRMED = select(service_states)


@dataclass(frozen=True)
class Transition:
    """One confirmed change of one service. `previous` None: the first that is known.

    `incident`: key of the one that it began, changed or ended, if any.
    """

    service: str
    previous: State | None
    current: State
    at: datetime
    since: datetime
    source: str
    incident: str | None = None


@dataclass(frozen=True)
class PastIncident:
    """An incident of ours, open or over. `worst`: the worst that it came to.

    `endless`: announced work that began, whose end nobody told.
    """

    code: str
    service: str
    category: Category
    state: State
    worst: State
    source: str
    since: datetime
    ended_at: datetime | None
    announced: bool
    words: Incident | None
    unstable: bool = False
    endless: bool = False


@dataclass(frozen=True)
class Availability:
    """`share`: of the time that is known, how much was without outage (0 to 1); None: none known.

    `known`: how much of the period is known at all (0 to 1).
    """

    service: str
    share: float | None
    known: float


class SqlHistory:
    """Reads of the past."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def confirmed(self) -> tuple[Confirmed, ...]:
        """The last confirmed state of each service: what a restart goes on from."""
        async with self._database.read() as connection:
            found = (await connection.execute(CONFIRMED)).mappings()
            return tuple(confirmed(row) for row in found)

    async def kept(self) -> Kept:
        """What a new watcher goes on from: besides, the announced work that has not begun."""
        query = select(incidents.c.service, incidents.c.words).where(
            incidents.c.ended_at.is_(None), incidents.c.category == Category.PLANNED.value
        )
        async with self._database.read() as connection:
            found = [
                Planned(row.service, work)
                for row in await connection.execute(query)
                if (work := incident_words(row.words)) is not None
            ]
        return Kept(await self.confirmed(), tuple(found))

    async def transitions(
        self, start: datetime, end: datetime, service: str | None = None
    ) -> tuple[Transition, ...]:
        """Changes with `start` <= at < `end`, oldest first."""
        query = select(transitions).where(transitions.c.at >= start, transitions.c.at < end)
        if service is not None:
            query = query.where(transitions.c.service == service)
        async with self._database.read() as connection:
            found = (await connection.execute(query.order_by(transitions.c.id))).mappings()
            return tuple(
                Transition(
                    row["service"],
                    State(row["previous"]) if row["previous"] else None,
                    State(row["current"]),
                    row["at"],
                    row["since"],
                    row["source"],
                    row["incident"],
                )
                for row in found
            )

    async def incidents(self, now: datetime) -> tuple[PastIncident, ...]:
        """Those open or ended in the last 30 days, newest first."""
        end = func.coalesce(incidents.c.ended_at, WINDOW_END)
        recent = or_(end.is_(None), end >= now - MONTH)
        query = select(incidents, end.label("end")).where(recent).order_by(incidents.c.id.desc())
        async with self._database.read() as connection:
            found = (await connection.execute(query)).mappings()
            return tuple(_past(row, now) for row in found)

    async def state_at(self, service: str, at: datetime) -> State:
        """The last confirmed state before the moment; unknown where there was none."""
        before = select(transitions.c.current).where(
            transitions.c.service == service, transitions.c.at < at
        )
        before = before.order_by(transitions.c.id.desc()).limit(1)
        async with self._database.read() as connection:
            found = (await connection.execute(before)).scalar_one_or_none()
        return State(found) if found else State.UNKNOWN

    async def availability(self, service: str, start: datetime, end: datetime) -> Availability:
        """How much of the known time between the two the service was without outage."""
        first = await self.state_at(service, start)
        inside = await self.transitions(start, end, service)
        return measure(service, first, inside, start, end)

    async def announced(self) -> tuple[Announced, ...]:
        """What the team has told by hand and is not over."""
        query = select(incidents).where(
            incidents.c.ended_at.is_(None),
            incidents.c.announced,
            incidents.c.category == Category.OUTAGE.value,
        )
        async with self._database.read() as connection:
            found = (await connection.execute(query)).mappings()
            return tuple(
                Announced(
                    row["service"],
                    State(row["state"]),
                    row["since"],
                    row["opened_at"],
                    incident_words(row["words"]),
                )
                for row in found
            )


def _past(row: RowMapping, now: datetime) -> PastIncident:
    over = row["end"] is not None and row["end"] <= now
    untold = row["ends_at"] is None and row["end"] == row["starts_at"]
    return PastIncident(
        code=incident_code(row, row["version"]),
        service=row["service"],
        category=Category(row["category"]),
        state=State(row["state"]),
        worst=State(row["worst"]),
        source=row["source"],
        since=row["since"],
        ended_at=row["end"] if over and not untold else None,
        announced=row["announced"],
        words=incident_words(row["words"]),
        unstable=row["unstable"],
        endless=over and untold,
    )


def measure(
    service: str,
    first: State,
    changes: Sequence[Transition],
    start: datetime,
    end: datetime,
) -> Availability:
    """Adds up the time in each state: pure. `first` is the state at `start`."""
    moments = [start, *(change.at for change in changes), end]
    states = [first, *(change.current for change in changes)]
    known = up = 0.0
    for state, (began, ended) in zip(states, pairwise(moments), strict=True):
        seconds = (ended - began).total_seconds()
        known += seconds if state is not State.UNKNOWN else 0
        up += seconds if state is not State.UNKNOWN and not state.is_outage else 0
    whole = (end - start).total_seconds()
    return Availability(service, up / known if known else None, known / whole if whole else 0.0)
