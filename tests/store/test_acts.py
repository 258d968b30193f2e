"""What the team does by hand, kept with what it caused."""

from datetime import timedelta

from bot.alerts.ports import Hand
from bot.status.model import ChangeKind
from bot.store.lease import POLLER, Lease
from bot.store.outbox import SqlOutbox
from bot.store.tables import admin_acts, incidents
from tests.alerts.stage import Stage
from tests.alerts.world import NOON, change, onset, worsened
from tests.store.looking import kept

LATER = NOON + timedelta(minutes=10)


async def test_what_the_team_announced_stays_theirs(play: Stage) -> None:
    """Also where a source tells of it afterwards; and what a source told becomes theirs."""
    by = Hand(42, "announce", 1)
    await play.fanout.announce(onset("eid", NOON), NOON, by)
    await play.happens(worsened("eid", LATER))
    await play.happens(onset("vitalink", NOON))
    await play.happens(worsened("vitalink", NOON))
    assert await kept(play.database, incidents, "announced") == [True, False]
    await play.fanout.announce(worsened("vitalink", LATER), LATER, by)
    assert await kept(play.database, incidents, "announced") == [True, True]


async def test_who_of_the_team_did_it_is_kept(play: Stage) -> None:
    """With the code and how many it was to reach: none, where nothing was to be told."""
    await play.follow(1, "eid")
    by = Hand(42, "announce", 7)
    for made in (
        onset("eid", NOON),
        onset("eid", NOON),
        change(ChangeKind.STEADY, "vitalink", NOON),
    ):
        await play.fanout.announce(made, LATER, by)
    await play.happens(onset("vitalink", NOON))
    assert await kept(play.database, admin_acts) == [
        {"id": 1, "at": LATER, "admin_id": 42, "act": "announce", "code": "EID-0001-1", "told": 7},
        {"id": 2, "at": LATER, "admin_id": 42, "act": "announce", "code": "EID-0001-1", "told": 0},
        {"id": 3, "at": LATER, "admin_id": 42, "act": "announce", "code": "", "told": 0},
    ]


async def test_an_act_that_concerned_nothing_has_no_code(play: Stage) -> None:
    """It is kept all the same."""
    await play.outbox.record(lambda _: (), (), LATER, Hand(42, "announce", 7))
    assert await kept(play.database, admin_acts, "code", "told") == [(None, 0)]


async def test_the_team_acts_through_whichever_process_it_reaches(play: Stage) -> None:
    """Also through one that does not lead: what it saw of the sources counts not, a deed does."""
    led_by_another = Lease(play.database, POLLER, "past")
    outbox = SqlOutbox(play.database, leading=led_by_another)
    await outbox.record(lambda _: (), (), LATER, Hand(42, "announce", 7))
    assert await kept(play.database, admin_acts, "admin_id") == [42]
