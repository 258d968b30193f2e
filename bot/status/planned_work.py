"""Announced work: told when it is published, when it changes, and when it is called off. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.status.events import is_ahead, is_to_come
from bot.status.kept import Planned
from bot.status.model import Change, ChangeKind, Confirmed, Incident, Phase, State
from bot.status.narration import incident_key
from bot.status.topology import Topology

WorkKey = tuple[str, str]
"""Key of the work, and one of the services that it is announced for."""
Listed = Mapping[WorkKey, Incident]
READS_WITHOUT = 3
"""How often a page has to leave work out before it counts as called off: as for incidents."""


@dataclass
class WorkCalendar:
    """Remembers what each source has announced.

    What stood there at the first read of a source is the baseline: it is shown, not told. It is
    for `kept` services, which the store knows: it may have been published while nobody looked,
    and policy knows what was told already.
    """

    topology: Topology
    kept: frozenset[str] = frozenset()
    known: dict[str, dict[WorkKey, Incident]] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    missed: Counter[WorkKey] = field(default_factory=Counter)

    def remember(self, planned: Iterable[Planned]) -> None:
        """Goes on from what the store kept: what changed meanwhile is told at the next read.

        Where a source no longer tells of a service, its silence means nothing.
        """
        for one in planned:
            if one.work.source in self.topology.sources_of.get(one.service, ()):
                plans = self.known.setdefault(one.work.source, {})
                plans[_key(one.work), one.service] = one.work

    @property
    def planned(self) -> tuple[Planned, ...]:
        """All that is remembered."""
        return tuple(
            Planned(service, work)
            for plans in self.known.values()
            for (_, service), work in plans.items()
        )

    def announce(
        self,
        source: str,
        maintenances: Iterable[Incident],
        confirmed: Mapping[str, Confirmed],
        at: datetime,
    ) -> Iterator[Change]:
        """One change for each service of work that is new, changed, begun early, or called off."""
        found = tuple(maintenances)
        known = self.known.setdefault(source, {})
        for plan, work in self._news(source, known, found, at):
            known[plan] = work
            yield _change(ChangeKind.PLANNED, plan, work, confirmed, at)
        # A window that has begun stands for the next under its id only where no other does.
        listed = _listed(found, at) | _listed((one for one in found if is_to_come(one, at)), at)
        for plan, begun in tuple(self._gone(source, known, listed, at)):
            kind = ChangeKind.PLANNED if begun else ChangeKind.CALLED_OFF
            yield _change(kind, plan, begun or known[plan], confirmed, at)
            del known[plan]

    def _news(
        self, source: str, known: dict[WorkKey, Incident], found: tuple[Incident, ...], at: datetime
    ) -> Iterator[tuple[WorkKey, Incident]]:
        """What begins within seven days and is not known yet, and what is known otherwise."""
        baseline = source not in self.read
        self.read.add(source)
        for plan, work in _listed((one for one in found if is_to_come(one, at)), at).items():
            before = known.get(plan)
            if before is None and not is_ahead(work, at):
                continue
            if before is None and baseline and plan[1] not in self.kept:
                known[plan] = work
            elif before is None or _said(before) != _said(work):
                yield plan, work

    def _gone(
        self, source: str, known: dict[WorkKey, Incident], listed: Listed, at: datetime
    ) -> Iterator[tuple[WorkKey, Incident | None]]:
        """Plans that will not take place, and those that take place already, as they do.

        Those that have begun in their time are forgotten. A feed lets go of its older entries,
        also of work that is still to come.
        """
        complete = not self.topology.sources[source].is_feed
        for plan, work in tuple(known.items()):
            shown = listed.get(plan)
            begun = shown if _is_under_way(shown, at) else None
            missing = begun is not None or (shown is None and complete)
            self.missed[plan] = self.missed[plan] + 1 if missing else 0
            if work.starts_at is None or work.starts_at <= at:
                del known[plan], self.missed[plan]
            elif _is_over(shown) or self.missed[plan] >= READS_WITHOUT:
                yield plan, begun


def _is_over(shown: Incident | None) -> bool:
    """Cancelled or completed before it began, as the source says itself."""
    return shown is not None and shown.phase is Phase.COMPLETED


def _is_under_way(shown: Incident | None, at: datetime) -> bool:
    if shown is None or shown.starts_at is None:
        return False
    return shown.starts_at <= at and not _is_over(shown)


def _listed(maintenances: Iterable[Incident], at: datetime) -> dict[WorkKey, Incident]:
    """By plan; of several windows under one id, the next one."""
    latest_first = sorted(maintenances, key=lambda each: each.starts_at or at, reverse=True)
    return {(_key(each), service): each for each in latest_first for service in each.services}


def _key(work: Incident) -> str:
    return incident_key(work.source, work.id)


def _said(work: Incident) -> tuple[datetime | None, datetime | None, bool]:
    """From when, until when, and whether it is felt: another of these is news."""
    return work.starts_at, work.ends_at, work.impact is State.OPERATIONAL


def _change(
    kind: ChangeKind,
    plan: WorkKey,
    work: Incident,
    confirmed: Mapping[str, Confirmed],
    at: datetime,
) -> Change:
    key, service = plan
    now = confirmed.get(service)
    state = now.state if now else State.UNKNOWN
    return Change(
        kind=kind,
        service=service,
        previous=state,
        current=state,
        at=at,
        since=work.starts_at or at,
        source=work.source,
        key=key,
        incident=work,
    )
