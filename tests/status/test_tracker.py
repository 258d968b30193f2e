"""What is told of services: stories over several reads, sources and restarts."""

from dataclasses import replace
from datetime import timedelta

from bot.status.model import (
    ChangeKind,
    Confirmed,
    Incident,
    Phase,
    State,
)
from bot.status.observations import Observation
from tests.status.samples import NOON, after, knowledge, service, source
from tests.status.story import DOWN, SLOW, UP, Story, incident, routes, two_services


def test_the_first_reads_of_an_empty_store_are_not_told_but_kept() -> None:
    """What is open when the bot is installed is shown, not told."""
    story = Story(two_services())
    assert story.read({"sts": DOWN, "recip-e": UP}) == []
    assert story.tracker.confirmed["sts"].state is DOWN
    assert story.read({"sts": DOWN}, "other") == []


def test_an_outage_is_told_once_and_so_is_its_end() -> None:
    """With the same key, and with when it began."""
    story = Story(two_services())
    story.read({"sts": UP})
    assert story.read({"sts": DOWN}, times=3) == ["onset sts"]
    assert story.read({"sts": DOWN}, times=5) == []
    assert story.read({"sts": UP}, times=3) == ["resolved sts"]
    onset, resolved = story.told
    assert onset.key == resolved.key == "sts:2026-03-02T12:01Z"
    assert (onset.since, onset.at) == (after(minutes=1), after(minutes=3))
    assert (resolved.since, resolved.current) == (after(minutes=1), UP)


def test_what_the_first_read_meets_was_not_seen_to_begin() -> None:
    """Neither is it after a restart; what changes under our eyes is."""
    story = Story(two_services())
    story.read({"sts": UP, "recip-e": DOWN})
    assert not any(kept.witnessed for kept in story.tracker.confirmed.values())
    story.read({"sts": DOWN, "recip-e": UP}, times=4)
    kept = story.tracker.confirmed
    assert kept["sts"].witnessed
    assert kept["recip-e"].witnessed
    assert kept["recip-e"].since == after(minutes=1)  # the first of the clean reads
    again = Story(two_services(), tuple(replace(one, witnessed=False) for one in kept.values()))
    again.read({"sts": DOWN, "recip-e": UP}, times=4)
    assert not any(one.witnessed for one in again.tracker.confirmed.values())


def test_an_incident_tells_when_what_the_first_read_meets_began() -> None:
    """Then that is known, though we did not see it."""
    story = Story(two_services())
    began = after(hours=-2)
    incident = Incident("i", "pages", "A", Phase.INVESTIGATING, ("sts",), DOWN, started_at=began)
    story.take("pages", [Observation("sts", "pages", NOON, DOWN, incident=incident)])
    kept = story.tracker.confirmed["sts"]
    assert (kept.since, kept.witnessed) == (began, True)


def test_two_outages_of_one_day_have_two_keys() -> None:
    """Or the second would be taken for the first."""
    story = Story(two_services())
    story.read({"sts": UP})
    for _ in range(2):
        story.read({"sts": DOWN}, times=3)
        story.read({"sts": UP}, times=40)
    keys = [change.key for change in story.told if change.kind is ChangeKind.ONSET]
    assert len(set(keys)) == 2


def test_worse_and_less_bad_go_on_under_the_same_key() -> None:
    """It is one trouble until the service is fine."""
    story = Story(two_services())
    story.read({"sts": UP})
    assert story.read({"sts": SLOW}, times=3) == ["onset sts"]
    assert story.read({"sts": DOWN}, times=3) == ["worsened sts"]
    assert story.read({"sts": SLOW}, times=3) == ["update sts"]
    assert story.read({"sts": State.MAINTENANCE}, times=3) == ["update sts"]
    assert story.read({"sts": UP}, times=3) == ["resolved sts"]
    assert len({change.key for change in story.told}) == 1
    assert {change.since for change in story.told} == {after(minutes=1)}


def test_maintenance_and_back_is_not_told() -> None:
    """Work that was announced is told when it is announced, not when it runs."""
    story = Story(two_services())
    story.read({"sts": UP})
    assert story.read({"sts": State.MAINTENANCE}, times=9) + story.read({"sts": UP}, times=9) == []


