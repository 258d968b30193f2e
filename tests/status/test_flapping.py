"""When a service that comes and goes is called unstable, and when steady again."""

from datetime import timedelta

import pytest

from bot.status.flapping import Flapping
from bot.status.model import ChangeKind, Confirmed, State
from tests.status.samples import NOON, after

DOWN = Confirmed("sts", State.MAJOR_OUTAGE, NOON, "pages")
BACK = ChangeKind.RESOLVED
FLAPS = ChangeKind.UNSTABLE


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        ([0, 10, 20], [BACK, BACK, FLAPS]),
        ([0, 30, 59.9], [BACK, BACK, FLAPS]),
        ([0, 30, 60], [BACK, BACK, BACK]),
        ([0, 30, 60, 89], [BACK, BACK, BACK, FLAPS]),
    ],
)
def test_the_third_return_within_an_hour_is_flapping(
    minutes: list[float], told: list[ChangeKind]
) -> None:
    """An hour later the first one counts no more."""
    flapping = Flapping()
    admitted = [flapping.admit(BACK, DOWN, after(minutes=minute)) for minute in minutes]
    assert admitted == [(kind, kind is FLAPS) for kind in told]


def test_each_service_has_rounds_of_its_own() -> None:
    """Three services that come back once each do not flap."""
    flapping = Flapping()
    kept = [Confirmed(name, DOWN.state, NOON, "pages") for name in ("sts", "recip-e", "eid")]
    assert [flapping.admit(BACK, one, NOON) for one in kept] == [(BACK, False)] * 3


@pytest.mark.parametrize(
    ("kind", "minutes", "wanted"),
    [
        (None, 29.9, (None, True)),
        (None, 30, (ChangeKind.STEADY, False)),
        (ChangeKind.ONSET, 31, (None, True)),
        (BACK, 31, (None, True)),
    ],
)
def test_half_an_hour_without_a_change_is_steady(
    kind: ChangeKind | None, minutes: float, wanted: tuple[ChangeKind | None, bool]
) -> None:
    """Until then nothing is told of it."""
    unstable = Confirmed("sts", State.OPERATIONAL, NOON, "pages", unstable=True)
    assert Flapping().admit(kind, unstable, NOON + timedelta(minutes=minutes)) == wanted
