"""`python -m tests.simulation --seeds 10000`: every seed in turn, on all processors."""

import argparse
import sys
import time

from tests.simulation.runner import play_many


def main() -> int:
    """Prints each seed that broke a rule; 1 if there was one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    began = time.monotonic()
    seeds = range(given.first, given.first + given.seeds)
    broken, totals = play_many(seeds)
    for seed, rules in broken.items():
        print(f"seed {seed}: {'; '.join(rules)}")  # noqa: T201 - what it is for
    print(f"{len(seeds)} seeds, {len(broken)} broken, {time.monotonic() - began:.0f} s; {totals}")  # noqa: T201 - what it is for
    return 1 if broken else 0


sys.exit(main())
