"""Announced work: told once when it is published, once more when its window changes. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.status.events import is_ahead
from bot.status.model import Change, ChangeKind, Confirmed, Incident, State


@dataclass
class Announcer:
    """Remembers the windows that each source has announced.

    What stood there at the first read of all is the baseline: it is shown, not told. After a
    restart (`restarted`) it is told: it may be new, and the outbox tells no window twice.
    """

    restarted: bool = False
    known: dict[str, set[str]] = field(default_factory=dict)

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
        ahead = {_key(each): each for each in maintenances if is_ahead(each, at)}
        known = self.known.get(source)
        self.known[source] = (known or set()) | ahead.keys()
        if known is None and not self.restarted:
            return
        for key in sorted(ahead.keys() - (known or set())):
            if ahead[key].impact is not State.OPERATIONAL:
                for service in ahead[key].services:
                    yield _planned(service, key, ahead[key], confirmed.get(service), at)


def _key(maintenance: Incident) -> str:
    window = f"{maintenance.starts_at:%Y-%m-%dT%H:%MZ}" if maintenance.starts_at else ""
    return f"{maintenance.source}:{maintenance.id}@{window}"


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
