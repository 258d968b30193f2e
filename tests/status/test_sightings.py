"""What a reading says of each of our services: shown, lost, told by incidents, on a detour."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.knowledge.model import Source
from bot.status.model import Component, Incident, Phase, Reading, State
from bot.status.sightings import Sighting, Sightings, sight
from bot.status.switch import EmergencySwitch
from bot.status.topology import Topology
from tests.status.samples import NOON, after, knowledge, reading, service, source

UP, DOWN, DARK = State.OPERATIONAL, State.MAJOR_OUTAGE, State.UNKNOWN
THREE = {"sts": "sts", "recip-e": "recip-e", "eid": "eid"}
PAGES = source(services=THREE)
OPEN = Incident("i", "pages", "Down", Phase.INVESTIGATING, ("sts",), DOWN)
WORK = replace(OPEN, id="w", phase=Phase.SCHEDULED, starts_at=after(hours=1))


def sighted(read: Reading, one: Source = PAGES, before: frozenset[str] = frozenset()) -> Sightings:
    """What this source says of three services."""
    base = knowledge(service("sts"), service("recip-e"), service("eid"), one)
    return sight(read, Topology(base), before)


@pytest.mark.parametrize("mapped", ["c1", "Secure token", "Jeton"])
@pytest.mark.parametrize("told", ["c1", "Secure token", "Jeton"])
def test_an_incident_names_a_component_as_it_likes(mapped: str, told: str) -> None:
    """By id or by any name, whichever of them is mapped to our service."""
    component = Component("c1", ("Secure token", "Jeton"), UP)
    read = Reading("pages", NOON, (component,), (replace(OPEN, services=(told,)),))
    seen = sighted(read, source(services={mapped: "sts"}))
    assert [one.services for one in seen.by_service["sts"].incidents] == [("sts",)]


@pytest.mark.parametrize(
    ("told", "whose"),
    [("Login", ("recip-e", "sts")), ("c1", ("sts",)), ("c2", ("recip-e",))],
)
def test_an_incident_of_a_name_that_two_components_share_is_of_both(
    told: str, whose: tuple[str, ...]
) -> None:
    """Of one alone where it tells its id."""
    login = (Component("c1", ("Login",), UP), Component("c2", ("Login",), UP))
    read = Reading(
        "pages", NOON, (*login, Component("c3", ("Mail",), UP)), (replace(OPEN, services=(told,)),)
    )
    seen = sighted(read, source(services={"c1": "sts", "c2": "recip-e"}))
    assert [one.services for one in seen.incidents] == [whose]


def test_all_that_a_reading_says_of_a_service_is_kept() -> None:
    """Its components, incidents and windows, the slowest answer, and when the source looked."""
    slow, fast, unasked = (
        Component("sts", ("sts",), UP, updated_at=after(days=-40), response_seconds=4.0),
        Component("STS", ("sts",), UP, updated_at=after(days=-31), response_seconds=0.5),
        Component("Sts", ("sts",), UP),
    )
    read = Reading("pages", NOON, (fast, slow, unasked), (OPEN,), (WORK,))
    assert sighted(read).by_service == {
        "sts": Sighting(
            service="sts",
            source="pages",
            state=State.DEGRADED,
            components=(fast, slow, unasked),
            incidents=(OPEN,),
            maintenances=(WORK,),
            response_seconds=4.0,
            source_stale_since=after(days=-31),
        )
    }


def test_a_component_that_is_gone_leaves_a_sighting() -> None:
    """Its service is unknown, and known to have had one."""
    before = sighted(reading({"sts": UP, "eid": UP}))
    now = sighted(reading({"eid": UP}), before=before.matched)
    lost = now.by_service["sts"]
    assert (lost.state, lost.lost, lost.tells_state) == (DARK, True, True)
    assert not now.by_service["eid"].lost
    assert now.matched == {"sts", "eid"}


SPOKEN = {
    "a page speaks of what it shows": (reading({"sts": UP}), frozenset(), {"sts"}),
    "and of what its incidents name": (
        reading({"eid": UP}, incidents=(OPEN,)),
        frozenset(),
        {"eid", "sts"},
    ),
    "and of what its work names": (
        reading({"eid": UP}, maintenances=(WORK,)),
        frozenset(),
        {"eid", "sts"},
    ),
    "one that lists no components speaks of all that it is mapped to": (
        reading({}),
        frozenset(),
        {"sts", "recip-e", "eid"},
    ),
    "also where an incident names one": (
        reading({}, incidents=(OPEN,)),
        frozenset(),
        {"sts", "recip-e", "eid"},
    ),
    "one that has shown a component before speaks of that": (
        reading({}),
        frozenset({"eid"}),
        {"eid"},
    ),
    "one whose components nobody mapped speaks of none": (
        reading({"new": UP}),
        frozenset(),
        set(),
    ),
    "a list of routes that nobody mapped speaks of none": (
        Reading("pages", NOON, emergency=(EmergencySwitch("New", "uddi:new", active=False),)),
        frozenset(),
        set(),
    ),
}


@pytest.mark.parametrize(("read", "before", "services"), SPOKEN.values(), ids=SPOKEN)
def test_of_whom_a_source_speaks(read: Reading, before: frozenset[str], services: set[str]) -> None:
    """Of the others it says nothing, not even that they are unknown."""
    assert set(sighted(read, before=before).by_service) == services


def test_what_names_no_service_of_ours_concerns_the_rest() -> None:
    """What is mapped to "*"; where nothing is, the incident is nobody's."""
    unnamed = replace(OPEN, services=("other",))
    assert sighted(reading({}, incidents=(unnamed,))).incidents == ()
    rest = source(services={"*": ("sts", "eid")})
    (found,) = sighted(reading({}, incidents=(unnamed,)), rest).incidents
    assert found.services == ("sts", "eid")


