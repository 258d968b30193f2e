"""What must hold at the end of every story, whatever happened in it."""

from collections import Counter
from collections.abc import Iterator

from tests.simulation.story import Story

FINAL = {"sent", "superseded", "expired", "dead", "blocked"}
MOST_A_SECOND = 30
MOST_IN_FLIGHT = 8
GROUP_SECONDS = 30
SLOWEST_REQUEST = 40
OPENING = ("onset", "unstable", "planned", "emergency_on", "edit onset")
CLOSING = ("resolved", "steady", "emergency_off")


def broken(story: Story) -> list[str]:
    """The rules that the story broke, each in a sentence."""
    return [
        *_all_ended(story),
        *_sent_was_seen(story),
        *_copies_within_bound(story),
        *_no_end_without_beginning(story),
        *_news_is_heard(story),
        *_nothing_after_leaving(story),
        *_never_over_the_rate(story),
        *_nothing_during_a_ban(story),
        *_few_in_flight(story),
    ]


def _all_ended(story: Story) -> Iterator[str]:
    """Every due (event, chat) ends in exactly one final state."""
    for row in story.disk.rows("SELECT id, kind, state, reason, chat_id FROM deliveries"):
        if row["state"] not in FINAL:
            yield f"row {row['id']} ({row['kind']}) is still {row['state']}, {row['reason']}"


def _sent_was_seen(story: Story) -> Iterator[str]:
    """What is marked as sent is in the chat."""
    sql = (
        "SELECT d.chat_id, d.kind, d.version, d.edits, i.prefix, i.number FROM deliveries d"
        " JOIN incidents i ON i.id = d.incident_id WHERE d.state = 'sent'"
    )
    for row in story.disk.rows(sql):
        code = f"{row['prefix']}-{row['number']:04d}-{row['version']}"
        person = story.telegram.people.get(story.telegram.moved.get(row["chat_id"], row["chat_id"]))
        if person is None or not any(code in one.codes for one in person.shown):
            yield f"{row['kind']} {code} is marked as sent and was never seen"


def _copies_within_bound(story: Story) -> Iterator[str]:
    """No copy without a crash or an unanswered request, and no more copies than those."""
    for person in story.telegram.people.values():
        seen = Counter(
            (one.kind, code)
            for one in person.shown
            if not one.kind.startswith("edit")
            for code in one.codes
        )
        for (kind, code), count in seen.items():
            if count > 1 + person.doubts.get(code, 0):
                yield f"{kind} {code} was seen {count} times, {person.doubts.get(code, 0)} in doubt"


def _no_end_without_beginning(story: Story) -> Iterator[str]:
    """Nobody hears that something is over of which he never heard that it began."""
    for person in story.telegram.people.values():
        begun: set[str] = set()
        for one in person.shown:
            incidents = {code.rsplit("-", 1)[0] for code in one.codes}
            if one.kind in OPENING:
                begun |= incidents
            elif one.kind in CLOSING and not incidents <= begun:
                yield f"{one.kind} {one.codes} came before its beginning"


def _news_is_heard(story: Story) -> Iterator[str]:
    """News is edited in only where the chat heard a sound a moment ago, of what still is down."""
    for person in story.telegram.people.values():
        for place, one in enumerate(person.shown):
            if one.kind != "edit onset":
                continue
            sound = max(s.at for s in person.shown if s.message_id == one.message_id and not s.edit)
            if one.at - sound > GROUP_SECONDS + SLOWEST_REQUEST:
                yield f"{one.codes} joined a message {one.at - sound:.0f} s old"
            between = person.shown[:place]
            if any(s.kind in CLOSING and s.reply_to == one.message_id for s in between):
                yield f"{one.codes} joined a message that was over"


def _nothing_after_leaving(story: Story) -> Iterator[str]:
    """After /stop or /unsubscribe no send starts."""
    for left in story.left:
        for asked in story.telegram.asked:
            if asked.person == left.person and left.at < asked.at < left.until:
                yield f"{asked.codes} was sent at {asked.at:.3f}, after leaving at {left.at:.3f}"


def _never_over_the_rate(story: Story) -> Iterator[str]:
    """Never more than 30 requests in any second of one life."""
    moments = [(asked.life, asked.at) for asked in story.telegram.asked]
    for (life, first), (same, last) in zip(moments, moments[MOST_A_SECOND:], strict=False):
        if life == same and last - first < 1:
            yield f"over {MOST_A_SECOND} requests in the second from {first:.3f}"


def _nothing_during_a_ban(story: Story) -> Iterator[str]:
    """While Telegram asks to wait, the process that was asked sends nothing."""
    for begin, life, end in story.telegram.bans:
        for asked in story.telegram.asked:
            if asked.life == life and begin < asked.at < end:
                yield f"a send at {asked.at:.3f}, told to wait from {begin:.3f} to {end:.3f}"


def _few_in_flight(story: Story) -> Iterator[str]:
    if story.telegram.most_in_flight > MOST_IN_FLIGHT:
        yield f"{story.telegram.most_in_flight} requests at once"
