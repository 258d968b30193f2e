"""What rests on what, on the board: services made of parts, and services above what is down."""

from collections.abc import Iterable
from dataclasses import replace

from bot.status.model import ServiceStatus, State
from bot.status.narration import derived_state
from bot.status.topology import Topology
from bot.status.unreadable import UnreadableReason


def derive(statuses: dict[str, ServiceStatus], topology: Topology) -> None:
    """Services made of parts that no source tells of: their state is that of the parts."""
    for service, entry in topology.services.items():
        if not entry.derived_from or statuses[service].state is not State.UNKNOWN:
            continue
        unknown = ServiceStatus("", State.UNKNOWN)
        parts = [statuses.get(part, unknown) for part in entry.derived_from]
        state = derived_state(tuple(part.state for part in parts))
        lead = max(parts, key=lambda part: (part.state is not State.UNKNOWN, part.state.severity))
        statuses[service] = replace(
            statuses[service],
            state=state,
            since=lead.since if state.is_outage else None,
            since_at_least=lead.since_at_least and state.is_outage,
            source=lead.source,
            checked_at=min((p.checked_at for p in parts if p.checked_at), default=None),
            stale=any(part.stale for part in parts),
            reason=_first_reason(parts) if state is State.UNKNOWN else None,
        )


def _first_reason(parts: Iterable[ServiceStatus]) -> UnreadableReason:
    reasons = (part.reason for part in parts if part.reason)
    return next(reasons, UnreadableReason.NO_MACHINE_SOURCE)


def depend(statuses: dict[str, ServiceStatus], topology: Topology) -> None:
    """Says which services below are down; the state stays what the service's own source says."""
    down = {service for service, status in statuses.items() if status.state.is_down}
    if not down:
        return
    for service, status in statuses.items():
        affected = tuple(parent for parent in topology.parents[service] if parent in down)
        if affected:
            statuses[service] = replace(status, affected_by=affected)
    _except_insurers(statuses, topology, down)


def _except_insurers(
    statuses: dict[str, ServiceStatus], topology: Topology, down: set[str]
) -> None:
    """A service that works, but not for an insurer that rests on it."""
    cut_off = [s for name, s in topology.services.items() if name in down and s.insurer]
    for service in dict.fromkeys(parent for insurer in cut_off for parent in insurer.depends_on):
        status = statuses.get(service)
        if status is not None and status.state is State.OPERATIONAL:
            named = tuple(insurer.id for insurer in cut_off if service in insurer.depends_on)
            statuses[service] = replace(status, not_for=named)
