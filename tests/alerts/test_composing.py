"""A message of several incidents: each is told as it is now, with what is its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.composing import compose
from bot.alerts.model import Affected, Ping
from bot.alerts.parcels import Item, Parcel, Recipient, Told
from bot.status.model import ChangeKind, Emergency, Incident, State
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


def test_all_that_a_view_needs_is_in_it() -> None:
    """Whose chat it is, what is or was affected and since when, and the words of the first."""
    later, earlier = NOON + timedelta(hours=1), NOON - timedelta(hours=1)
    route = Emergency(NOON, "detour.example")
    first = replace(ONE, service="sts", ended_at=NOON, words=WORK, emergency=route)
    second = replace(OTHER, service="eid", since=earlier, ended_at=later)
    chat = Recipient(4, None, "nurse", frozenset({"mycarenet"}))
    told = replace(parcel(first, second), recipient=chat, kind=ChangeKind.RESOLVED)
    assert compose(told, GRAPH) == Ping(
        kind=ChangeKind.RESOLVED,
        code="VIT-0001-1",
        chat_id=4,
        language="fr",
        profession="nurse",
        affected=(
            Affected(
                "eid",
                State.MAJOR_OUTAGE,
                earlier,
                "team",
                code="VIT-0001-1",
                ended_at=later,
                words=WORK,
            ),
            Affected(
                "sts",
                State.DEGRADED,
                NOON,
                "ehealth",
                ("mycarenet",),
                code="EID-0001-2",
                ended_at=NOON,
                words=WORK,
            ),
        ),
        incident=WORK,
        started_at=earlier,
        ended_at=later,
        emergency=None,
    )
    begun = compose(replace(told, items=told.items[:1], kind=ChangeKind.EMERGENCY_ON), GRAPH)
    assert (begun.emergency, begun.ended_at) == (route, None)


def test_of_what_is_as_bad_the_older_incident_stands_first() -> None:
    """However its rows come, so that a message that is edited keeps its order."""
    same = replace(OTHER, state=ONE.state)
    made = compose(parcel(same, ONE), GRAPH)
    assert [one.service for one in made.affected] == ["eid", "vitalink"]


@pytest.mark.parametrize(
    ("services", "profession", "children"),
    [
        ({"recip-e"}, None, ("recip-e",)),
        ({"sts", "recip-e", "mycarenet"}, None, ("recip-e", "mycarenet")),
        ({"*"}, "nurse", ("mycarenet",)),
        ({"sts"}, None, ("recip-e", "mycarenet")),
    ],
    ids=["one", "both", "those of the profession", "none"],
)
def test_of_what_rests_on_it_a_chat_reads_what_it_follows(
    services: set[str], profession: str | None, children: tuple[str, ...]
) -> None:
    """All of it where it follows none."""
    chat = Recipient(1, "fr", profession, frozenset(services))
    told = replace(parcel(replace(ONE, service="sts")), recipient=chat)
    assert compose(told, GRAPH).affected[0].children == children


def test_a_chat_is_told_in_its_language() -> None:
    """Only who chose none, in French."""
    told = replace(parcel(ONE), recipient=replace(CHAT, language="nl"))
    assert compose(told, GRAPH).language == "nl"
