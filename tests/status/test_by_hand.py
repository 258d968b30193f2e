"""What the team told by hand, laid over what the sources say."""

from datetime import timedelta

import pytest

from bot.status.by_hand import TEAM, Announced, with_announced
from bot.status.model import Board, Incident, ServiceStatus, State
from bot.status.topology import Topology
from bot.status.unreadable import UnreadableReason
from tests.status.samples import NOON, knowledge, service

TOPOLOGY = Topology(knowledge(service("sts"), service("recip-e", depends_on=("sts",))))


def board(state: State) -> Board:
    """STS in this state, Recip-e fine."""
    reason = UnreadableReason.NO_MACHINE_SOURCE if state is State.UNKNOWN else None
    sts = ServiceStatus("sts", state, source="ehealth", checked_at=NOON, reason=reason)
    fine = ServiceStatus("recip-e", State.OPERATIONAL, source="ehealth", checked_at=NOON)
    return Board(NOON, {"sts": sts, "recip-e": fine})


def told(state: State) -> Announced:
    """The team says so of STS, ten minutes ago."""
    at = NOON - timedelta(minutes=10)
    words = Incident("team:sts:1", TEAM, "cut cable", None, ("sts",), state, started_at=at)
    return Announced("sts", state, at, at, words)


@pytest.mark.parametrize(
    ("source_says", "team_says", "shown", "by"),
    [
        (State.UNKNOWN, State.MAJOR_OUTAGE, State.MAJOR_OUTAGE, TEAM),
        (State.OPERATIONAL, State.DEGRADED, State.DEGRADED, TEAM),
        (State.DEGRADED, State.MAJOR_OUTAGE, State.MAJOR_OUTAGE, TEAM),
        (State.MAJOR_OUTAGE, State.DEGRADED, State.MAJOR_OUTAGE, "ehealth"),
        (State.MAJOR_OUTAGE, State.MAJOR_OUTAGE, State.MAJOR_OUTAGE, "ehealth"),
    ],
)
def test_the_worse_of_the_two_counts(
    source_says: State, team_says: State, shown: State, by: str
) -> None:
    """The team's word makes nothing look better, and fills in where no source speaks."""
    status = with_announced(board(source_says), [told(team_says)], TOPOLOGY).services["sts"]
    assert (status.state, status.source) == (shown, by)
    assert status.reason is None


def test_both_voices_are_kept() -> None:
    """Who says what can be told."""
    found = with_announced(board(State.OPERATIONAL), [told(State.MAJOR_OUTAGE)], TOPOLOGY)
    says = {one.source: one.state for one in found.services["sts"].says}
    assert says == {"ehealth": State.OPERATIONAL, TEAM: State.MAJOR_OUTAGE}


def test_what_rests_on_it_says_so() -> None:
    """Recip-e stays what its own source says, with STS named as down; the words are shown once."""
    announced = [told(State.MAJOR_OUTAGE)]
    once = with_announced(board(State.OPERATIONAL), announced, TOPOLOGY)
    found = with_announced(once, announced, TOPOLOGY)
    assert found.services["recip-e"].state is State.OPERATIONAL
    assert found.services["recip-e"].affected_by == ("sts",)
    assert [incident.title for incident in found.incidents] == ["cut cable"]


def test_nothing_announced_changes_nothing() -> None:
    """Nor does a service that the base no longer knows."""
    plain = board(State.OPERATIONAL)
    gone = Announced("gone", State.MAJOR_OUTAGE, NOON, NOON)
    assert with_announced(plain, [], TOPOLOGY) is plain
    assert with_announced(plain, [gone], TOPOLOGY) is plain
