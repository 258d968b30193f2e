"""What a subscriber lives through, told step by step on the real policy, store and sender."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts.ports import Hand
from bot.status.model import ChangeKind, State
from tests.alerts.stage import Stage
from tests.alerts.world import called_off, change, new_end, onset, resolved, window, worsened

EVENING = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
PLANNED = "planned vitalink=maintenance"
"""Eleven o'clock at night in Belgium."""


async def test_down_and_back(play: Stage) -> None:
    """A follower hears the onset aloud and its end as a silent reply; nobody else hears a thing."""
    await play.follow(1, "recip-e")
    await play.follow(2, "vitalink")
    await play.happens(onset("recip-e", play.now))
    await play.settle()
    await play.passes(minutes=40, step=600)
    await play.happens(resolved("recip-e", play.now))
    await play.settle()
    first, last = play.telegram.chats[1]
    assert (first.text, first.silent) == ("onset REC-0001-1 recip-e=major_outage", False)
    assert (last.text, last.silent) == ("resolved REC-0001-2 recip-e=over", True)
    assert last.reply_to == first.message_id
    assert 2 not in play.telegram.chats


async def test_restart_repeats_nothing(play: Stage) -> None:
    """A process that starts again says nothing twice, and still tells the end."""
    await play.follow(1, "recip-e")
    await play.happens(onset("recip-e", play.now))
    await play.settle()
    play.begin()
    await play.happens(onset("recip-e", play.now))
    await play.passes(hours=1, step=600)
    play.begin()
    await play.happens(resolved("recip-e", play.now))
    await play.settle()
    assert play.telegram.texts(1) == ["onset recip-e=major_outage", "resolved recip-e=over"]


async def test_killed_between_commit_and_send(play: Stage) -> None:
    """What was written and not yet sent is sent by the next process."""
    await play.follow(1, "recip-e")
    await play.happens(onset("recip-e", play.now))
    play.begin()
    await play.settle()
    assert play.telegram.texts(1) == ["onset recip-e=major_outage"]


async def test_down_at_once_is_one_message(play: Stage) -> None:
    """Two services that fail together are one message, worst first."""
    await play.follow(1, "eid", "vitalink")
    at = play.now
    await play.happens(onset("eid", at, State.DEGRADED), onset("vitalink", at))
    await play.settle()
    assert play.telegram.texts(1) == ["onset vitalink=major_outage eid=degraded"]


async def test_down_a_moment_later_joins_the_message(play: Stage) -> None:
    """Another service within 30 s is added to the message just sent; each end is told."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", play.now))
    await play.passes(seconds=20, step=20)
    await play.happens(onset("vitalink", play.now))
    await play.settle()
    assert play.telegram.texts(1) == ["onset eid=major_outage"]
    assert play.telegram.edits(1) == ["onset eid=major_outage vitalink=major_outage"]
    await play.passes(minutes=9, step=540)
    await play.happens(resolved("vitalink", play.now))
    await play.settle()
    assert play.telegram.texts(1)[1:] == ["resolved vitalink=over"]
    assert play.telegram.chats[1][1].reply_to == play.telegram.chats[1][0].message_id


async def test_down_again_does_not_join_what_is_over(play: Stage) -> None:
    """Down, up and down within half a minute: the second outage is heard, not edited in."""
    await play.follow(1, "eid")
    for made in (onset, resolved, onset):
        await play.happens(made("eid", play.now))
        await play.passes(seconds=5, step=5)
    told = ["onset eid=major_outage", "resolved eid=over", "onset eid=major_outage"]
    assert play.telegram.texts(1) == told
    assert not play.telegram.chats[1][2].silent


async def test_down_later_is_news(play: Stage) -> None:
    """Another service after 31 s is a message of its own, with its own sound."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", play.now))
    await play.settle()
    await play.passes(seconds=31, step=31)
    await play.happens(onset("vitalink", play.now))
    await play.settle()
    assert play.telegram.texts(1) == ["onset eid=major_outage", "onset vitalink=major_outage"]


async def test_muting_a_shared_message_mutes_all_of_it(play: Stage) -> None:
    """The button under a message of two incidents mutes both."""
    await play.follow(1, "eid", "vitalink")
    await play.happens(onset("eid", play.now), onset("vitalink", play.now))
    await play.settle()
    assert await play.chats.mute(1, "EID-0001-1")
    await play.passes(minutes=9, step=540)
    await play.happens(resolved("eid", play.now), resolved("vitalink", play.now))
    await play.settle()
    assert len(play.telegram.chats[1]) == 1


