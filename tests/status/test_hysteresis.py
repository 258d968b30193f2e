"""When a read is believed: stories of one source and one service, read by read."""

from datetime import timedelta

import pytest

from bot.settings import Settings
from bot.status.hysteresis import Decision, Seen, Thresholds, Track
from bot.status.model import Confirmed, State
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
    decisions = play([(0, DOWN, "", UP), (60, DOWN, "", UP), (120, DOWN, "", DOWN)])
    assert decisions == [Decision.WAITING_FOR_READS] * 2 + [Decision.CONFIRMED]
    play([(0, DOWN, "", UP), (60, UP, "", UP), (120, DOWN, "", UP), (180, DOWN, "", UP)])


def test_a_published_outage_is_believed_after_a_confirming_read() -> None:
    """One observation, and one more 20 to 30 seconds later."""
    decisions = play([(0, DOWN, "published", UP), (25, DOWN, "published", DOWN)])
    assert decisions == [Decision.WAITING_FOR_CONFIRMATION, Decision.CONFIRMED]
    play([(0, DOWN, "published", UP), (20, DOWN, "published", DOWN)])
    play([(0, DOWN, "published", UP), (19.9, DOWN, "published", UP)])
    at_once = Thresholds(confirm_seconds=0)
    track, decision = Track(UP, NOON).step(Seen(DOWN, NOON, published=True), at_once)
    assert decision is Decision.WAITING_FOR_CONFIRMATION
    track, decision = track.step(Seen(DOWN, NOON, published=True), at_once)
    assert (track, decision) == (Track(DOWN, NOON, witnessed=True), Decision.CONFIRMED)


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


@pytest.mark.parametrize("state", [UP, DARK])
def test_a_count_that_is_broken_off_leaves_no_trace(state: State) -> None:
    """Neither of what was read, nor of when, nor of how often."""
    believed = Track(UP, NOON, witnessed=True)
    track, _ = believed.step(Seen(DOWN, NOON), Thresholds())
    assert track != believed
    track, _ = track.step(Seen(state, NOON), Thresholds())
    assert track == believed


def test_maintenance_and_fine_change_places_at_once() -> None:
    """Nobody is hit by either; from an outage both are ways back."""
    play([(0, WORK, "", WORK), (60, UP, "", UP)])
    play([(0, WORK, "", DOWN), (120, WORK, "", WORK)], DOWN)
    play([(0, DOWN, "", WORK), (60, DOWN, "", WORK), (120, DOWN, "", DOWN)], WORK)
    later = NOON + timedelta(hours=1)
    track, decision = Track(UP, NOON).step(Seen(WORK, later), Thresholds())
    assert (track, decision) == (Track(WORK, later, witnessed=True), Decision.CONFIRMED)


def test_worse_and_less_bad_have_thresholds_of_their_own() -> None:
    """From slow to down counts as an onset, from down to slow as a way back."""
    play([(0, PART, "", SLOW), (60, DOWN, "", SLOW), (120, DOWN, "", DOWN)], SLOW)
    play([(0, SLOW, "", DOWN), (60, UP, "", DOWN), (120, UP, "", UP)], DOWN)


def test_the_first_read_is_the_baseline() -> None:
    """Whatever it says, it is no news; unknown is no baseline."""
    track, decision = Track().step(Seen(DARK, NOON), Thresholds())
    assert (track.state, decision) == (None, Decision.NOTHING_SAID)
    track, decision = track.step(Seen(DOWN, NOON), Thresholds())
    assert (track, decision) == (Track(DOWN, NOON), Decision.BASELINE)


def test_what_was_believed_before_a_restart_is_gone_on_with() -> None:
    """Since when, and whether that was seen."""
    kept = Confirmed("sts", DOWN, NOON, "pages", witnessed=True)
    assert Track.of(kept) == Track(DOWN, NOON, witnessed=True)


def test_the_operator_sets_the_numbers() -> None:
    """They are the five of the settings."""
    settings = Settings(
        onset_reads=1,
        confirm_seconds=21,
        clear_reads=4,
        clear_seconds=122,
        group_seconds=33,
        _env_file=None,
    )
    assert Thresholds.of(settings) == Thresholds(1, 21, 4, 122, 33)
    assert Thresholds.of(Settings(_env_file=None)) == Thresholds()


def test_one_clean_read_is_enough_where_the_operator_says_so() -> None:
    """But of an incident that is no longer listed three are asked, whatever he says."""
    thresholds = Thresholds(clear_reads=1, clear_seconds=0)
    believed = Track(DOWN, NOON)
    assert believed.step(Seen(UP, NOON), thresholds)[1] is Decision.CONFIRMED
    decisions = []
    for _ in range(3):
        believed, decision = believed.step(Seen(UP, NOON, unlisted=True), thresholds)
        decisions.append(decision)
    assert decisions == [Decision.WAITING_FOR_READS] * 2 + [Decision.CONFIRMED]


@pytest.mark.parametrize("reads", [1, 2, 5])
def test_an_onset_takes_the_reads_that_are_set(reads: int) -> None:
    """And no time, where nothing is published."""
    thresholds = Thresholds(onset_reads=reads)
    track = Track(UP, NOON)
    for number in range(reads):
        assert track.state is UP
        track, _ = track.step(Seen(DOWN, NOON + timedelta(seconds=number)), thresholds)
    assert track.state is DOWN
