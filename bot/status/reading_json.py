"""A reading as the plain JSON of `python -m bot read`, and the reading of saved bodies."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.clock import Clock, iso, system_clock
from bot.knowledge.model import Source
from bot.status import contract
from bot.status.model import Component, Incident, Reading, State
from bot.status.readers.decoding import MAX_BYTES
from bot.status.readers.formats import READERS
from bot.status.readers.words import worse
from bot.status.switch import EmergencySwitch
from bot.status.unreadable import UnreadableError, UnreadableReason


def read_files(
    format_name: str,
    paths: Sequence[Path],
    source: Source | None = None,
    clock: Clock = system_clock,
) -> Reading:
    """What a reader makes of saved bodies. `source` is needed for `html`: it has the selectors.

    The contract holds here too, but for the usual number of components: one body has no past.
    Raises KeyError for a format that there is not, OSError for a file that cannot be opened, and
    UnreadableError for a body that cannot be trusted.
    """
    reader = READERS[format_name]
    bodies = tuple(_body(path) for path in paths)
    reading = reader(bodies, (None,) * len(bodies), source, clock())
    contract.check(reading, contract.SAVED)
    return reading


def _body(path: Path) -> bytes:
    with path.open("rb") as file:
        body = file.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise UnreadableError(UnreadableReason.TOO_LARGE, f"over {MAX_BYTES} bytes")
    return body


def as_json(reading: Reading) -> dict[str, Any]:
    """Components by name, incidents and maintenances.

    A component with names in two languages stands under both; of two with one name, the worse.

    `emergency` stands only where the source tells of emergency routes.
    """
    names = {component.id: component.names[0] for component in reading.components}
    found: dict[str, Any] = {
        "components": {name: state.value for name, state in _states(reading.components).items()},
        "incidents": [_incident(incident, names) for incident in reading.incidents],
        "maintenances": [
            {
                **_incident(incident, names),
                "starts_at": iso(incident.starts_at),
                "ends_at": iso(incident.ends_at),
            }
            for incident in reading.maintenances
        ],
    }
    if reading.emergency:
        found["emergency"] = _emergency(reading.emergency)
    return found


def _states(components: Iterable[Component]) -> dict[str, State]:
    states: dict[str, State] = {}
    for component in components:
        for name in component.names:
            known = states.get(name)
            states[name] = component.state if known is None else worse(known, component.state)
    return states


def _emergency(switches: Iterable[EmergencySwitch]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for switch in switches:
        if switch.active or switch.name not in found:
            found[switch.name] = {"active": switch.active, "route": switch.route}
    return found


def _incident(incident: Incident, names: Mapping[str, str]) -> dict[str, Any]:
    """`names`: those of the components by their ids, which some sources give in their place."""
    return {
        "id": incident.id,
        "title": incident.title,
        "phase": incident.phase.value if incident.phase else None,
        "started_at": iso(incident.started_at),
        "resolved_at": iso(incident.resolved_at),
        "components": list(dict.fromkeys(names.get(one, one) for one in incident.services)),
    }
