"""What is answered beside a procedure: the states of services, told to whoever names none too."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import answering
from bot.answering import Answer, Overview, answer
from bot.matching.model import AnswerKind, Candidate, Context, Match, Question, Why
from bot.status.model import Board, Emergency, ServiceStatus, State
from tests.chat.samples import incident, knowledge

NOW = datetime(2026, 11, 21, 13, 3, tzinfo=UTC)
ASKS = Match(AnswerKind.UNKNOWN, "fr", "pharmacist", why=Why.NO_TOOL, asks_state=True)
UP, DOWN = State.OPERATIONAL, State.MAJOR_OUTAGE


class Says:
    """A matcher that decides the same each time."""

    def __init__(self, match: Match) -> None:
        self._match = match

    def match(self, *_: object) -> Match:
        """Whatever is asked."""
        return self._match


def answered(match: Match, *statuses: ServiceStatus, blind: bool = False) -> Answer:
    """On a board with these."""
    board = Board(NOW, {one.service: one for one in statuses}, blind=blind)
    return answer(Question("ça plante"), Context(), knowledge(), Says(match), board)


def told(given: Answer) -> list[str]:
    """The services whose state is told, in order."""
    return [one.service for one in given.services]


def test_who_names_no_service_is_told_what_is_down() -> None:
    """The worst first, causes before what they hit; what works is not told."""
    hit = ServiceStatus("recip-e", DOWN, affected_by=("sts",))
    cause = ServiceStatus("sts", DOWN)
    given = answered(ASKS, hit, cause, ServiceStatus("insurability", UP))
    assert (told(given), given.overview) == (["sts", "recip-e"], None)
    slow = ServiceStatus("sts", State.DEGRADED)
    assert told(answered(ASKS, slow, hit)) == ["recip-e", "sts"]


def test_how_many_more_are_hit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short list must not hide that it is one."""
    monkeypatch.setattr(answering, "MOST_DOWN", 1)
    given = answered(ASKS, ServiceStatus("sts", DOWN), ServiceStatus("recip-e", State.DEGRADED))
    assert (told(given), given.hidden) == (["sts"], 1)


@pytest.mark.parametrize(
    "status",
    [
        ServiceStatus("sts", State.MAINTENANCE),
        ServiceStatus("sts", UP, emergency=Emergency(NOW, None)),
        ServiceStatus("sts", UP, affected_by=("metahub",)),
        ServiceStatus("sts", UP, not_for=("insurer-319",)),
        ServiceStatus("sts", UP, unstable=True),
    ],
)
def test_what_does_not_work_for_all_and_steadily_is_told_too(status: ServiceStatus) -> None:
    """Planned work, an ordered detour, and what works by its own word alone, or not for all."""
    assert told(answered(ASKS, status)) == ["sts"]


def test_where_nothing_is_down_it_is_said_of_how_many() -> None:
    """And of how many nobody knows: silence is no proof."""
    given = answered(ASKS, ServiceStatus("sts", UP), ServiceStatus("recip-e", UP))
    assert (told(given), given.overview) == ([], Overview(2, 1, "pharmacist"))


@pytest.mark.parametrize("old", [{"stale": True}, {"source_stale_since": NOW}])
def test_what_was_read_long_ago_is_not_said_to_work(old: dict[str, Any]) -> None:
    """Nor where the source itself has not looked since."""
    given = answered(ASKS, ServiceStatus("sts", UP), ServiceStatus("recip-e", UP, **old))
    assert given.overview == Overview(1, 2, "pharmacist")


@pytest.mark.parametrize(
    ("match", "blind"),
    [(ASKS, True), (replace(ASKS, asks_state=False), False)],
)
def test_nothing_is_fine_where_nobody_looked_or_asked(match: Match, *, blind: bool) -> None:
    """Our own network down, or a question about something else."""
    given = answered(match, ServiceStatus("sts", UP), blind=blind)
    assert (told(given), given.overview) == ([], None)


def test_an_unread_board_says_nothing() -> None:
    """No service was read yet."""
    given = answered(ASKS)
    assert (told(given), given.overview) == ([], None)


def test_of_another_profession_s_services_nothing_is_told() -> None:
    """A dentist does not dispense."""
    match = replace(ASKS, profession="dentist")
    assert told(answered(match, ServiceStatus("recip-e", DOWN))) == []


def test_a_service_that_is_named_is_told_alone() -> None:
    """Whatever else is down."""
    match = replace(ASKS, named=("insurability",))
    given = answered(match, ServiceStatus("insurability", UP), ServiceStatus("sts", DOWN))
    assert told(given) == ["insurability"]


WHETHER = Match(
    AnswerKind.ANSWER,
    "fr",
    "pharmacist",
    (Candidate("dispense-on-paper-proof", 0.9),),
    named=("recip-e",),
    look="where-to-check",
)
"""Is Recip-e down?"""


def looks(match: Match, *statuses: ServiceStatus, **more: Any) -> bool:
    """Whether the state is told before the steps."""
    board = Board(NOW, {one.service: one for one in statuses}, **more)
    given = answer(Question("recip-e en panne ?"), Context(), knowledge(), Says(match), board)
    return given.look is not None


def test_who_asks_whether_what_works_is_down_may_look_whether_it_is_only_them() -> None:
    """The procedure is still the answer."""
    given = answered(WHETHER, ServiceStatus("recip-e", UP))
    assert given.look == knowledge().procedures["where-to-check"]
    assert given.procedure == knowledge().procedures["dispense-on-paper-proof"]


@pytest.mark.parametrize(
    "status",
    [
        ServiceStatus("recip-e", DOWN),
        ServiceStatus("recip-e", State.MAINTENANCE),
        ServiceStatus("recip-e", State.UNKNOWN),
        ServiceStatus("recip-e", UP, stale=True),
        ServiceStatus("recip-e", UP, source_stale_since=NOW),
        ServiceStatus("recip-e", UP, affected_by=("sts",)),
        ServiceStatus("recip-e", UP, unstable=True),
        ServiceStatus("recip-e", UP, emergency=Emergency(NOW, None)),
    ],
)
def test_what_may_not_work_is_answered_with_the_steps(status: ServiceStatus) -> None:
    """Down, unknown, old, on something that is down, not steady, or by a detour."""
    assert not looks(WHETHER, status)


def test_an_open_incident_a_blind_board_or_another_question_is_answered_with_the_steps() -> None:
    """A green light is no proof where somebody works on it, or nobody looks."""
    works = ServiceStatus("recip-e", UP)
    assert looks(WHETHER, works, incidents=(incident(services=("sts",)),))
    assert not looks(WHETHER, works, incidents=(incident(services=("recip-e",)),))
    assert not looks(WHETHER, works, blind=True)
    assert not looks(replace(WHETHER, look=None), works)
    assert not looks(replace(WHETHER, danger=True), works)
    assert not looks(replace(WHETHER, candidates=(Candidate("where-to-check", 0.9),)), works)
    assert not looks(replace(WHETHER, kind=AnswerKind.UNKNOWN), works)
