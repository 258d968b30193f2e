"""What the team has told by hand, laid over the board: /status and answers say what pings said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from bot.status.model import Board, Incident, ServiceStatus, SourceSays, State
from bot.status.resting import depend
from bot.status.topology import Topology

TEAM = "team"
"""Source of what the team tells by hand."""


@dataclass(frozen=True)
class Announced:
    """An outage that the team tells and has not closed. `at`: when it was told first."""

    service: str
    state: State
    since: datetime
    at: datetime
    words: Incident | None = None


def with_announced(board: Board, told: Sequence[Announced], topology: Topology) -> Board:
    """The team's word never makes a service look better than its sources do."""
    known = [one for one in told if one.service in board.services]
    if not known:
        return board
    statuses = dict(board.services)
    for one in known:
        statuses[one.service] = _told(statuses[one.service], one)
    depend(statuses, topology)
    words = tuple(one.words for one in known if one.words is not None)
    known_ids = {incident.id for incident in board.incidents}
    new = tuple(incident for incident in words if incident.id not in known_ids)
    return replace(board, services=MappingProxyType(statuses), incidents=new + board.incidents)


def _told(status: ServiceStatus, one: Announced) -> ServiceStatus:
    """The worse of the two counts; who says what stays to be seen."""
    says = (*_own(status), SourceSays(TEAM, one.state, one.at))
    if status.state is not State.UNKNOWN and status.state.severity >= one.state.severity:
        return replace(status, says=says)
    return replace(
        status,
        state=one.state,
        since=one.since,
        since_at_least=False,
        source=TEAM,
        checked_at=one.at,
        stale=False,
        reason=None,
        says=says,
    )


def _own(status: ServiceStatus) -> tuple[SourceSays, ...]:
    """What its sources say; of a service made of parts, what these come to."""
    if status.says or status.source is None or status.state is State.UNKNOWN:
        return status.says
    return (SourceSays(status.source, status.state, status.checked_at, status.stale),)
