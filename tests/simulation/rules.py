"""What must hold at the end of every story, whatever happened in it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.alerts.codes import written
from bot.status.model import ChangeKind
from tests.alerts.world import GRAPH
from tests.simulation.story import Story
from tests.simulation.telegram import Shown

FINAL = {"sent", "superseded", "expired", "dead", "blocked"}
MOST_IN_FLIGHT = 8
GROUP_SECONDS = 30
SLOWEST_REQUEST = 40
LONG_AGO = GROUP_SECONDS + SLOWEST_REQUEST
LATE = 200
"""Seconds from a read to its news: the disk may fail for 40, and a stalled look is done again."""
OPENING = ("onset", "unstable", "planned", "emergency_on", "edit onset")
CLOSING = ("resolved", "steady", "emergency_off")


def broken(story: Story) -> list[str]:
    """The rules that the story broke, each in a sentence."""
    return [
        *story.world.broken,
        *_all_ended(story),
        *_sent_was_seen(story),
        *_copies_within_bound(story),
        *_changes_are_made_once(story),
        *_no_end_without_beginning(story),
        *_no_beginning_without_end(story),
        *_news_is_heard(story),
        *_nothing_after_leaving(story),
        *_never_over_the_rate(story),
        *_nothing_during_a_ban(story),
        *_few_in_flight(story),
        *_the_most_urgent_first(story),
        *_only_what_pages_said(story),
        *_no_news_of_what_is_over(story),
        *_followers_have_rows(story),
        *_every_change_is_kept(story),
        *_all_is_over(story),
    ]


def _all_ended(story: Story) -> Iterator[str]:
    """Every due (event, chat) ends in exactly one final state."""
    for row in story.world.disk.rows("SELECT id, kind, state, reason, chat_id FROM deliveries"):
        if row["state"] not in FINAL:
            yield f"row {row['id']} ({row['kind']}) is still {row['state']}, {row['reason']}"


def _sent_was_seen(story: Story) -> Iterator[str]:
    """What is marked as sent is in the chat; versions that left together bear the last code."""
    sql = (
        "SELECT d.chat_id, d.kind, max(d.version) AS version, i.prefix, i.number FROM deliveries d"
        " JOIN incidents i ON i.id = d.incident_id WHERE d.state = 'sent'"
        " GROUP BY d.chat_id, d.incident_id, d.kind,"
        " CASE WHEN d.edits OR d.message_id IS NULL THEN -d.id ELSE d.message_id END"
    )
    for row in story.world.disk.rows(sql):
        code = written(row["prefix"], row["number"], row["version"])
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
                doubts = person.doubts.get(code, 0)
                yield f"{kind} {code} was seen {count} times, {doubts} in doubt"


def _changes_are_made_once(story: Story) -> Iterator[str]:
    """The same of a message that is changed: again only where a change was in doubt."""
    for person in story.telegram.people.values():
        changes = Counter((one.message_id, one.codes) for one in person.shown if one.edit)
        for (message_id, codes), count in changes.items():
            doubts = sum(person.doubts.get(code, 0) for code in codes)
            if count > 1 + doubts:
                yield f"{message_id} was changed to {codes} {count} times, {doubts} in doubt"


def _no_end_without_beginning(story: Story) -> Iterator[str]:
    """Nobody hears that something is over of which he never heard that it began."""
    for person in story.telegram.people.values():
        begun: set[str] = set()
        for one in person.shown:
            incidents = _incidents([one])
            if one.kind in OPENING:
                begun |= incidents
            elif one.kind in CLOSING and not incidents <= begun:
                yield f"{one.kind} {one.codes} came before its beginning"


def _no_beginning_without_end(story: Story) -> Iterator[str]:
    """Whoever saw that it began hears that it is over, unless he was given up aloud."""
    lost = "SELECT chat_id FROM deliveries WHERE refusals > 0 OR state IN ('dead', 'blocked')"
    given_up = {row["chat_id"] for row in story.world.disk.rows(lost)}
    for chat_id in story.people.faithful.keys() - given_up:
        shown = story.telegram.people[chat_id].shown
        over = _incidents(one for one in shown if one.kind in CLOSING)
        for incident in sorted(_incidents(one for one in shown if one.kind in OPENING) - over):
            yield f"chat {chat_id} heard that {incident} began, and not that it is over"


def _news_is_heard(story: Story) -> Iterator[str]:
    """News is edited in only where the chat heard a sound a moment ago, of what still is down."""
    clock_at = story.world.clock_at
    for person in story.telegram.people.values():
        for place, one in enumerate(person.shown):
            if one.kind != "edit onset":
                continue
            sound = max(s.at for s in person.shown if s.message_id == one.message_id and not s.edit)
            # In an hour that the wall clock shows twice, a message of an hour ago looks new.
            seems = (clock_at(one.at) - clock_at(sound)).total_seconds()
            if one.at - sound > LONG_AGO and not -SLOWEST_REQUEST < seems <= LONG_AGO:
                yield f"{one.codes} joined a message {one.at - sound:.0f} s old"
            before = person.shown[:place]
            told = _incidents(s for s in before if s.message_id == one.message_id)
            over = _incidents(s for s in before if s.kind in CLOSING)
            if told <= over:
                yield f"{one.codes} joined a message that was over"


def _incidents(shown: Iterable[Shown]) -> set[str]:
    """Those that the messages tell of, whatever their versions."""
    return {code.rsplit("-", 1)[0] for one in shown for code in one.codes}


def _nothing_after_leaving(story: Story) -> Iterator[str]:
    """After /stop or /unsubscribe no send starts."""
    for left in story.people.left:
        for asked in story.telegram.asked:
            if asked.person == left.person and left.at < asked.at < left.until:
                yield f"{asked.codes} was sent at {asked.at:.3f}, after leaving at {left.at:.3f}"


def _never_over_the_rate(story: Story) -> Iterator[str]:
    """Never more requests in any second of one life than Telegram allows."""
    most, moments = sum(story.world.rate), [(one.life, one.at) for one in story.telegram.asked]
    for (life, first), (same, last) in zip(moments, moments[most:], strict=False):
        if life == same and last - first < 1:
            yield f"over {most} requests in the second from {first:.3f}"


def _nothing_during_a_ban(story: Story) -> Iterator[str]:
    """While Telegram asks to wait, the process that was asked sends nothing."""
    for begin, life, end in story.telegram.bans:
        for asked in story.telegram.asked:
            if asked.life == life and begin < asked.at < end:
                yield f"a send at {asked.at:.3f}, told to wait from {begin:.3f} to {end:.3f}"


def _few_in_flight(story: Story) -> Iterator[str]:
    if story.telegram.most_in_flight > MOST_IN_FLIGHT:
        yield f"{story.telegram.most_in_flight} requests at once"


def _the_most_urgent_first(story: Story) -> Iterator[str]:
    """Where nothing comes between, those are asked first whose rows are the most urgent."""
    if not story.in_order:
        return
    urgent = "SELECT chat_id, priority FROM deliveries WHERE kind = 'onset'"
    priority = {row["chat_id"]: row["priority"] for row in story.world.disk.rows(urgent)}
    asked = [priority[one.person] for one in story.telegram.asked if one.kind == "onset"]
    if asked != sorted(asked):
        yield f"onsets left in this order of urgency: {asked}"


def _only_what_pages_said(story: Story) -> Iterator[str]:
    """An outage is told, or that it is over, only where it was so when the pages were read."""
    for change, told in story.process.looking.told.items():
        if change.kind not in (ChangeKind.ONSET, ChangeKind.RESOLVED):
            continue
        meant = story.sources.meant[change.service]
        ends = [at for at, _ in meant[1:]] + [float("inf")]
        lately = [state for (_, state), end in zip(meant, ends, strict=True) if end > told - LATE]
        if not any(state.is_outage is (change.kind is ChangeKind.ONSET) for state in lately):
            yield f"{change.kind} of {change.service} was told at {told:.0f} and was not so"


def _no_news_of_what_is_over(story: Story) -> Iterator[str]:
    """After the end is known no beginning leaves, unless one may have arrived before."""
    sql = (
        "SELECT d.chat_id, i.prefix, i.number, d.version FROM deliveries d"
        " JOIN incidents i ON i.id = d.incident_id WHERE d.uncertain > 0"
    )
    doubted = {
        (row["chat_id"], written(row["prefix"], row["number"], row["version"]))
        for row in story.world.disk.rows(sql)
    }
    for asked in story.telegram.asked:
        if asked.kind != "onset" or asked.person not in story.people.faithful:
            continue
        for code in asked.codes:
            over = story.ended.get(code.rsplit("-", 1)[0], float("inf"))
            if asked.at > over and (asked.person, code) not in doubted:
                yield f"{code} was said to begin at {asked.at:.3f}, over since {over:.3f}"


def _followers_have_rows(story: Story) -> Iterator[str]:
    """Every beginning is due to all who follow the service; by whom nothing else was done."""
    disk = story.world.disk
    known = {
        row["chat_id"] for row in disk.rows("SELECT chat_id FROM chats WHERE state = 'active'")
    }
    lost = {
        row["chat_id"] for row in disk.rows("SELECT chat_id FROM deliveries WHERE refusals > 0")
    }
    sql = (
        "SELECT e.incident_id, i.service FROM events e JOIN incidents i ON i.id = e.incident_id"
        " WHERE e.kind = 'onset' AND e.reason = 'new'"
    )
    due = {
        (row["incident_id"], chat_id)
        for row in disk.rows(sql)
        for chat_id, chosen in story.people.faithful.items()
        if GRAPH.follows(chosen.services, chosen.profession, row["service"])
        and chat_id in known - lost
    }
    written = disk.rows("SELECT incident_id, chat_id FROM deliveries WHERE kind = 'onset'")
    for incident, chat_id in sorted(
        due - {(row["incident_id"], row["chat_id"]) for row in written}
    ):
        yield f"chat {chat_id} has no row for the beginning of incident {incident}"


def _every_change_is_kept(story: Story) -> Iterator[str]:
    """Whatever the watcher was told is kept has become an incident."""
    begun = {
        change.service for change in story.process.looking.kept if change.kind is ChangeKind.ONSET
    }
    kept = {row["service"] for row in story.world.disk.rows("SELECT service FROM incidents")}
    for service in sorted(begun - kept):
        yield f"that {service} fails was lost"


def _all_is_over(story: Story) -> Iterator[str]:
    """All services are well again, and the store knows."""
    for row in story.world.disk.rows("SELECT service FROM incidents WHERE ended_at IS NULL"):
        yield f"the incident of {row['service']} never ended"
