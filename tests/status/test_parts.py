"""Services that are made of parts, told of through them."""

from bot.knowledge.base import Knowledge
from bot.status.model import Change, ChangeKind, Confirmed, State
from tests.status.samples import after, knowledge, service, source
from tests.status.story import DOWN, SLOW, UP, Story


def base(**own: str) -> Knowledge:
    """VIDIS is made of Recip-e and DPP; `own`: a component that it may have itself."""
    return knowledge(
        service("recip-e"),
        service("dpp"),
        service("vidis", derived_from=("recip-e", "dpp")),
        source(services={"recip-e": "recip-e"}),
        source("other", services={"dpp": "dpp", **own}),
    )


def both_fine() -> Story:
    """Both parts were read, and are fine."""
    story = Story(base())
    story.read({"recip-e": UP}, step=0)
    story.read({"dpp": UP}, "other")
    return story


def test_it_began_when_its_part_did() -> None:
    """And is told with the part's source, at the moment of the read."""
    story = both_fine()
    story.read({"dpp": DOWN}, "other", times=3)
    assert story.told[-1] == Change(
        kind=ChangeKind.ONSET,
        service="vidis",
        previous=UP,
        current=SLOW,
        at=after(minutes=3),
        since=after(minutes=1),
        source="other",
        key="vidis:2026-03-02T12:01Z",
        affected_by=("dpp",),
    )


def test_it_is_fine_from_when_that_is_believed() -> None:
    """Its parts may have been fine for long."""
    story = both_fine()
    assert story.tracker.confirmed["vidis"].state is UP
    story.read({"dpp": DOWN}, "other", times=3)
    assert story.read({"dpp": UP}, "other", times=3) == ["resolved dpp", "resolved vidis"]
    kept = story.tracker.confirmed["vidis"]
    assert (kept.state, kept.since) == (UP, after(minutes=6))


def test_while_a_part_was_never_read_it_is_known_only_if_another_is_out() -> None:
    """One that is fine does not speak for the whole."""
    story = Story(base())
    story.read({"recip-e": UP})
    assert "vidis" not in story.tracker.confirmed
    story.read({"recip-e": DOWN}, times=3)
    assert story.tracker.confirmed["vidis"].state is SLOW


def test_its_own_source_speaks_before_its_parts() -> None:
    """As soon as that has said a word of it."""
    story = Story(base(VIDIS="vidis"))
    story.read({"recip-e": UP}, step=0)
    story.read({"dpp": UP, "vidis": UP}, "other")
    assert story.read({"dpp": DOWN, "vidis": UP}, "other", times=5) == ["onset dpp"]
    assert story.tracker.confirmed["vidis"].state is UP


def test_after_a_restart_it_goes_on_from_what_was_kept() -> None:
    """Also where the first to speak is a source of its own."""
    kept = Confirmed("vidis", DOWN, after(hours=-1), "pages", key="vidis:1")
    story = Story(base(VIDIS="vidis"), (kept,))
    assert story.read({"vidis": State.UNKNOWN}, "other") == []
    assert story.tracker.confirmed["vidis"] == kept