@pytest.mark.parametrize(
    ("active", "wanted"), [("", "first"), ("first", "first"), ("second", "second")]
)
def test_a_detour_counts_before_a_normal_route(active: str, wanted: str) -> None:
    """Where two lines of the list are about one service."""
    switches = tuple(
        EmergencySwitch(name, f"uddi:{name}", name == active) for name in ("first", "second")
    )
    routes = source(form="ehealth-bcp", services={"first": "sts", "second": "sts"})
    seen = sighted(Reading("pages", NOON, emergency=switches), routes).by_service["sts"]
    assert seen.emergency is not None
    assert seen.emergency.name == wanted


def test_names_that_nobody_mapped_are_reported_once_in_their_order() -> None:
    """Of components by their first name, of routes by theirs."""
    components = (
        Component("7", ("Zeta", "Zèta"), UP),
        Component("sts", ("sts",), UP),
        Component("8", ("Alpha",), UP),
        Component("9", ("Zeta",), UP),
    )
    switch = EmergencySwitch("Route", "uddi:route", active=False)
    read = Reading("pages", NOON, components, emergency=(switch,))
    assert sighted(read).unmapped == ("Zeta", "Alpha", "Route")


HOUR, MONTH = timedelta(hours=1), timedelta(days=30)


@pytest.mark.parametrize(
    ("form", "norm"),
    [("gatus", HOUR), ("uptime-kuma", HOUR), ("html", HOUR), ("ehealth", MONTH)],
)
def test_a_source_is_stale_just_after_its_norm(form: str, norm: timedelta) -> None:
    """To the second: of a source that says when it looked, the state then is unknown."""

    def looked(at: datetime) -> tuple[State, bool]:
        read = Reading("pages", NOON, (Component("sts", ("sts",), UP, updated_at=at),))
        seen = sighted(read, source(form=form)).by_service["sts"]
        return seen.state, seen.source_stale_since == at

    assert looked(NOON - norm) == (UP, False)
    late = DARK if norm == HOUR else UP
    assert looked(NOON - norm - timedelta(seconds=1)) == (late, True)
