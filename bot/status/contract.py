"""Whether a reading may be trusted, beside the last good ones of its source. Pure.

What breaks the contract makes the source unreadable: a page that was rebuilt is never taken for
one that is fine.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

from bot.status.model import Component, Incident, Reading
from bot.status.unreadable import UnreadableError, UnreadableReason

KEPT = 20
"""How many good reads are remembered."""
SHARE = 0.3
_CLOCKS = timedelta(hours=26)
"""Clocks and time zones may differ by so much; beyond it a date lies in the future."""


def check(reading: Reading, counts: Sequence[int]) -> None:
    """`counts`: number of components (or routes) of the last good reads, at most twenty.

    Raises UnreadableError CONTRACT with the place.
    """
    _check_count(size(reading), counts)
    _check_components(reading.components)
    for kind, incidents in (
        ("incident", reading.incidents),
        ("maintenance", reading.maintenances),
    ):
        _check_ids(kind, incidents)
    _check_dates(reading)


def size(reading: Reading) -> int:
    """What is counted: the components, or for a list of routes the services of it."""
    return len(reading.components) or len(reading.emergency)


def _broken(detail: str) -> UnreadableError:
    return UnreadableError(UnreadableReason.CONTRACT, detail)


def _check_count(found: int, counts: Sequence[int]) -> None:
    """Within 30 % of the median, or one more or less: a short list may gain or lose one."""
    if not counts:
        return
    usual = median(counts)
    if abs(found - usual) > max(1, SHARE * usual):
        raise _broken(f"{found} components where {usual:g} are usual")


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


def _check_dates(reading: Reading) -> None:
    """What has happened lies in the past; only announced windows may lie ahead."""
    latest = reading.read_at + _CLOCKS
    dated: list[tuple[str, datetime | None]] = [("the list", reading.issued_at)]
    dated += [(f"component {c.names[0]!r}", c.updated_at) for c in reading.components]
    dated += [(f"incident {i.id!r}", i.started_at) for i in reading.incidents]
    for place, moment in dated:
        if moment is not None and moment > latest:
            raise _broken(f"{place} bears a date in the future")
