"""Prints what the costliest bodies take: `python -m tests.benchmarks.hostile_bodies`.

Goal: none over a second. That the work is bounded is a test; seconds are printed, not asserted.
"""

import contextlib
import sys
import time

from bot.status.unreadable import UnreadableError
from tests.status.good_bodies import GOOD
from tests.status.test_hostile_bodies import (
    FULL,
    JSON_FORMATS,
    LARGE,
    SLOW_TO_READ,
    full_bodies,
    read,
)


def seconds(form: str, *bodies: bytes) -> float:
    """CPU time of the fastest of three readings."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        with contextlib.suppress(UnreadableError):
            read(form, *bodies)
        taken.append(time.process_time() - begun)
    return min(taken)


def main() -> None:
    """One line per body."""
    largest = ((form, (LARGE,) * len(GOOD[form])) for form in JSON_FORMATS)
    full = ((form, tuple(full_bodies(form))) for form in FULL)
    slow = ((form, (body,)) for form, body in SLOW_TO_READ)
    for form, bodies in [*largest, *full, *slow]:
        size = sum(map(len, bodies)) / 1024
        sys.stdout.write(f"{form:12} {size:6.0f} KB  {seconds(form, *bodies):.2f} s\n")


if __name__ == "__main__":
    main()
