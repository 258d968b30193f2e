"""How long a picture of /status SERVICE takes: python -m tests.benchmarks.status_picture."""

import itertools
import statistics
import sys
import time
from datetime import UTC, datetime

from bot.chat.past import Hour, Week, worst_by_hour
from bot.chat.picture import picture
from bot.chat.sheet import Sheet
from bot.chat.views.week import sheet
from bot.chat.voice import Voice
from bot.knowledge import LANGUAGES
from bot.loading import load_base, load_settings
from bot.status.model import State
from bot.words import Words

ROUNDS = 5


def main() -> None:
    """Prints the median and the longest of pictures that no cache knows, and of a cached one."""
    knowledge = load_base(load_settings())
    services = [one.id for one in knowledge.services_of(None)][:ROUNDS]
    now = datetime.now(UTC)
    states = itertools.cycle(State)
    hours = tuple(Hour(hour.start, next(states)) for hour in worst_by_hour(State.UNKNOWN, (), now))
    sheets = [
        sheet(Voice(Words(), language, knowledge, now), Week(one, hours, 1.0, 1.0, 0))
        for one in services
        for language in LANGUAGES
    ]
    fresh = [_milliseconds(one) for one in sheets]
    cached = [_milliseconds(one) for one in sheets]
    sys.stdout.write(
        f"{len(fresh)} pictures: median {statistics.median(fresh):.0f} ms, "
        f"longest {max(fresh):.0f} ms, cached {statistics.median(cached):.3f} ms\n"
    )


def _milliseconds(one: Sheet) -> float:
    began = time.perf_counter()
    picture(one)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
