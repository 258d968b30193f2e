"""What is kept of the past: counts of a day, and announced work until it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store.tables import incidents, tallies
from tests.alerts.stage import Stage
from tests.alerts.world import NOON, onset, resolved, window
from tests.store.looking import kept, rows

HOUR, MONTH = timedelta(hours=1), timedelta(days=30)


async def test_what_is_deleted_of_one_day_adds_up(play: Stage) -> None:
    """However often that day is cleared; by kind, and by how it ended."""
    for name in ("eid", "vitalink"):
        await play.follow(1, name)
        await play.happens(onset(name, play.now))
        await play.settle()
        await play.happens(resolved(name, play.now))
        await play.settle()
        play.now += 2 * HOUR
    left = []
    for hours in (1, 3):
        await play.outbox.purge(NOON + MONTH + hours * HOUR)
        left.append(len(await rows(play.database)))
    assert left == [2, 0]
    day = NOON.date()
    assert sorted(await kept(play.database, tallies, "day", "kind", "state", "count")) == [
        (day, "onset", "sent", 2),
        (day, "resolved", "sent", 2),
    ]


SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("lasts", "after", "ended"),
    [
        (2 * HOUR, 2 * HOUR, None),
        (2 * HOUR, 2 * HOUR + SECOND, 2 * HOUR),
        (None, DAY, None),
        (None, DAY + SECOND, timedelta(0)),
    ],
    ids=["at its end", "after it", "a day without an end", "after that day"],
)
async def test_announced_work_is_closed_when_it_is_over(
    play: Stage, lasts: timedelta | None, after: timedelta, ended: timedelta | None
) -> None:
    """As from its end, or as from its beginning where nobody knows the end."""
    starts = NOON + HOUR
    made = window(NOON, starts)
    if made.incident is not None:
        words = replace(made.incident, ends_at=starts + lasts if lasts else None)
        made = replace(made, incident=words)
    await play.happens(made)
    await play.outbox.purge(starts + after)
    (kept_end,) = await kept(play.database, incidents, "ended_at")
    assert kept_end == (None if ended is None else starts + ended)