def test_the_worst_source_counts_and_a_silent_one_concludes_nothing() -> None:
    """One source says fine, the other down: down. A source that is not read says nothing."""
    story = Story(two_services())
    story.read({"sts": UP})
    story.read({"sts": UP}, "other")
    assert story.read({"sts": DOWN}, "other", times=3) == ["onset sts"]
    assert story.read({"sts": UP}, "pages", times=14) == []
    assert story.read({"sts": UP}, "other", times=3) == ["resolved sts"]


def test_a_source_that_is_silent_for_fifteen_minutes_counts_no_longer_beside_one_that_speaks() -> (
    None
):
    """As on the board. What it says when it is back has to pass the thresholds anew."""
    story = Story(two_services())
    story.read({"sts": UP})
    story.read({"sts": UP}, "other")
    story.read({"sts": DOWN}, "other", times=3)
    assert story.read({"sts": UP}, "pages", times=15) == []
    assert story.read({"sts": UP}, "pages") == ["resolved sts"]
    assert story.read({"sts": DOWN}, "pages", times=3) == ["onset sts"]
    assert story.read({"sts": UP}, "pages", times=3) == ["resolved sts"]
    assert story.read({"sts": DOWN}, "other", times=2) == []
    assert story.read({"sts": DOWN}, "other") == ["onset sts"]


def test_time_in_which_nobody_was_heard_is_not_their_silence() -> None:
    """Our network was down for an hour: the first source that is read again ends nothing."""
    story = Story(two_services())
    story.read({"sts": UP})
    story.read({"sts": UP}, "other")
    story.read({"sts": DOWN}, "other", times=3)
    story.minute += 60
    assert story.read({"sts": UP}, "pages", times=14) == []
    assert story.read({"sts": UP}, "other", times=3) == ["resolved sts"]


def test_a_source_that_is_read_just_in_time_is_no_deafness_of_ours() -> None:
    """Every three intervals: the silence of the other one counts."""
    story = Story(two_services())
    story.read({"sts": UP})
    story.read({"sts": UP}, "other")
    story.read({"sts": DOWN}, "other", times=3)
    assert story.read({"sts": UP}, "pages", times=5, step=3) == []
    assert story.read({"sts": UP}, "pages", times=2, step=3) == ["resolved sts"]


def test_a_silent_source_in_whose_place_nobody_counted_goes_on_where_it_was() -> None:
    """Two reads before its silence and one after it are three."""
    story = Story(two_services())
    story.read({"recip-e": UP})
    story.read({"recip-e": DOWN}, times=2)
    story.read({"sts": UP}, "other", times=20)
    assert story.read({"recip-e": DOWN}) == ["onset recip-e"]


def test_no_open_incident_at_another_source_does_not_end_what_a_silent_one_told() -> None:
    """Who tells incidents alone never says that all is fine."""
    story = Story(two_services())
    story.read({"sts": UP}, "other")
    story.read({"sts": DOWN}, "other", times=3)
    for _ in range(40):
        at = NOON + timedelta(minutes=story.minute)
        assert story.take("pages", [Observation("sts", "pages", at, UP, by_component=False)]) == []
        story.minute += 1
    assert story.tracker.confirmed["sts"].state is DOWN


def test_a_child_is_told_with_the_parents_that_are_down() -> None:
    """So that alerts can tell the parent alone."""
    story = Story(two_services())
    story.read({"sts": UP, "recip-e": UP})
    story.read({"sts": DOWN, "recip-e": DOWN}, times=3)
    assert [(c.service, c.affected_by) for c in story.told] == [("sts", ()), ("recip-e", ("sts",))]


def test_a_restart_repeats_nothing_and_loses_nothing() -> None:
    """Unchanged: silent. Changed meanwhile: told once, after the same thresholds."""
    story = Story(two_services())
    story.read({"sts": UP, "recip-e": UP})
    story.read({"sts": DOWN, "recip-e": UP}, times=3)
    again = story.restarted()
    assert again.read({"sts": DOWN, "recip-e": UP}, times=5) == []
    back = again.restarted()
    assert back.read({"sts": UP, "recip-e": DOWN}, times=3) == ["resolved sts", "onset recip-e"]
    assert back.told[0].key == story.told[0].key


