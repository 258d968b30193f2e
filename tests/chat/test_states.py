"""The first line of a service: its state, and since when as far as anybody knows."""

from typing import Any

import pytest

from bot.chat.views.states import lines
from bot.chat.voice import Voice
from bot.commands.status import board_data
from bot.knowledge import LANGUAGES
from bot.status.model import Board, Emergency, ServiceStatus, SourceSays, State
from bot.words import Words
from tests.chat.samples import NOW, knowledge, minutes_ago


def first_line(status: ServiceStatus, language: str = "fr") -> str:
    """As it stands in a message."""
    return str(lines(Voice(Words(), language, knowledge(), NOW), status)).splitlines()[0]


def told(status: ServiceStatus, language: str = "en") -> list[str]:
    """All lines but the first two: what is told beside the state and its source."""
    voice = Voice(Words(), language, knowledge(), NOW)
    return str(lines(voice, status)).splitlines()[2:]


def sts(state: State, **fields: object) -> ServiceStatus:
    """STS, read now."""
    return ServiceStatus("sts", state, source="ehealth", checked_at=NOW, **fields)  # type: ignore[arg-type]


def test_what_works_since_nobody_knows_when_has_no_since() -> None:
    """The time of our first read would read as if the service came back then."""
    assert first_line(sts(State.OPERATIONAL)) == "🟢 <b>STS</b>: fonctionne"
    came_back = first_line(sts(State.OPERATIONAL, since=minutes_ago(61)))
    assert came_back == "🟢 <b>STS</b>: fonctionne (vu ainsi depuis 13:02)"


def test_an_outage_met_at_the_first_read_is_at_least_so_old() -> None:
    """One that was seen to begin has its beginning."""
    since = minutes_ago(61)
    seen = first_line(sts(State.MAJOR_OUTAGE, since=since))
    met = first_line(sts(State.MAJOR_OUTAGE, since=since, since_at_least=True))
    assert seen == "🔴 <b>STS</b>: en panne depuis 13:02"
    assert met == "🔴 <b>STS</b>: en panne depuis 13:02 au moins"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_doubt_is_told_in_each_language(language: str) -> None:
    """With the time, and otherwise than a beginning that is known."""
    since = minutes_ago(61)
    met = first_line(sts(State.MAJOR_OUTAGE, since=since, since_at_least=True), language)
    assert "13:02" in met
    assert met != first_line(sts(State.MAJOR_OUTAGE, since=since), language)


def test_the_data_of_the_board_has_a_since_in_any_case() -> None:
    """Null where nobody knows it: programs rely on the key. Who says what stands there too."""
    status = sts(State.OPERATIONAL, says=(SourceSays("cin", State.DEGRADED, NOW),))
    shown: Any = board_data(Board(NOW, {"sts": status}), ("sts",))["services"]
    assert shown[0]["since"] is None
    assert [(one["source"], one["state"]) for one in shown[0]["says"]] == [("cin", "degraded")]


def test_a_service_that_works_on_what_is_down_is_told_with_both() -> None:
    """At a glance it is not fine; one that does not work itself only names what it rests on."""
    fine = sts(State.OPERATIONAL, affected_by=("insurability",))
    but = "⚠️ <b>STS</b>: its own source says fine, but Assurabilité, on which it rests, is down"
    assert first_line(fine, "en") == but
    assert told(fine) == []
    two = sts(State.OPERATIONAL, affected_by=("insurability", "paris"))
    assert first_line(two, "en").endswith("Assurabilité, PARIS, on which it rests, are down")
    hit = sts(State.DEGRADED, affected_by=("insurability",))
    assert told(hit) == ["↳ rests on Assurabilité: down"]


def test_a_service_that_works_but_not_for_an_insurer_says_so() -> None:
    """The insurer is named."""
    assert told(sts(State.OPERATIONAL, not_for=("paris",))) == ["↳ works, but not for PARIS"]


@pytest.mark.parametrize(
    ("language", "seconds", "shown"),
    [
        ("en", 0.04, "answers in 40 ms"),
        ("en", 4.25, "answers in 4,2 s"),
        ("fr", 12.5, "répond en 12,5 s"),
        ("nl", 3.0, "antwoordt in 3 s"),
        ("de", 1.9, "antwortet in 1,9 s"),
    ],
)
def test_a_response_time_has_its_unit(language: str, seconds: float, shown: str) -> None:
    """Milliseconds below a second."""
    assert told(sts(State.DEGRADED, response_seconds=seconds), language) == [shown]


def test_a_response_time_of_what_is_unknown_is_not_told() -> None:
    """It would read as if something answered now."""
    status = ServiceStatus("sts", State.UNKNOWN, response_seconds=2.0)
    assert told(status) == []


@pytest.mark.parametrize(
    ("route", "named"),
    [
        ("prod.mycarenet.be", "the mutualities' own route"),
        ("prod.mycarenet.be:9443", "the mutualities' own route"),
        ("services.ehealth2.be", "eHealth's second site"),
        ("detour.example", "the emergency route detour.example"),
        (None, "the emergency route"),
    ],
)
def test_an_ordered_switch_is_told_with_its_route(route: str | None, named: str) -> None:
    """Since when, whose route, and that the software follows by itself if it can."""
    switched = sts(State.DEGRADED, emergency=Emergency(minutes_ago(61), route))
    assert told(switched) == [
        (
            f"🚧 eHealth has switched STS to {named} since 13:02; "
            "your software follows by itself if it has this detour"
        )
    ]
