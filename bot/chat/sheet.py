"""What stands on the picture of a week, and how each state looks: known without Pillow."""

from dataclasses import dataclass
from datetime import date

from bot.chat.past import Hour
from bot.clock import BRUSSELS
from bot.status.model import State

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """`height`: part of the row that the bar takes. `gap`: of its stripes; 0: filled."""

    colour: Colour
    height: float
    gap: int = 0
    hatched: bool = False


LOOKS = {
    State.OPERATIONAL: Look((0, 158, 115), 0.25),
    State.MAINTENANCE: Look((86, 180, 233), 0.45, gap=4),
    State.DEGRADED: Look((240, 228, 66), 0.6),
    State.PARTIAL_OUTAGE: Look((230, 159, 0), 0.8, gap=2),
    State.MAJOR_OUTAGE: Look((213, 94, 0), 1.0),
    State.UNKNOWN: Look((150, 162, 174), 1.0, hatched=True),
}


@dataclass(frozen=True)
class Sheet:
    """All that is drawn. Equal sheets are one picture, so that a sheet is its own cache key.

    `days`: what each row is called; `legend`: each state with its words.
    """

    title: str
    subtitle: str
    hours: tuple[Hour, ...]
    days: tuple[tuple[date, str], ...]
    legend: tuple[tuple[State, str], ...]


def days_of(hours: tuple[Hour, ...]) -> tuple[date, ...]:
    """The Belgian days that the hours lie in, oldest first."""
    return tuple(dict.fromkeys(hour.start.astimezone(BRUSSELS).date() for hour in hours))