def test_after_a_restart_another_source_that_is_read_first_ends_nothing() -> None:
    """The source that told the outage has not been asked yet."""
    story = Story(two_services())
    story.read({"sts": UP})
    story.read({"sts": DOWN}, times=3)
    again = story.restarted()
    assert again.read({"sts": UP}, "other", times=9) == []
    assert again.tracker.confirmed["sts"].state is DOWN
    assert again.read({"sts": UP}, "pages", times=3) == ["resolved sts"]
    unread = story.restarted()
    assert unread.read({"sts": UP}, "other", times=16) == []
    assert unread.read({"sts": UP}, "other") == ["resolved sts"], "it never came back"


def test_after_a_restart_a_source_that_is_gone_does_not_hold_a_state_for_ever() -> None:
    """The next source that is read goes on from what was believed."""
    kept = Confirmed("sts", DOWN, NOON, "withdrawn", key="sts:1")
    story = Story(two_services(), (kept,))
    assert story.read({"sts": UP}, times=3) == ["resolved sts"]


def test_three_rounds_within_an_hour_are_unstable_until_half_an_hour_is_steady() -> None:
    """Three onsets, one ping that it is unstable, one that it is steady; nothing between."""
    story = Story(two_services())
    story.read({"sts": UP})
    told = []
    for _ in range(5):
        told += story.read({"sts": DOWN}, times=3)
        told += story.read({"sts": UP}, times=3)
    assert told == ["onset sts", "resolved sts"] * 2 + ["onset sts", "unstable sts"]
    assert story.restarted().tracker.confirmed["sts"].unstable
    assert story.read({"sts": UP}, times=27) == []
    assert story.read({"sts": UP}, times=3) == ["steady sts"]
    assert story.read({"sts": DOWN}, times=3) == ["onset sts"]


def test_an_incident_of_its_own_id_gives_the_key_and_its_phases_are_updates() -> None:
    """Told after one confirming read; a phase that moves on edits the ping, prose does not."""
    story = Story(two_services())
    story.read({"sts": UP})

    def seen(state: State, phase: Phase) -> list[str]:
        one = incident(phase)
        is_open = phase.is_open
        told = story.take(
            "pages",
            [
                Observation(
                    "sts",
                    "pages",
                    NOON + timedelta(minutes=story.minute),
                    state,
                    incident=one if is_open else None,
                    closed={} if is_open else {"i": one},
                )
            ],
        )
        story.minute += 0.5
        return told

    assert seen(DOWN, Phase.INVESTIGATING) == []
    assert seen(DOWN, Phase.INVESTIGATING) == ["onset sts"]
    assert seen(DOWN, Phase.INVESTIGATING) == []
    assert seen(DOWN, Phase.IDENTIFIED) == ["update sts"]
    assert seen(UP, Phase.RESOLVED) == []
    assert seen(UP, Phase.RESOLVED) == ["resolved sts"]
    assert {change.key for change in story.told} == {"pages:i"}
    assert story.told[-1].incident == incident(Phase.RESOLVED)


def test_an_outage_of_which_nobody_writes_is_not_the_last_one() -> None:
    """Neither its words nor its beginning nor its key are those of an incident that is over."""
    story = Story(two_services())

    def seen(state: State, phase: Phase | None = None, times: int = 4) -> list[str]:
        told: list[str] = []
        for _ in range(times):
            at = after(minutes=story.minute)
            one = incident(phase) if phase else None
            told += story.take("pages", [Observation("sts", "pages", at, state, incident=one)])
            story.minute += 1
        return told

    seen(UP)
    assert seen(DOWN, Phase.INVESTIGATING) == ["onset sts"]
    assert seen(UP) == ["resolved sts"]
    story.minute += 60 * 24
    assert seen(DOWN) == ["onset sts"]
    last = story.told[-1]
    assert last.incident is None
    assert last.since >= after(days=1)
    assert last.key != story.told[0].key


def test_an_outage_keeps_its_words_where_they_are_listed_no_more() -> None:
    """The page shows it still, only less bad: that is no other outage."""
    story = Story(two_services())
    reads = [(UP, None), *[(DOWN, incident(Phase.INVESTIGATING))] * 2, *[(SLOW, None)] * 3]
    for story.minute, (state, words) in enumerate(reads):
        at = after(minutes=story.minute)
        story.take("pages", [Observation("sts", "pages", at, state, incident=words)])
    assert [(told.current, told.incident) for told in story.told] == [
        (DOWN, incident(Phase.INVESTIGATING)),
        (SLOW, incident(Phase.INVESTIGATING)),
    ]


