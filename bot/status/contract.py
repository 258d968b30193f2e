"""Whether a reading may be trusted: each id once, no date to come. Pure.

What breaks the contract makes the source unreadable. Whether it shows about as many components as
before is asked by `bot.status.counting`.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.status.model import Component, Incident, Reading
from bot.status.unreadable import UnreadableError, UnreadableReason

CLOCKS = timedelta(hours=26)
"""Clocks and time zones may differ by so much; beyond it a date lies in the future."""
SAVED = timedelta(days=366)
"""The same for a saved body: the clock of the machine that saved it may have been another's."""


def check(reading: Reading, ahead: timedelta = CLOCKS) -> None:
    """Raises UnreadableError CONTRACT with the place. `ahead`: from when on a date is to come."""
    _check_components(reading.components)
    for kind, incidents in (
        ("incident", reading.incidents),
        ("maintenance", reading.maintenances),
    ):
        _check_ids(kind, incidents)
    _check_dates(reading, reading.read_at + ahead)


def size(reading: Reading) -> int:
    """What is counted: the components, or for a list of routes the services of it."""
    return len(reading.components) or len(reading.emergency)


def _broken(detail: str) -> UnreadableError:
    return UnreadableError(UnreadableReason.CONTRACT, detail)


def _check_components(components: Iterable[Component]) -> None:
    """An id stands for one component; the same one twice, with the same state, does no harm."""
    states: dict[str, Component] = {}
    for component in components:
        known = states.setdefault(component.id, component)
        if known.state is not component.state:
            raise _broken(f"two states for the component id {component.id!r}")


def _check_ids(kind: str, incidents: Iterable[Incident]) -> None:
    twice = [key for key, times in Counter(each.id for each in incidents).items() if times > 1]
    if twice:
        raise _broken(f"two entries with the {kind} id {twice[0]!r}")


def _check_dates(reading: Reading, latest: datetime) -> None:
    """What has happened lies in the past; only announced windows may lie ahead."""
    dated: list[tuple[str, datetime | None]] = [("the list", reading.issued_at)]
    dated += [(f"component {c.names[0]!r}", c.updated_at) for c in reading.components]
    dated += [(f"incident {i.id!r}", i.started_at) for i in reading.incidents]
    for place, moment in dated:
        if moment is not None and moment > latest:
            raise _broken(f"{place} bears a date in the future")
