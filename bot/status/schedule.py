"""When a source is read next. Pure: chance is handed in as a number from 0 to 1."""

LONGEST = 900.0
"""Seconds: however often a source failed, it is tried again within fifteen minutes."""
JITTER = 0.1


def after_success(every: float, chance: float) -> float:
    """Seconds to the next read: the interval, give or take a tenth."""
    return every * (1 - JITTER + 2 * JITTER * chance)


def back_off(failures: int, every: float, chance: float) -> float:
    """Seconds to the next try after so many failures in a row (1 and more).

    The interval, doubled with each failure up to fifteen minutes, of which the second half is
    left to chance so that many bots do not come back at once.
    """
    longest = min(LONGEST, every * 2.0 ** min(failures - 1, 16))
    return longest * (0.5 + 0.5 * chance)


def after_busy(asked: float, every: float, chance: float) -> float:
    """Seconds to the next try where the source said when: not before, and not all at once."""
    return max(asked, every) * (1 + JITTER * chance)