async def test_parent_speaks_for_what_rests_on_it(play: Stage) -> None:
    """A parent down is one message that lists what the chat follows below it, none for each."""
    await play.follow(1, "recip-e")
    await play.follow(2, "*", profession="nurse")
    at = play.now
    await play.happens(onset("recip-e", at), onset("mycarenet", at), onset("sts", at))
    await play.settle()
    assert play.telegram.texts(1) == ["onset sts=major_outage[recip-e]"]
    assert play.telegram.texts(2) == ["onset sts=major_outage[mycarenet]"]


async def test_child_after_its_parent_is_not_told(play: Stage) -> None:
    """What fails under a parent that is down adds nothing; with the parent it is over."""
    await play.follow(1, "recip-e")
    await play.happens(onset("sts", play.now))
    await play.passes(minutes=2, step=60)
    await play.happens(onset("recip-e", play.now))
    await play.passes(minutes=20, step=600)
    await play.happens(resolved("sts", play.now))
    await play.passes(minutes=2, step=60)
    await play.happens(resolved("recip-e", play.now))
    await play.passes(minutes=20, step=60)
    assert play.telegram.texts(1) == [
        "onset sts=major_outage[recip-e]",
        "resolved sts=over[recip-e]",
    ]


async def test_child_that_stays_down_is_told_after_its_parent(play: Stage) -> None:
    """Five minutes after its parent is back, a child that still is down gets its own message."""
    await play.follow(1, "recip-e")
    await play.happens(onset("sts", play.now))
    await play.settle()
    await play.passes(minutes=2, step=60)
    await play.happens(onset("recip-e", play.now))
    await play.passes(minutes=20, step=600)
    await play.happens(resolved("sts", play.now))
    await play.passes(minutes=4, step=60)
    assert len(play.telegram.chats[1]) == 2
    await play.passes(minutes=2, step=60)
    assert play.telegram.texts(1)[2:] == ["onset recip-e=major_outage"]
    await play.happens(resolved("recip-e", play.now))
    await play.settle()
    assert play.telegram.texts(1)[3:] == ["resolved recip-e=over"]


async def test_worse_sounds_once_in_half_an_hour(play: Stage) -> None:
    """Getting worse is told aloud and edited in; again within 30 min it is edited in silently."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now, State.PARTIAL_OUTAGE))
    await play.settle()
    for minutes, messages in ((5, 2), (20, 2), (31, 3)):
        await play.passes(minutes=minutes, step=minutes * 60)
        await play.happens(worsened("eid", play.now))
        await play.settle()
        assert len(play.telegram.chats[1]) == messages
    first, second, _ = play.telegram.chats[1]
    assert (second.silent, second.reply_to) == (False, first.message_id)
    assert play.telegram.edits(1) == ["update eid=major_outage"] * 3


async def test_a_new_end_sounds_and_its_repetition_does_not(play: Stage) -> None:
    """A changed end time is told aloud; the same one again is no news."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    await play.settle()
    until = play.now + timedelta(hours=3)
    for _ in range(2):
        await play.passes(minutes=40, step=2400)
        await play.happens(new_end("eid", play.now, until))
        await play.settle()
    assert play.telegram.texts(1) == ["onset eid=major_outage", "update eid=major_outage"]


async def test_joining_does_not_go_on_for_ever(play: Stage) -> None:
    """Half a minute from the sound, not from what joined since: then there is another sound."""
    names = ("eid", "vitalink", "recip-e", "mycarenet")
    await play.follow(1, *names)
    for name in names:
        await play.happens(onset(name, play.now))
        await play.passes(seconds=25)
    first, second = play.telegram.chats[1]
    assert (first.silent, second.silent) == (False, False)
    assert (len(first.edits), len(second.edits)) == (1, 1)


async def test_flapping_is_told_once(play: Stage) -> None:
    """Unstable once, steady once; what happens in between is not told."""
    await play.follow(1, "eid")
    for kind in (
        ChangeKind.ONSET,
        ChangeKind.RESOLVED,
        ChangeKind.UNSTABLE,
        ChangeKind.UNSTABLE,
        ChangeKind.ONSET,
        ChangeKind.RESOLVED,
        ChangeKind.STEADY,
        ChangeKind.STEADY,
    ):
        await play.happens(change(kind, "eid", play.now))
        await play.passes(minutes=5, step=300)
    told = [text.split(" ")[0] for text in play.telegram.texts(1)]
    assert told == ["onset", "resolved", "unstable", "steady"]
    assert play.telegram.chats[1][3].reply_to == play.telegram.chats[1][2].message_id


