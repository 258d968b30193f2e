"""What a restart goes on from: the part of the store that the watcher has to know."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.status.model import Confirmed, Incident


@dataclass(frozen=True)
class Planned:
    """Work that was announced for a service, as it was announced last."""

    service: str
    work: Incident


@dataclass(frozen=True)
class Kept:
    """Each service's last confirmed state, and the announced work that is not over."""

    confirmed: tuple[Confirmed, ...] = ()
    planned: tuple[Planned, ...] = ()


AskKept = Callable[[], Awaitable[Kept]]


async def nothing_kept() -> Kept:
    """For a watcher that tells nobody."""
    return Kept()
