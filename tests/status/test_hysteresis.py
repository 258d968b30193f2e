"""When a read is believed: stories of one source and one service, read by read."""

from datetime import timedelta

import pytest

from bot.settings import Settings
from bot.status.hysteresis import Decision, Seen, Thresholds, Track
from bot.status.model import State
from tests.status.samples import NOON

UP, SLOW, PART, DOWN = (
    State.OPERATIONAL,
    State.DEGRADED,
    State.PARTIAL_OUTAGE,
    State.MAJOR_OUTAGE,
)
WORK, DARK = State.MAINTENANCE, State.UNKNOWN

Story = list[tuple[float, State, str, State]]
"""Seconds after noon, what is read (with words about it), and what is believed after it."""


def play(story: Story, start: State = UP) -> list[Decision]:
    """Plays a story, checks what is believed after each read, and gives the decisions."""
    track, decisions = Track(start, NOON), []
    for seconds, state, words, believed in story:
        seen = Seen(
            state,
            NOON + timedelta(seconds=seconds),
            published="published" in words,
            unlisted="unlisted" in words,
        )
        track, decision = track.step(seen, Thresholds())
        assert track.state is believed, (seconds, state, track)
        decisions.append(decision)
    return decisions


def test_an_outage_seen_on_a_component_is_believed_at_the_third_read() -> None:
    """Two bad reads may be a slip; a fine read between them starts the count again."""
    play([(0, DOWN, "", UP), (60, DOWN, "", UP), (120, DOWN, "", DOWN)])
    play([(0, DOWN, "", UP), (60, UP, "", UP), (120, DOWN, "", UP), (180, DOWN, "", UP)])


def test_a_published_outage_is_believed_after_a_confirming_read() -> None:
    """One observation, and one more 20 to 30 seconds later."""
    decisions = play([(0, DOWN, "published", UP), (25, DOWN, "published", DOWN)])
    assert decisions == [Decision.WAITING_FOR_CONFIRMATION, Decision.CONFIRMED]
    play([(0, DOWN, "published", UP), (5, DOWN, "published", UP), (21, DOWN, "published", DOWN)])


def test_what_comes_back_is_believed_after_two_clean_reads_and_two_minutes() -> None:
    """Reads alone are not enough, nor is time."""
    play([(0, UP, "", DOWN), (60, UP, "", DOWN), (120, UP, "", UP)], DOWN)
    play([(0, UP, "", DOWN), (300, UP, "", UP)], DOWN)
    play([(0, UP, "published", DOWN), (25, UP, "published", UP)], DOWN)


def test_what_is_no_longer_listed_is_over_after_three_clean_reads() -> None:
    """An incident may fall off a page without being over."""
    story: Story = [(0, UP, "unlisted", DOWN), (130, UP, "unlisted", DOWN)]
    play([*story, (260, UP, "unlisted", UP)], DOWN)


def test_unknown_concludes_nothing_and_starts_the_count_again() -> None:
    """A word that is not known is neither fine nor an outage."""
    play([(0, DARK, "", UP), (60, DARK, "", UP), (600, DARK, "", UP)])
    decisions = play(
        [(0, DOWN, "", UP), (60, DOWN, "", UP), (120, DARK, "", UP), (180, DOWN, "", UP)]
    )
    assert decisions[2] is Decision.NOTHING_SAID


def test_maintenance_and_fine_change_places_at_once() -> None:
    """Nobody is hit by either; from an outage both are ways back."""
    play([(0, WORK, "", WORK), (60, UP, "", UP)])
    play([(0, WORK, "", DOWN), (120, WORK, "", WORK)], DOWN)
    play([(0, DOWN, "", WORK), (60, DOWN, "", WORK), (120, DOWN, "", DOWN)], WORK)


def test_worse_and_less_bad_have_thresholds_of_their_own() -> None:
    """From slow to down counts as an onset, from down to slow as a way back."""
    play([(0, PART, "", SLOW), (60, DOWN, "", SLOW), (120, DOWN, "", DOWN)], SLOW)
    play([(0, SLOW, "", DOWN), (60, UP, "", DOWN), (120, UP, "", UP)], DOWN)


def test_the_first_read_is_the_baseline() -> None:
    """Whatever it says, it is no news; unknown is no baseline."""
    track, decision = Track().step(Seen(DARK, NOON), Thresholds())
    assert (track.state, decision) == (None, Decision.NOTHING_SAID)
    track, decision = track.step(Seen(DOWN, NOON), Thresholds())
    assert (track.state, decision) == (DOWN, Decision.BASELINE)


@pytest.mark.parametrize("reads", [1, 2, 5])
def test_the_operator_sets_the_numbers(reads: int) -> None:
    """They are the five of the settings."""
    settings = Settings(onset_reads=reads, confirm_seconds=1, clear_reads=4, _env_file=None)
    thresholds = Thresholds.of(settings)
    track = Track(UP, NOON)
    for number in range(reads):
        assert track.state is UP
        track, _ = track.step(Seen(DOWN, NOON + timedelta(seconds=number)), thresholds)
    assert track.state is DOWN