async def test_came_and_went_before_its_turn(play: Stage) -> None:
    """Down and up before anything left: the chat never knew, so it hears nothing."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    await play.happens(resolved("eid", play.now + timedelta(seconds=1)))
    await play.settle()
    assert play.telegram.chats == {}


async def test_quiet_hours_wait_for_what_still_holds(play: Stage) -> None:
    """At night nothing is heard; in the morning what still is down is told, what is over not."""
    play.now = EVENING
    await play.follow(1, "eid", "vitalink", quiet="22-7")
    await play.happens(onset("eid", play.now), onset("vitalink", play.now))
    await play.passes(hours=3, step=1800)
    await play.happens(resolved("eid", play.now))
    await play.passes(hours=4.9, step=1800)
    assert play.telegram.chats == {}
    await play.passes(hours=0.2, step=60)
    assert play.telegram.texts(1) == ["onset vitalink=major_outage"]


async def test_night_duty_and_shorter_quiet_hours_count_at_once(play: Stage) -> None:
    """Leaving quiet hours for a night, or altogether, brings at once what waited."""
    play.now = EVENING
    await play.follow(1, "eid", quiet="22-7")
    await play.follow(2, "eid", quiet="22-7")
    await play.happens(onset("eid", play.now))
    await play.settle()
    await play.chats.leave_quiet(1, play.now + timedelta(hours=8))
    await play.follow(2, "eid")
    await play.settle()
    assert play.telegram.texts(1) == play.telegram.texts(2) == ["onset eid=major_outage"]


async def ten_sounds(play: Stage) -> None:
    """EID is down ten times, and back."""
    for _ in range(10):
        await play.happens(onset("eid", play.now))
        await play.passes(minutes=3, step=180)
        await play.happens(resolved("eid", play.now))
        await play.passes(minutes=3, step=180)


async def test_ten_sounds_a_day(play: Stage) -> None:
    """After ten sounds in a day the rest waits for the morning's digest, as one message."""
    await play.follow(1, "eid", "vitalink")
    await play.follow(2, "eid", "vitalink", "recip-e", profession="pharmacist")
    await ten_sounds(play)
    assert len(play.telegram.chats[1]) == 20
    await play.happens(onset("eid", play.now), onset("vitalink", play.now))
    await play.passes(minutes=1, step=60)
    assert len(play.telegram.chats[1]) == 20
    await play.happens(onset("recip-e", play.now))
    await play.settle()
    assert play.telegram.texts(2)[20:] == ["onset recip-e=major_outage"]
    await play.passes(hours=20, step=3600)
    assert play.telegram.texts(1)[20:] == ["onset eid=major_outage vitalink=major_outage"]


async def overflow_of_a_night(play: Stage) -> None:
    """Ten sounds after midnight, and an eleventh outage that waits; left before eight."""
    play.now = EVENING + timedelta(hours=3)
    await play.follow(1, "eid", "vitalink")
    await ten_sounds(play)
    await play.happens(onset("vitalink", play.now))
    await play.passes(hours=4.9, step=600)


async def test_the_overflow_of_a_night_is_told_the_same_morning(play: Stage) -> None:
    """The digest at eight is of the day whose ten sounds were heard: it counts for itself."""
    await overflow_of_a_night(play)
    assert len(play.telegram.chats[1]) == 20
    await play.passes(hours=1, step=600)
    assert play.telegram.texts(1)[20:] == ["onset vitalink=major_outage"]


async def test_what_waits_for_the_digest_is_told_once_it_stops_the_work(play: Stage) -> None:
    """Held back as the eleventh sound it was no trouble for her; now she cannot work."""
    await play.follow(1, "eid", "recip-e", profession="pharmacist")
    await ten_sounds(play)
    await play.happens(onset("recip-e", play.now, State.PARTIAL_OUTAGE))
    await play.passes(minutes=5, step=60)
    await play.happens(onset("recip-e", play.now, State.DEGRADED))
    await play.passes(minutes=5, step=60)
    assert len(play.telegram.chats[1]) == 20
    await play.happens(worsened("recip-e", play.now))
    await play.settle()
    (told,) = play.telegram.chats[1][20:]
    assert (told.text, told.silent) == ("onset REC-0001-1 recip-e=major_outage", False)


async def test_planned_work(play: Stage) -> None:
    """Told in the next morning's digest and an hour ahead."""
    await play.follow(1, "vitalink")
    starts = play.now + timedelta(days=3)
    await play.happens(window(play.now, starts))
    await play.passes(hours=19, step=1800)
    assert play.telegram.chats == {}
    await play.passes(hours=2, step=1800)
    assert len(play.telegram.chats[1]) == 1
    await play.happens(window(play.now, starts))
    await play.passes(hours=72 - 21 - 1.5, step=1800)
    assert len(play.telegram.chats[1]) == 1
    await play.passes(hours=1, step=1800)
    assert play.telegram.texts(1) == ["planned vitalink=maintenance"] * 2


