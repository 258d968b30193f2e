"""The first line of a service: its state, and since when as far as anybody knows."""

import pytest

from bot.chat.views.states import lines
from bot.chat.voice import Voice
from bot.commands.status import board_data
from bot.knowledge import LANGUAGES
from bot.status.model import Board, ServiceStatus, State
from bot.words import Words
from tests.chat.samples import NOW, knowledge, minutes_ago


def first_line(status: ServiceStatus, language: str = "fr") -> str:
    """As it stands in a message."""
    return str(lines(Voice(Words(), language, knowledge(), NOW), status)).splitlines()[0]


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
    """Null where nobody knows it: programs rely on the key."""
    shown = board_data(Board(NOW, {"sts": sts(State.OPERATIONAL)}), ("sts",))
    assert shown["services"][0]["since"] is None  # type: ignore[index]
