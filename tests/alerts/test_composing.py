"""A message of several incidents: each is told as it is now, with what is its own."""

from dataclasses import replace
from datetime import timedelta

from bot.alerts.composing import compose
from bot.alerts.parcels import Item, Parcel, Recipient, Told
from bot.status.model import ChangeKind, Incident, State
from tests.alerts.world import GRAPH, NOON

ONE = Told(1, "eid", "EID-0001-2", State.DEGRADED, "ehealth", NOON)
WORK = Incident("m1", "ehealth", "work", None, ("vitalink",))
OTHER = Told(2, "vitalink", "VIT-0001-1", State.MAJOR_OUTAGE, "team", NOON, words=WORK)
CHAT = Recipient(1, "fr", None, frozenset({"*"}))


def parcel(*items: Told, also: tuple[Told, ...] = ()) -> Parcel:
    """A change of `items`, told in a message that tells of `also` too."""
    until = NOON + timedelta(hours=2)
    rows = tuple(
        Item(one.id, 1, ChangeKind.UPDATE, one, edits=True, expires_at=until) for one in items
    )
    return Parcel(CHAT, ChangeKind.UPDATE, rows, edit=7, also=also)


def test_of_several_the_worst_stands_first_and_what_is_over_last() -> None:
    """Whatever the order in which they began; the message bears the code of the first."""
    over = replace(OTHER, ended_at=NOON)
    for also, order in ((OTHER, ["vitalink", "eid"]), (over, ["eid", "vitalink"])):
        made = compose(parcel(ONE, also=(also,)), GRAPH)
        assert [one.service for one in made.affected] == order
        assert made.code == made.affected[0].code


def test_each_keeps_what_is_its_own() -> None:
    """Its words, who vouches for it, and whether it is what changed."""
    announced = replace(OTHER, announced=True)
    vitalink, eid = compose(parcel(ONE, also=(announced,)), GRAPH).affected
    assert (vitalink.words, vitalink.announced, vitalink.news) == (WORK, True, False)
    assert (eid.words, eid.announced, eid.news) == (None, False, True)


def test_what_changed_is_told_as_it_is_now() -> None:
    """The message that is edited knew it under an earlier code."""
    earlier = replace(ONE, code="EID-0001-1", state=State.MAJOR_OUTAGE)
    made = compose(parcel(ONE, also=(earlier,)), GRAPH)
    assert [(one.code, one.state) for one in made.affected] == [("EID-0001-2", State.DEGRADED)]