async def test_work_that_is_moved(play: Stage) -> None:
    """Who was told reads it as a silent reply; all are told an hour ahead of its new hours only."""
    await play.follow(1, "vitalink")
    starts = play.now + timedelta(days=2)
    await play.happens(window(play.now, starts))
    await play.passes(hours=24, step=1800)
    await play.follow(2, "vitalink")
    await play.happens(window(play.now, starts + timedelta(days=1)))
    await play.settle()
    first, moved = play.telegram.chats[1]
    assert (moved.text, moved.silent) == ("replanned VIT-0001-3 vitalink=maintenance", True)
    assert moved.reply_to == first.message_id
    assert 2 not in play.telegram.chats
    await play.passes(hours=46, step=1800)
    assert play.telegram.texts(2) == ["planned vitalink=maintenance"]
    assert len(play.telegram.chats[1]) == 2
    await play.passes(hours=1, step=1800)
    assert play.telegram.texts(1)[2:] == ["planned vitalink=maintenance"]
    assert play.telegram.texts(2) == ["planned vitalink=maintenance"] * 2


async def test_work_that_is_brought_forward_to_within_the_hour(play: Stage) -> None:
    """All are told with a sound, of the same incident; an hour ahead comes no more."""
    await play.follow(1, "vitalink")
    starts = play.now + timedelta(days=2)
    await play.happens(window(play.now, starts))
    await play.passes(hours=24, step=1800)
    await play.happens(window(play.now, play.now + timedelta(minutes=50)))
    await play.passes(hours=3, step=600)
    _, sooner = play.telegram.chats[1]
    assert (sooner.text, sooner.silent) == ("planned VIT-0001-3 vitalink=maintenance", False)


@pytest.mark.parametrize(
    ("was_felt", "put_off", "hours"),
    [(True, 0, 3), (True, 10, 2), (False, 0, 2)],
    ids=["it will last longer", "it begins a little later", "it will be felt after all"],
)
async def test_work_that_changes_just_before_its_reminder(
    play: Stage, was_felt: bool, put_off: int, hours: int
) -> None:
    """Who was told hears of it an hour ahead all the same; who was not, at once and no more."""
    await play.follow(1, "vitalink")
    starts = play.now + timedelta(days=2)
    await play.happens(window(play.now, starts, felt=was_felt))
    await play.passes(hours=46, minutes=45, step=900)
    await play.follow(2, "vitalink")
    starts += timedelta(minutes=put_off)
    await play.happens(window(play.now, starts, hours))
    await play.settle()
    assert [seen.silent for seen in play.telegram.chats[1][1:]] == [True]
    await play.passes(hours=4, step=300)
    told, _, ahead = play.telegram.chats[1]
    assert (told.silent, ahead.silent) == (not was_felt, False)
    assert play.telegram.texts(1)[1:] == ["replanned vitalink=maintenance", PLANNED]
    assert play.telegram.texts(2) == [PLANNED]


async def test_work_that_is_under_way_before_its_hours(play: Stage) -> None:
    """Of the hours that it was announced for, nobody is reminded."""
    await play.follow(1, "vitalink")
    starts = play.now + timedelta(days=2)
    await play.happens(window(play.now, starts))
    await play.passes(hours=24, step=1800)
    await play.happens(window(play.now, play.now - timedelta(minutes=1)))
    await play.passes(hours=26, step=1800)
    assert play.telegram.texts(1) == [PLANNED, "replanned vitalink=maintenance"]


async def test_work_that_is_called_off(play: Stage) -> None:
    """Who was told reads it as a silent reply; an hour ahead of it nothing is said any more."""
    await play.follow(1, "vitalink")
    starts = play.now + timedelta(days=2)
    await play.happens(window(play.now, starts))
    await play.passes(hours=24, step=1800)
    await play.follow(2, "vitalink")
    await play.happens(called_off(play.now, starts))
    await play.passes(hours=26, step=1800)
    first, off = play.telegram.chats[1]
    assert (off.text, off.silent) == ("called_off VIT-0001-3 vitalink=over", True)
    assert off.reply_to == first.message_id
    assert 2 not in play.telegram.chats


async def test_work_that_was_called_off_before_anybody_was_told(play: Stage) -> None:
    """Nobody hears of it."""
    await play.follow(1, "vitalink")
    starts = play.now + timedelta(days=2)
    await play.happens(window(play.now, starts))
    await play.happens(called_off(play.now + timedelta(hours=1), starts))
    await play.passes(hours=50, step=1800)
    assert play.telegram.chats == {}


