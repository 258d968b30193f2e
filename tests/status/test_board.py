"""What is shown of each service: fresh, old, by whom, resting on what."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.knowledge.base import Knowledge
from bot.status.board import build
from bot.status.model import (
    Board,
    Component,
    Confirmed,
    Emergency,
    Incident,
    Phase,
    Reading,
    ServiceStatus,
    State,
)
from bot.status.sightings import response_state, sight
from bot.status.source_view import SourceView
from bot.status.switch import EmergencySwitch
from bot.status.topology import Topology
from bot.status.unreadable import UnreadableReason
from tests.status.samples import NOON, after, knowledge, reading, service, source

UP, DOWN, SLOW, DARK = (
    State.OPERATIONAL,
    State.MAJOR_OUTAGE,
    State.DEGRADED,
    State.UNKNOWN,
)
BASE = knowledge(
    service("sts"),
    service("recip-e", depends_on=("sts",)),
    service("itsme"),
    source("pages"),
    source("other", services={"sts": "sts"}),
    source("page-only", "none", services={"itsme": "itsme"}),
    source("routes", "ehealth-bcp", services={"STS": "sts"}),
)


def board(
    *readings: Reading,
    now: datetime = NOON,
    base: Knowledge = BASE,
    confirmed: Mapping[str, Confirmed] | None = None,
    failures: Mapping[str, UnreadableReason] | None = None,
) -> Board:
    """The board after these readings; every other source has not been read."""
    topology = Topology(base)
    by_source = {each.source: each for each in readings}
    views = [
        SourceView(
            each,
            sight(by_source[name], topology) if name in by_source else SourceView(each).sightings,
            by_source[name].read_at if name in by_source else None,
            by_source[name].issued_at if name in by_source else None,
            (failures or {}).get(name),
        )
        for name, each in topology.sources.items()
    ]
    return build(topology, views, confirmed or {}, now)


def sts(*readings: Reading, now: datetime = NOON, **fields: object) -> ServiceStatus:
    """The line of STS."""
    return board(*readings, now=now, **fields).services["sts"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("age", "state", "stale"),
    [(0, UP, False), (180, UP, False), (181, UP, True), (900, UP, True), (901, DARK, False)],
)
def test_a_reading_is_fresh_then_last_confirmed_then_unknown(
    age: float, state: State, stale: bool
) -> None:
    """Three intervals of a minute, and fifteen minutes in all."""
    status = sts(reading({"sts": UP}), now=after(seconds=age))
    assert (status.state, status.stale) == (state, stale)


def test_each_silence_has_its_reason() -> None:
    """Not read yet, failed, not listed, or nothing that a machine can read; and where to look."""
    nothing = board(failures={"pages": UnreadableReason.TIMEOUT})
    assert nothing.services["recip-e"].reason is UnreadableReason.TIMEOUT
    assert board().services["sts"].reason is UnreadableReason.NOT_YET_READ
    assert board().services["itsme"].reason is UnreadableReason.NO_MACHINE_SOURCE
    assert board().services["itsme"].page == "https://page-only.example/page"
    unlisted = board(reading({"other thing": UP})).services["recip-e"]
    assert (unlisted.state, unlisted.reason) == (DARK, UnreadableReason.NO_MACHINE_SOURCE)
    unknown = board(reading({"recip-e": DARK})).services["recip-e"]
    assert (unknown.state, unknown.reason) == (DARK, UnreadableReason.CONTRACT)
    assert set(board().services) == {"sts", "recip-e", "itsme"}


def test_the_worst_fresh_source_counts_and_each_is_named() -> None:
    """An old reading does not outweigh a fresh one."""
    status = sts(reading({"sts": UP}), reading({"sts": DOWN}, "other"))
    assert (status.state, status.source) == (DOWN, "other")
    assert {(says.source, says.state) for says in status.says} == {("pages", UP), ("other", DOWN)}
    old = reading({"sts": DOWN}, "other", read_at=after(minutes=-10))
    status = sts(reading({"sts": UP}), old)
    assert (status.state, status.source, status.stale) == (UP, "pages", False)
    assert [says.stale for says in status.says] == [False, True]


def test_a_feed_without_news_does_not_hide_what_was_last_confirmed() -> None:
    """It says nothing of the state, however fresh it is."""
    base = knowledge(
        service("sts"),
        source(services={"sts": "sts"}),
        source("news", "feed", services={"*": "sts"}),
    )
    old = reading({"sts": DOWN}, read_at=after(minutes=-10))
    status = sts(old, Reading("news", NOON), base=base)
    assert (status.state, status.source, status.stale) == (DOWN, "pages", True)
    gone = reading({"sts": DOWN}, read_at=after(minutes=-16))
    assert sts(gone, Reading("news", NOON), base=base).state is DARK


def test_an_outage_read_once_is_shown_before_it_is_believed() -> None:
    """And fine needs a fresh fine reading, whatever was believed."""
    fine = Confirmed("sts", UP, after(hours=-5), "pages", witnessed=True)
    assert sts(reading({"sts": DOWN}), confirmed={"sts": fine}).state is DOWN
    assert sts(confirmed={"sts": fine}).state is DARK
    assert sts(reading({"sts": UP}), confirmed={"sts": fine}).since == after(hours=-5)


@pytest.mark.parametrize(
    ("state", "witnessed", "since", "at_least"),
    [
        (UP, False, None, False),
        (UP, True, after(hours=-5), False),
        (State.MAINTENANCE, False, None, False),
        (DOWN, False, after(hours=-5), True),
        (DOWN, True, after(hours=-5), False),
    ],
)
def test_a_beginning_that_nobody_saw_is_not_told_as_one(
    state: State, witnessed: bool, since: datetime | None, at_least: bool
) -> None:
    """When we first read a working service says nothing; of an outage it says "at least"."""
    kept = Confirmed("sts", state, after(hours=-5), "pages", witnessed=witnessed)
    shown = sts(reading({"sts": state}), confirmed={"sts": kept})
    assert (shown.since, shown.since_at_least) == (since, at_least)


@pytest.mark.parametrize(("began", "at_least"), [(-6, False), (-4, True)])
def test_an_outage_has_the_beginning_that_its_source_tells(began: int, at_least: bool) -> None:
    """An incident that began after what we saw does not tell when the outage began."""
    incident = Incident(
        "i", "pages", "A", Phase.INVESTIGATING, ("sts",), DOWN, started_at=after(hours=began)
    )
    since = after(hours=min(began, -5))
    kept = Confirmed("sts", DOWN, since, "pages")
    shown = sts(reading({"sts": DOWN}, incidents=(incident,)), confirmed={"sts": kept})
    assert (shown.since, shown.since_at_least) == (since, at_least)


def test_a_service_made_of_parts_began_when_its_worst_part_did() -> None:
    """With the same doubt about it."""
    base = knowledge(service("sts"), service("vidis", derived_from=("sts",)), source("pages"))
    kept = Confirmed("sts", DOWN, after(hours=-5), "pages")
    shown = board(reading({"sts": DOWN}), base=base, confirmed={"sts": kept}).services["vidis"]
    assert (shown.since, shown.since_at_least) == (after(hours=-5), True)


def test_a_component_that_is_gone_is_unknown_not_fine() -> None:
    """Another component of the same service may still be there."""
    base = knowledge(service("sts"), source(services={"A": "sts", "B": "sts"}))
    topology = Topology(base)
    before = sight(reading({"A": UP, "B": UP}), topology)
    now = sight(reading({"A": UP}), topology, before.matched)
    assert (before.by_service["sts"].state, now.by_service["sts"].state) == (UP, DARK)
    assert sight(reading({"A": UP}), topology).by_service["sts"].state is UP


def test_names_are_found_whatever_their_case_accents_and_signs() -> None:
    """And what nobody mapped is reported."""
    base = knowledge(service("eattest"), source(services={"e-Attest (éléctronique)": "eattest"}))
    got = sight(reading({"EATTEST electronique": UP, "New": UP}), Topology(base))
    assert got.by_service["eattest"].state is UP
    assert got.unmapped == ("New",)


def test_an_incident_may_name_a_component_by_its_id() -> None:
    """Its name on that page is what our list knows."""
    base = knowledge(service("sts"), source(services={"Login": "sts"}))
    incident = Incident("1", "pages", "Login is slow", Phase.IDENTIFIED, services=("01B",))
    read = Reading(
        "pages", NOON, components=(Component("01B", ("Login",), SLOW),), incidents=(incident,)
    )
    assert [one.services for one in sight(read, Topology(base)).incidents] == [("sts",)]


def test_a_service_whose_parent_is_down_says_so_and_keeps_its_own_state() -> None:
    """Its own source says fine, but what it rests on is down."""
    got = board(reading({"sts": DOWN, "recip-e": UP}))
    status = got.services["recip-e"]
    assert (status.state, status.affected_by) == (UP, ("sts",))
    assert got.services["sts"].affected_by == ()
    assert board(reading({"sts": SLOW, "recip-e": UP})).services["recip-e"].affected_by == ()


def test_a_service_that_works_but_not_for_an_insurer_names_it() -> None:
    """MyCareNet works, but not for insurer 300; one that is down itself fails for everybody."""
    base = knowledge(
        service("mycarenet"),
        service("300", depends_on=("mycarenet",), insurer=True),
        service("900", depends_on=("mycarenet",), insurer=True),
        source(services={name: name for name in ("mycarenet", "300", "900")}),
    )
    got = board(reading({"mycarenet": UP, "300": DOWN, "900": SLOW}), base=base).services
    assert (got["mycarenet"].state, got["mycarenet"].not_for) == (UP, ("300",))
    got = board(reading({"mycarenet": DOWN, "300": DOWN, "900": UP}), base=base).services
    assert (got["mycarenet"].not_for, got["900"].affected_by) == ((), ("mycarenet",))


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        ({"a": UP, "b": UP}, UP),
        ({"a": UP, "b": SLOW}, SLOW),
        ({"a": UP, "b": DOWN}, SLOW),
        ({"a": DOWN, "b": DOWN}, DOWN),
        ({"a": UP, "b": DARK}, DARK),
        ({"a": DARK, "b": DOWN}, SLOW),
        ({"a": UP}, DARK),
    ],
)
def test_a_service_made_of_parts_has_their_state(parts: dict[str, State], state: State) -> None:
    """Fine only where all parts are; degraded while one is out."""
    base = knowledge(
        service("a"),
        service("b"),
        service("whole", derived_from=("a", "b")),
        source(services={"a": "a", "b": "b", "Whole": "whole"}),
    )
    assert board(reading(parts), base=base).services["whole"].state is state


def routes(*, active: bool, read_at: datetime = NOON) -> Reading:
    """The list of routes, issued two hours before noon."""
    switch = EmergencySwitch("STS", "uddi:sts", active, "detour.example" if active else None)
    return Reading("routes", read_at, emergency=(switch,), issued_at=after(hours=-2))


@pytest.mark.parametrize(
    ("own", "state"),
    [(UP, SLOW), (DARK, SLOW), (DOWN, DOWN), (State.PARTIAL_OUTAGE, State.PARTIAL_OUTAGE)],
)
def test_a_service_on_its_detour_is_degraded_unless_its_own_source_says_down(
    own: State, state: State
) -> None:
    """It works, if the software follows."""
    status = sts(reading({"sts": own}), routes(active=True))
    assert status.state is state
    assert status.emergency == Emergency(after(hours=-2), "detour.example")


def test_the_normal_route_says_nothing_of_health() -> None:
    """No green by it, and no word among those who say."""
    status = sts(routes(active=False))
    assert (status.state, status.emergency, status.says) == (DARK, None, ())
    assert sts(routes(active=True)).state is SLOW
    told = Confirmed("sts", UP, NOON, "pages", emergency=Emergency(after(hours=-1), "x.example"))
    shown = sts(routes(active=True), confirmed={"sts": told}).emergency
    assert shown == Emergency(after(hours=-1), "detour.example")


@pytest.mark.parametrize(
    ("seconds", "state"), [(None, UP), (2.99, UP), (3, SLOW), (10, SLOW), (10.01, DOWN)]
)
def test_response_times_have_three_classes(seconds: float | None, state: State) -> None:
    """Under 3 s, to 10 s, beyond; the slower of word and time counts."""
    assert response_state(seconds) is state
    component = Component("sts", ("sts",), UP, response_seconds=seconds)
    status = sts(Reading("pages", NOON, (component,)))
    assert (status.state, status.response_seconds) == (state, seconds)


@pytest.mark.parametrize(
    ("form", "age", "state", "stale"),
    [
        ("gatus", timedelta(minutes=59), UP, False),
        ("gatus", timedelta(minutes=61), DARK, True),
        ("ehealth", timedelta(days=29), UP, False),
        ("ehealth", timedelta(days=31), UP, True),
    ],
)
def test_a_source_that_has_not_looked_for_long_is_called_stale(
    form: str, age: timedelta, state: State, stale: bool
) -> None:
    """Where it says when it last looked, its green is worth nothing after an hour."""
    base = knowledge(service("sts"), source(form=form))
    component = Component("sts", ("sts",), UP, updated_at=NOON - age)
    status = sts(Reading("pages", NOON, (component,)), base=base)
    assert status.state is state
    assert (status.source_stale_since == NOON - age) is stale


def work(
    phase: Phase, starts: float, ends: float, impact: State = DOWN, over: float | None = None
) -> Incident:
    """Planned work on STS, in minutes from noon. `over`: when it was completed."""
    return Incident(
        "w",
        "pages",
        "Work",
        phase,
        ("sts",),
        impact,
        starts_at=after(minutes=starts),
        ends_at=after(minutes=ends),
        resolved_at=None if over is None else after(minutes=over),
    )


@pytest.mark.parametrize(
    ("planned", "own", "state"),
    [
        (work(Phase.IN_PROGRESS, -10, 20), DOWN, State.MAINTENANCE),
        (work(Phase.SCHEDULED, -10, 20), DOWN, State.MAINTENANCE),
        (work(Phase.SCHEDULED, 10, 20), DOWN, DOWN),
        (work(Phase.IN_PROGRESS, -10, 20), UP, UP),
        (work(Phase.COMPLETED, -40, -10), DOWN, State.MAINTENANCE),
        (work(Phase.COMPLETED, -40, -15), DOWN, DOWN),
        (work(Phase.IN_PROGRESS, -40, -15), State.MAINTENANCE, DOWN),
        (work(Phase.SCHEDULED, -40, -14), State.MAINTENANCE, State.MAINTENANCE),
        (work(Phase.SCHEDULED, -40, -15), State.MAINTENANCE, DOWN),
        (work(Phase.SCHEDULED, -40, -15), UP, UP),
        (work(Phase.COMPLETED, -40, -15), State.MAINTENANCE, State.MAINTENANCE),
        (work(Phase.COMPLETED, -40, 60, over=-14), DOWN, State.MAINTENANCE),
        (work(Phase.COMPLETED, -40, 60, over=-15), DOWN, DOWN),
        (work(Phase.IN_PROGRESS, -10, 20, UP), DOWN, DOWN),
    ],
)
def test_trouble_inside_an_announced_window_is_maintenance(
    planned: Incident, own: State, state: State
) -> None:
    """Fifteen minutes past its end, or in work without effect, it is trouble like any other.

    Work that is completed has ended; work whose entry was forgotten has not, while it shows.
    """
    assert sts(reading({"sts": own}, maintenances=(planned,))).state is state


def test_planned_work_is_listed_seven_days_ahead_with_our_services() -> None:
    """What is over or far ahead is not."""
    near = work(Phase.SCHEDULED, 60, 120)
    runs = replace(work(Phase.IN_PROGRESS, -60, 120), id="runs")
    far = replace(work(Phase.SCHEDULED, 60 * 24 * 8, 60 * 24 * 9), id="far")
    done = replace(work(Phase.COMPLETED, -60, -30), id="done")
    got = board(reading({"sts": UP}, maintenances=(near, runs, far, done)))
    assert [each.id for each in got.planned] == ["runs", "w"]
    assert got.planned[0].services == ("sts",)


def test_open_incidents_are_listed_and_make_a_fine_component_degraded() -> None:
    """While the source still searches; once it only watches, its component counts."""
    found = Incident("i", "pages", "Slow", Phase.IDENTIFIED, ("sts",), SLOW, after(hours=-1))
    got = board(reading({"sts": UP}, incidents=(found,)))
    assert [each.id for each in got.incidents] == ["i"]
    assert got.services["sts"].state is SLOW
    assert got.services["sts"].since == after(hours=-1)
    watched = replace(found, phase=Phase.MONITORING)
    assert sts(reading({"sts": UP}, incidents=(watched,))).state is UP
    over = replace(found, phase=Phase.RESOLVED)
    assert board(reading({"sts": UP}, incidents=(over,))).incidents == ()


def test_a_feed_tells_trouble_and_never_that_all_is_fine() -> None:
    """An open entry counts for three days; one that names no component goes to "*"."""
    base = knowledge(service("sts"), source(form="feed", services={"*": "sts"}))
    open_entry = Incident("i", "pages", "Down", Phase.INVESTIGATING, updated_at=after(hours=-1))
    assert sts(Reading("pages", NOON, incidents=(open_entry,)), base=base).state is SLOW
    old = replace(open_entry, updated_at=after(days=-4))
    for entries in ((), (old,)):
        status = sts(Reading("pages", NOON, incidents=entries), base=base)
        assert (status.state, status.reason) == (DARK, UnreadableReason.NO_MACHINE_SOURCE)
    closed = replace(
        open_entry,
        id="j",
        phase=Phase.RESOLVED,
        title="[Resolved] Down",
        updated_at=after(minutes=-5),
    )
    both = Reading("pages", NOON, incidents=(closed, open_entry))
    assert board(both, base=base).incidents == ()
