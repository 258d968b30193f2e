"""`python -m tests.simulation --seeds 10000`: every seed in turn, on all processors."""

import argparse
import math
import sys
import time

from tests.simulation.runner import play_many


def main() -> int:
    """Prints each seed that broke a rule; 1 if there was one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=math.inf)
    given = parser.parse_args()
    began = time.monotonic()
    played = play_many(range(given.first, given.first + given.seeds), given.seconds)
    for seed, rules in played.broken.items():
        print(f"seed {seed}: {'; '.join(rules)}")  # noqa: T201 - what it is for
    for what, times in sorted(played.totals.items()):
        print(f"{times:8} {what}")  # noqa: T201 - what it is for
    took = time.monotonic() - began
    print(f"{played.seeds} seeds, {len(played.broken)} broken, {took:.0f} s")  # noqa: T201 - what it is for
    return 1 if played.broken else 0


sys.exit(main())