async def test_work_without_effect(play: Stage) -> None:
    """In the morning's digest, without a sound; an hour ahead nothing more."""
    await play.follow(1, "vitalink")
    await play.happens(window(play.now, play.now + timedelta(days=2), felt=False))
    await play.passes(hours=50, step=1800)
    (told,) = play.telegram.chats[1]
    assert (told.text, told.silent) == ("planned VIT-0001-1 vitalink=maintenance", True)


@pytest.mark.parametrize(("hours", "told"), [(2, []), (6, ["planned vitalink=maintenance"])])
async def test_work_in_quiet_hours(play: Stage, hours: float, told: list[str]) -> None:
    """In the morning what still goes on is told; what began and ended at night is not."""
    play.now = EVENING
    await play.follow(1, "vitalink", quiet="22-7")
    await play.happens(window(play.now, play.now + timedelta(hours=4), hours))
    await play.passes(hours=9, step=1800)
    assert play.telegram.texts(1) == told


async def test_work_without_an_end_in_quiet_hours(play: Stage) -> None:
    """In the morning it may go on still: it is told, whatever else happened in the night."""
    play.now = EVENING
    await play.follow(1, "vitalink", quiet="22-7")
    endless = window(play.now, play.now + timedelta(hours=4))
    assert endless.incident is not None
    await play.happens(replace(endless, incident=replace(endless.incident, ends_at=None)))
    await play.passes(hours=6, step=1800)
    await play.happens(onset("eid", play.now))
    await play.outbox.purge(play.now)
    await play.passes(hours=3, step=1800)
    assert play.telegram.texts(1) == [PLANNED]


async def test_planned_for_today_is_told_now(play: Stage) -> None:
    """Work within a day does not wait for a digest that might come too late."""
    await play.follow(1, "vitalink")
    await play.happens(window(play.now, play.now + timedelta(minutes=50)))
    await play.passes(hours=2, step=600)
    assert play.telegram.texts(1) == ["planned vitalink=maintenance"]


async def test_emergency_route(play: Stage) -> None:
    """The order to leave the normal route, and its end, are told beside an outage."""
    await play.follow(1, "recip-e")
    for kind in (ChangeKind.ONSET, ChangeKind.EMERGENCY_ON, ChangeKind.EMERGENCY_OFF):
        await play.happens(change(kind, "recip-e", play.now))
        await play.passes(minutes=5, step=300)
    told = [text.split(" ")[0] for text in play.telegram.texts(1)]
    assert told == ["onset", "emergency_on", "emergency_off"]


@pytest.mark.parametrize("quits", ["unsubscribes", "stops", "is blocked"])
async def test_leaving_in_mid_broadcast(play: Stage, quits: str) -> None:
    """Who leaves while a ping waits does not get it, nor the end of what it never heard of."""
    await play.follow(1, "eid")
    await play.happens(onset("eid", play.now))
    match quits:
        case "unsubscribes":
            await play.follow(1)
        case "stops":
            await play.chats.forget(1)
        case _:
            await play.chats.set_reachable(1, reachable=False)
    await play.settle()
    await play.happens(resolved("eid", play.now))
    await play.settle()
    assert play.telegram.chats == {}


async def test_announced_by_hand(play: Stage) -> None:
    """An announcement reaches the followers, and a source that says the same adds no ping."""
    await play.follow(1, "eid")
    by = Hand(42, "announce", 1)
    recorded = await play.fanout.announce(onset("eid", play.now), play.now, by)
    assert (recorded.rows, recorded.codes) == (1, ("EID-0001-1",))
    await play.settle()
    await play.happens(onset("eid", play.now))
    await play.settle()
    assert play.telegram.texts(1) == ["onset eid=major_outage"]


async def test_worse_than_announced_by_hand(play: Stage) -> None:
    """The team said that it works in part; the source says that it is down: that is heard."""
    await play.follow(1, "eid")
    by = Hand(42, "announce", 1)
    await play.fanout.announce(onset("eid", play.now, State.PARTIAL_OUTAGE), play.now, by)
    await play.passes(minutes=5, step=60)
    await play.happens(onset("eid", play.now))
    await play.settle()
    assert play.telegram.texts(1) == ["onset eid=partial_outage", "worsened eid=major_outage"]
    assert [seen.silent for seen in play.telegram.chats[1]] == [False, False]


async def test_the_heart_beats_once_a_minute(play: Stage) -> None:
    """The sender's own loop gives the sign of life."""
    await play.passes(minutes=5, step=10)
    assert play.beats == 5
    assert play.troubles == []
