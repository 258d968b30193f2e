"""Announced work: told once when it is published, once more when its window moves. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.status.events import is_ahead
from bot.status.model import Change, ChangeKind, Confirmed, Incident, State
from bot.status.narration import incident_key

Window = tuple[datetime | None, datetime | None]
"""From when, until when."""


@dataclass
class Announcer:
    """Remembers the windows that each source has announced.

    What stood there at the first read of a source is the baseline: it is shown, not told. It is
    for `kept` services, which the store knows: it may have been published while nobody looked,
    and policy knows what was told already.
    """

    kept: frozenset[str] = frozenset()
    known: dict[str, dict[str, Window]] = field(default_factory=dict)

    def announce(
        self,
        source: str,
        maintenances: Iterable[Incident],
        confirmed: Mapping[str, Confirmed],
        at: datetime,
    ) -> Iterator[Change]:
        """One change for each service of each new window within the next seven days.

        Work that the source calls without effect is not told.
        """
        known = self.known.get(source)
        before = known or {}
        ahead = _ahead(maintenances, at)
        self.known[source] = before | {key: _window(each) for key, each in ahead.items()}
        for key, each in ahead.items():
            if before.get(key) == _window(each) or each.impact is State.OPERATIONAL:
                continue
            for service in each.services:
                if known is not None or service in self.kept:
                    yield _planned(service, key, each, confirmed.get(service), at)


def _ahead(maintenances: Iterable[Incident], at: datetime) -> dict[str, Incident]:
    """By key, those that are to come; of several windows under one id, the next one."""
    ahead = [each for each in maintenances if is_ahead(each, at)]
    latest_first = sorted(ahead, key=lambda each: each.starts_at or at, reverse=True)
    return {incident_key(each.source, each.id): each for each in latest_first}


def _window(maintenance: Incident) -> Window:
    return maintenance.starts_at, maintenance.ends_at


def _planned(
    service: str, key: str, maintenance: Incident, now: Confirmed | None, at: datetime
) -> Change:
    state = now.state if now else State.UNKNOWN
    return Change(
        kind=ChangeKind.PLANNED,
        service=service,
        previous=state,
        current=state,
        at=at,
        since=maintenance.starts_at or at,
        source=maintenance.source,
        key=key,
        incident=maintenance,
    )
