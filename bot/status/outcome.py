"""What one read led to: plain values between the tracker and the watcher."""

from dataclasses import dataclass

from bot.status.model import Change, Confirmed


@dataclass(frozen=True)
class Outcome:
    """What one read of one source led to.

    `confirmed`: states that are new, also where nothing is told. `confirm`: whether the source is
    to be read again soon, because something published awaits its confirming read.
    """

    changes: tuple[Change, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()
    confirm: bool = False
