"""A few real kills of each kind; `python -m tests.crash` does them by the hundred."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.crash.harms import stop_database
from tests.crash.ledger import Ledger, Result
from tests.crash.trial import Plan, on_postgres, on_sqlite, replicated
from tests.crash.whole import note
from tests.telegram_server import Content, Message, Person

KILLS = 20
STOPS = 4
REPLICAS = 3


async def test_killed_on_sqlite(tmp_path: Path) -> None:
    """Each kill copies what was in flight at most."""
    result = await on_sqlite(Plan(KILLS), tmp_path)
    result.check()


@pytest.mark.postgres
async def test_killed_on_postgres(tmp_path: Path) -> None:
    """The same, where a killed process leaves a lease behind."""
    result = await on_postgres(Plan(KILLS), tmp_path)
    result.check()


@pytest.mark.postgres
async def test_the_database_stops_at_once(tmp_path: Path) -> None:
    """PostgreSQL falls in the middle of pings; workers live through it, or die with it."""
    result = await on_postgres(Plan(STOPS, stop_database), tmp_path)
    result.check()


@pytest.mark.postgres
async def test_three_share_the_work(tmp_path: Path) -> None:
    """One is killed, one stands still for two leases: the others take over; one leads a term."""
    result = await on_postgres(replicated(2, REPLICAS), tmp_path)
    result.check()
    assert result.doubly_led == 0


def test_a_copy_is_owed_to_who_sent_it_before() -> None:
    """And each message that comes again is one; other texts and other chats are none."""
    ledger = Ledger()
    for chat, text, life in ((1, "onset|A-1", 1), (2, "onset|A-1", 1), (1, "onset|A-1", 2)):
        ledger.note(chat, text, life)
    ledger.note(1, "onset|A-1", 3)
    ledger.note(1, "resolved|A-2", 3)
    assert (ledger.distinct, ledger.copies) == (3, 2)
    assert ledger.copies_of_lives() == {1: 1, 2: 1}
    assert ledger.unsorted() == 0


def test_a_beginning_that_is_repeated_once_it_is_over_is_no_end() -> None:
    """It is silent as an end is, and a copy that is owed to who sent it first."""
    ledger, bot = Ledger(), Person(1, is_bot=True)
    sent = Message(500, 1, bot, 0.0, Content("Incident REC-0001-1"), caller="5")
    again = replace(sent, message_id=2, silent=True, caller="7")
    for message in (sent, again, replace(again, message_id=3, reply_to=2, caller="8")):
        note(ledger, message)
    assert (ledger.distinct, ledger.copies_of_lives()) == (2, {5: 1})


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({}, True),
        ({"lost": 1}, False),
        ({"unsorted": 1}, False),
        ({"most_in_flight": 9}, False),
        ({"copies": 17}, False),
        ({"worst": 9}, False),
        ({"worst": 9, "deadly": False}, True),
    ],
)
def test_what_a_trial_may_find(more: dict[str, Any], holds: bool) -> None:
    """A process that ends by its harm copies what it had in flight, and no other's."""
    full = Result(
        harms=2, due=60, lost=0, copies=16, worst=8, unsorted=0, most_in_flight=8, deadly=True
    )
    assert replace(full, **more).holds is holds


def test_an_end_before_its_beginning_is_seen() -> None:
    """Whatever comes later."""
    ledger = Ledger()
    ledger.note(1, "resolved|A-2", 1)
    ledger.note(1, "onset|A-1", 1)
    assert ledger.unsorted() == 1