def test_a_changed_end_is_told() -> None:
    """The phase may stay the same; the same end again is no news."""
    base = Incident("i", "pages", "Down", Phase.IDENTIFIED, ("sts",), DOWN)
    story = Story(two_services())
    story.read({"sts": UP})
    told = []
    for hours in (None, None, None, 2, 2, 3):
        ends = after(hours=hours) if hours else None
        at = NOON + timedelta(minutes=story.minute)
        seen = Observation("sts", "pages", at, DOWN, incident=replace(base, ends_at=ends))
        told.append(story.take("pages", [seen]))
        story.minute += 1
    assert told == [[], ["onset sts"], [], ["update sts"], [], ["update sts"]]


def test_a_source_of_incidents_alone_tells_trouble_and_its_end_but_never_fine() -> None:
    """What is kept without trouble is unknown, so that no history calls it fine."""
    story = Story(two_services())

    def seen(phase: Phase | None) -> list[str]:
        one = incident(phase) if phase else None
        is_open = phase is not None and phase.is_open
        told = story.take(
            "pages",
            [
                Observation(
                    "sts",
                    "pages",
                    NOON + timedelta(minutes=story.minute),
                    DOWN if is_open else UP,
                    by_component=False,
                    incident=one if is_open else None,
                    closed={"i": one} if one and not is_open else {},
                )
            ],
        )
        story.minute += 1
        return told

    assert seen(None) == []
    assert story.tracker.confirmed["sts"].state is State.UNKNOWN
    assert [seen(Phase.INVESTIGATING), seen(Phase.INVESTIGATING)] == [[], ["onset sts"]]
    assert [seen(None), seen(None)] == [[], []], "no longer listed is not yet over"
    assert seen(Phase.RESOLVED) == ["resolved sts"]
    assert story.tracker.confirmed["sts"].state is State.UNKNOWN
    again = story.restarted()
    story.tracker, story.told = again.tracker, []
    assert [seen(Phase.INVESTIGATING), seen(Phase.INVESTIGATING)][-1] == ["onset sts"]


def test_the_emergency_switch_is_told_on_and_off_beside_the_state() -> None:
    """After a confirming read; since when the list was issued; by which route."""
    base = knowledge(service("sts"), source(), source("routes", "ehealth-bcp"))
    story = Story(base)
    story.read({"sts": UP})

    def read(active: bool) -> list[str]:
        told = story.take("routes", [routes(active, story.minute)])
        story.minute += 0.5
        return told

    assert read(active=False) == []
    assert [read(active=True), read(active=True)] == [[], ["emergency_on sts"]]
    emergency = story.told[-1].emergency
    assert emergency is not None
    assert (emergency.route, emergency.since) == ("detour.example", after(minutes=-1))
    assert story.tracker.confirmed["sts"].emergency == emergency
    assert story.tracker.confirmed["sts"].state is UP
    again = story.restarted()
    assert again.take("routes", [routes(active=True, minute=again.minute)]) == []
    assert [read(active=False), read(active=False)] == [[], ["emergency_off sts"]]
    assert story.told[0].key == story.told[1].key


def test_a_detour_that_was_on_before_the_bot_was_installed_is_not_told() -> None:
    """The baseline holds for the switch too."""
    story = Story(knowledge(service("sts"), source("routes", "ehealth-bcp")))
    assert story.take("routes", [routes(active=True, minute=0)]) == []
    assert story.tracker.confirmed["sts"].emergency is not None


def test_a_service_made_of_parts_is_told_through_them() -> None:
    """Degraded while one is out; a restart does not leave it so for ever."""
    base = knowledge(
        service("recip-e"),
        service("dpp"),
        service("vidis", derived_from=("recip-e", "dpp")),
        source(services={"recip-e": "recip-e", "dpp": "dpp", "VIDIS": "vidis"}),
    )
    story = Story(base)
    story.read({"recip-e": UP, "dpp": UP})
    assert story.read({"recip-e": UP, "dpp": DOWN}, times=3) == ["onset dpp", "onset vidis"]
    assert story.told[-1].affected_by == ("dpp",)
    again = story.restarted()
    told = again.read({"recip-e": UP, "dpp": UP}, times=3)
    assert told == ["resolved dpp", "resolved vidis"]
