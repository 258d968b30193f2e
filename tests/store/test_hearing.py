"""The history says unknown for as long as nobody could know, and never a green that nobody saw."""

from datetime import datetime, timedelta

from bot.alerts.rulings import Ruling
from bot.status.model import Board, Confirmed, ServiceStatus, State
from bot.store.database import Database
from bot.store.hearing import SqlHearing
from bot.store.history import SqlHistory
from bot.store.outbox import SqlOutbox
from tests.alerts.world import NOON

UP, DOWN, UNKNOWN = State.OPERATIONAL, State.MAJOR_OUTAGE, State.UNKNOWN


class Keeping:
    """A store over which a bot notes each minute what it knows of STS."""

    def __init__(self, database: Database) -> None:
        self.outbox, self.history = SqlOutbox(database), SqlHistory(database)
        self.hearing = SqlHearing(database)

    async def confirm(self, state: State, at: datetime) -> None:
        """The watcher confirms a change."""
        await self.outbox.record(nothing_told, (Confirmed("sts", state, at, "ehealth"),), at)

    async def note(self, state: State, minutes: int) -> None:
        """The board says this, so many minutes past noon."""
        at = NOON + timedelta(minutes=minutes)
        source = None if state is UNKNOWN else "ehealth"
        status = ServiceStatus("sts", state, source=source, checked_at=at)
        await self.hearing.note(Board(at, {"sts": status}))

    async def story(self) -> list[tuple[State, int]]:
        """Each state with its beginning in minutes past noon."""
        rows = await self.history.transitions(NOON, NOON + timedelta(days=1), "sts")
        return [(row.current, (row.at - NOON) // timedelta(minutes=1)) for row in rows]


def nothing_told(_: object) -> tuple[Ruling, ...]:
    return ()


async def test_a_bot_that_did_not_run_leaves_a_gap(database: Database) -> None:
    """From when it last knew, to when it knows again; a short restart leaves none."""
    keeping = Keeping(database)
    await keeping.confirm(UP, NOON)
    await keeping.note(UP, 1)
    await keeping.note(UP, 15)
    assert await keeping.story() == [(UP, 0)]
    await keeping.note(UP, 300)
    await keeping.note(UP, 301)
    assert await keeping.story() == [(UP, 0), (UNKNOWN, 15), (UP, 300)]
    end = NOON + timedelta(minutes=300)
    measured = await keeping.history.availability("sts", NOON, end)
    assert (measured.share, measured.known) == (1.0, 15 / 300)


async def test_a_source_that_fell_silent_leaves_a_gap(database: Database) -> None:
    """It begins when the state was last known, is written once, and ends with what is believed."""
    keeping = Keeping(database)
    await keeping.confirm(UP, NOON)
    await keeping.note(UP, 5)
    for minutes in (6, 19, 21, 22, 40):
        await keeping.note(UNKNOWN, minutes)
    assert await keeping.story() == [(UP, 0), (UNKNOWN, 5)]
    await keeping.note(UP, 60)
    assert await keeping.story() == [(UP, 0), (UNKNOWN, 5), (UP, 60)]


async def test_a_change_after_the_silence_stands_as_it_was_confirmed(database: Database) -> None:
    """The gap ends with the new state; the old one is not told in between."""
    keeping = Keeping(database)
    await keeping.confirm(UP, NOON)
    for minutes in (5, 21):
        await keeping.note(UP if minutes == 5 else UNKNOWN, minutes)
    await keeping.confirm(DOWN, NOON + timedelta(minutes=30))
    await keeping.note(DOWN, 31)
    assert await keeping.story() == [(UP, 0), (UNKNOWN, 5), (DOWN, 30)]


async def test_a_silence_does_not_end_in_what_nobody_reads(database: Database) -> None:
    """Fine before, down when it is heard again: not fine in between, though still believed so."""
    keeping = Keeping(database)
    await keeping.confirm(UP, NOON)
    await keeping.note(UP, 5)
    await keeping.note(DOWN, 90)
    assert await keeping.story() == [(UP, 0), (UNKNOWN, 5)]
    await keeping.confirm(DOWN, NOON + timedelta(minutes=92))
    await keeping.note(DOWN, 93)
    assert await keeping.story() == [(UP, 0), (UNKNOWN, 5), (DOWN, 92)]


async def test_what_was_never_known_is_not_written(database: Database) -> None:
    """A service without a history gets none by being looked at."""
    keeping = Keeping(database)
    await keeping.note(UNKNOWN, 1)
    await keeping.note(UP, 2)
    assert await keeping.story() == []
