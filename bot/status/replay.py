"""Plays a timeline through the real readers, tracker and board, in virtual time.

The fan-out is handed in as a `Subscriber`: `bot.commands.replay` brings the real one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.clock import local
from bot.knowledge.base import Knowledge
from bot.knowledge.model import Localized, LocalizedLists, Service
from bot.status.far_side import FarSide, Page
from bot.status.hysteresis import Thresholds
from bot.status.kept import Kept
from bot.status.model import Change, ChangeKind, Confirmed, State
from bot.status.timeline import Happening, Timeline, by_time
from bot.status.watcher import Watcher

_MIDDLE = 0.5
"""Chance that leaves every interval as it is."""
_LOOK = timedelta(minutes=1)
_INSTANT = timedelta(seconds=1)
"""The least step of the virtual clock, so that time passes whatever the thresholds."""


@dataclass(frozen=True)
class Told:
    """A change as the tracker gives it to the fan-out, which decides who hears of it."""

    at: datetime
    kind: ChangeKind
    service: str
    change: Change

    def __str__(self) -> str:
        states = f"{self.change.previous.value} -> {self.change.current.value}"
        parents = f", rests on {', '.join(self.change.affected_by)}" * bool(self.change.affected_by)
        return f"{local(self.at)}  change {self.kind.value:<13} {self.service}: {states}{parents}"


@dataclass(frozen=True)
class Shown:
    """The state of a service on the board, from this moment on."""

    at: datetime
    service: str
    state: State

    def __str__(self) -> str:
        return f"{local(self.at)}  board  {self.state.value:<13} {self.service}"


@dataclass(frozen=True)
class Pinged:
    """A message that a subscriber of every service gets. `edit`: one that changes another."""

    at: datetime
    kind: str
    services: str

    def __str__(self) -> str:
        return f"{local(self.at)}  ping   {self.kind:<13} {self.services}"


Record = Told | Shown | Pinged


class Subscriber(Protocol):
    """Somebody who follows every service."""

    async def record(
        self, changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: datetime
    ) -> None:
        """Takes what the watcher hands on."""

    async def pings(self, now: datetime) -> tuple[Pinged, ...]:
        """What reaches them at this moment."""


class Nobody:
    """Hears nothing."""

    async def record(
        self, changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: datetime
    ) -> None:
        """See `Subscriber.record`."""

    async def pings(self, now: datetime) -> tuple[Pinged, ...]:  # noqa: ARG002 - the protocol's
        """See `Subscriber.pings`."""
        return ()


@dataclass
class _Stage:
    """What a replay moves: the virtual clock, the pages, the records."""

    timeline: Timeline
    folder: Path
    thresholds: Thresholds
    subscriber: Subscriber
    say: Callable[[str], None]
    now: datetime
    pages: Mapping[str, Page]
    records: list[Record] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)

    def watcher(self, kept: Kept) -> Watcher:
        return Watcher(
            knowledge=knowledge_of(self.timeline),
            fetch=FarSide(self.pages),
            on_changes=self.record,
            thresholds=self.thresholds,
            confirmed={one.service: one for one in kept.confirmed},
            planned=kept.planned,
            clock=lambda: self.now,
            chance=lambda: _MIDDLE,
        )

    async def record(
        self, changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: datetime
    ) -> None:
        for change in changes:
            self.keep(Told(at, change.kind, change.service, change))
        await self.subscriber.record(changes, confirmed, at)

    def look(self, watcher: Watcher) -> None:
        for service, status in watcher.board().services.items():
            if self.states.get(service) is not status.state:
                self.states[service] = status.state
                self.keep(Shown(self.now, service, status.state))

    def keep(self, record: Record) -> None:
        self.records.append(record)
        self.say(str(record))


async def replay(
    timeline: Timeline,
    *,
    folder: Path = Path(),
    thresholds: Thresholds | None = None,
    subscriber: Subscriber | None = None,
    say: Callable[[str], None] = print,
) -> list[Record]:
    """Plays the timeline; gives, and says as it goes, each state shown, each change and each ping.

    `folder`: where recorded bodies lie. `subscriber`: the fan-out, and who is told by it.
    """
    pages = {played.id: Page(played) for played in timeline.sources}
    start = timeline.start.astimezone(UTC)
    told = subscriber or Nobody()
    stage = _Stage(timeline, folder, thresholds or Thresholds(), told, say, start, pages)
    watcher, ahead = stage.watcher(Kept()), by_time(timeline)
    while stage.now <= timeline.end:
        while ahead and ahead[0].at <= stage.now:
            watcher = _happen(ahead.pop(0), stage, watcher)
        for name, watched in watcher.watched.items():
            if watched.due_at <= stage.now:
                await watcher.poll(name)
        stage.look(watcher)
        for ping in await stage.subscriber.pings(stage.now):
            stage.keep(ping)
        stage.now = _next(watcher, stage.now)
    return stage.records


def _next(watcher: Watcher, now: datetime) -> datetime:
    """When a source is due, or a minute later: what is shown also changes by growing old."""
    dues = [watched.due_at for watched in watcher.watched.values()]
    return max(min([*dues, now + _LOOK]), now + _INSTANT)


def _happen(happening: Happening, stage: _Stage, watcher: Watcher) -> Watcher:
    """A restart gives a new watcher that knows what the store would have kept."""
    if happening.source is not None:
        stage.pages[happening.source].happen(happening, stage.folder)
    if not happening.restart:
        return watcher
    tracker = watcher.tracker
    return stage.watcher(Kept(tuple(tracker.confirmed.values()), tracker.calendar.planned))


def knowledge_of(timeline: Timeline) -> Knowledge:
    """A knowledge base of the services and sources of a timeline, and nothing else."""
    return Knowledge(
        professions={},
        services={name: _service(name, timeline) for name in timeline.services},
        sources={played.id: played.as_source() for played in timeline.sources},
        contacts={},
        references={},
        procedures={},
    )


def _service(name: str, timeline: Timeline) -> Service:
    return Service(
        id=name,
        code="AAA",
        names=Localized(fr=name, nl=name, de=name, en=name),
        aliases=LocalizedLists(fr=(name,), nl=(name,), de=(name,), en=(name,)),
        professions=("all",),
        depends_on=timeline.depends_on.get(name, ()),
        derived_from=timeline.derived_from.get(name, ()),
    )


def differences(timeline: Timeline, records: list[Record]) -> list[str]:
    """What was told or shown and should not have been, or the reverse; empty: as it must be.

    States shown before the first poll of all sources is over (the first minute) do not count.
    """
    begun = timeline.start + timedelta(minutes=1)
    told = [(r.at, r.kind.value, r.service) for r in records if isinstance(r, Told)]
    shown = [
        (r.at, r.service, r.state.value) for r in records if isinstance(r, Shown) and r.at >= begun
    ]
    pings = [(r.at, r.kind, r.services) for r in records if isinstance(r, Pinged)]
    return [
        *_compare("told", told, [(at, kind.value, name) for at, kind, name in timeline.told]),
        *_compare("shown", shown, timeline.shown),
        *_compare("pinged", pings, timeline.pings),
    ]


def _compare(
    name: str,
    got: Sequence[tuple[datetime, str, str]],
    wanted: Sequence[tuple[datetime, str, str]] | None,
) -> list[str]:
    if wanted is None:
        return []
    extra = [f"{name}, not expected: {_line(row)}" for row in got if row not in wanted]
    missing = [f"{name}, missing: {_line(row)}" for row in wanted if row not in got]
    if not extra and not missing and len(got) != len(wanted):
        return [f"{name} twice or too seldom: {len(got)} instead of {len(wanted)}"]
    return extra + missing


def _line(row: tuple[datetime, str, str]) -> str:
    return f"{local(row[0])} {row[1]} {row[2]}"
