"""What is kept of a service's state, and what of it becomes history."""

import pytest

from bot.status.model import Confirmed, Emergency, State
from bot.store.history import SqlHistory
from bot.store.tables import transitions
from tests.alerts.stage import Stage
from tests.alerts.world import NOON
from tests.store.looking import kept

FINE, SLOW, DOWN = State.OPERATIONAL, State.DEGRADED, State.MAJOR_OUTAGE


def state(now: State, key: str | None = None, service: str = "eid", **more: object) -> Confirmed:
    """As the tracker confirms it."""
    return Confirmed(service, now, NOON, "ehealth", key, **more)  # type: ignore[arg-type]


async def confirm(play: Stage, *states: Confirmed) -> None:
    """These states, one after another."""
    for one in states:
        await play.outbox.record(lambda _: (), (one,), NOON)


OF: dict[str, tuple[list[Confirmed], list[str | None]]] = {
    "its beginning": ([state(DOWN, "a")], ["a"]),
    "its end, though its key is kept no longer": ([state(DOWN, "a"), state(FINE)], ["a", "a"]),
    "nothing after its end": ([state(DOWN, "a"), state(FINE), state(SLOW)], ["a", "a", None]),
    "the next one, where one follows another": ([state(SLOW, "a"), state(DOWN, "b")], ["a", "b"]),
    "nothing, where nothing is wrong": ([state(FINE)], [None]),
    "its own service's": (
        [state(DOWN, "a", "sts"), state(FINE, service="sts"), state(FINE)],
        ["a", "a", None],
    ),
}


@pytest.mark.parametrize(("states", "wanted"), OF.values(), ids=OF)
async def test_of_which_incident_a_change_is(
    play: Stage, states: list[Confirmed], wanted: list[str | None]
) -> None:
    """The one that it began, changed or ended."""
    await confirm(play, *states)
    assert await kept(play.database, transitions, "incident") == wanted


async def test_states_of_one_moment_are_each_compared_with_their_own(play: Stage) -> None:
    """Only what differs from what was kept of that service is history."""
    before = (state(DOWN), state(FINE, service="sts"))
    after = (state(FINE), state(FINE, service="sts"), state(SLOW, service="vitalink"))
    for states in (before, after):
        await play.outbox.record(lambda _: (), states, NOON)
    assert await kept(play.database, transitions, "service", "previous", "current") == [
        ("eid", None, "major_outage"),
        ("sts", None, "operational"),
        ("eid", "major_outage", "operational"),
        ("vitalink", None, "degraded"),
    ]


@pytest.mark.parametrize(
    "last",
    [
        state(DOWN, "a", unstable=True, emergency=Emergency(NOON, "detour.example")),
        state(DOWN, "b", unstable=True),
        state(FINE),
    ],
    ids=["flapping, with its detour", "flapping without", "neither"],
)
async def test_what_was_confirmed_last_is_kept_whole(play: Stage, last: Confirmed) -> None:
    """Nothing of an earlier state is left in it."""
    detour = Emergency(NOON, "other.example")
    await confirm(play, state(SLOW, "z", unstable=True, emergency=detour), last)
    assert await SqlHistory(play.database).confirmed() == (last,)
