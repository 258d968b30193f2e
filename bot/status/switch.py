"""The switch by which eHealth orders software to change route."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EmergencySwitch:
    """Whether eHealth has ordered software to leave the normal route of one listed service.

    `route`: host of the active emergency endpoint; None on the normal route.
    """

    name: str
    key: str
    active: bool
    route: str | None = None
