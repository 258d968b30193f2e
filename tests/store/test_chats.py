"""What is kept of a chat, and that /stop leaves nothing of it."""

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial

import pytest
from sqlalchemy import text

from bot.alerts.parcels import judge
from bot.preferences import Forgotten, Preferences, QuietHours
from bot.status.model import ChangeKind, State
from bot.store.chats import SqlChats
from bot.store.database import Database
from bot.store.tables import metadata
from tests.alerts.stage import Stage
from tests.alerts.world import GRAPH, NOON, Seen, change, onset, resolved

FULL = Preferences(
    1,
    language="nl",
    profession="pharmacist",
    services=frozenset({"recip-e", "*"}),
    quiet=QuietHours(time(22), time(6, 30)),
    last_procedure="dispense-on-paper-proof",
    last_asked_at=datetime(2026, 3, 29, 0, 59, 59, 5, tzinfo=UTC),
    thread_id=2**31 - 1,
)
BIG = -1_009_999_999_999_999
"""Ids of supergroups go beyond 32 bits."""


@pytest.fixture
def chats(database: Database) -> SqlChats:
    """The preferences of chats, at noon."""
    return SqlChats(database, lambda: NOON)


async def test_unknown_chat_is_empty(chats: SqlChats) -> None:
    """Of a chat never seen there is nothing, and asking keeps nothing."""
    assert await chats.load(7) == Preferences(7)
    assert await chats.counts() == (0, 0)


@pytest.mark.parametrize("kept", [FULL, Preferences(BIG), Preferences(2, services=frozenset("a"))])
async def test_what_is_saved_is_loaded(chats: SqlChats, kept: Preferences) -> None:
    """All fields come back as they were."""
    await chats.save(kept)
    assert await chats.load(kept.chat_id) == kept


async def test_saving_replaces(chats: SqlChats) -> None:
    """A later choice takes the place of the earlier one, subscriptions too."""
    await chats.save(FULL)
    await chats.save(Preferences(1, services=frozenset({"eid"})))
    assert await chats.load(1) == Preferences(1, services=frozenset({"eid"}))


async def test_stop_deletes_all_that_bears_the_chat(play: Stage) -> None:
    """After /stop no table has a row of the chat, and it is told what was deleted."""
    await play.follow(1, "recip-e", "eid")
    await play.happens(onset("recip-e", play.now))
    await play.settle()
    await play.chats.mute(1, "REC-0001-1")
    await play.happens(onset("eid", play.now))
    assert await play.chats.forget(1) == Forgotten(known=True, subscriptions=2, pending=1)
    assert await play.chats.forget(1) == Forgotten(known=False, subscriptions=0, pending=0)
    async with play.database.read() as connection:
        for table in metadata.tables.values():
            if "chat_id" in table.c:
                left = text(f"SELECT count(*) FROM {table.name} WHERE chat_id = 1")  # noqa: S608 - our own table
                assert (await connection.execute(left)).scalar_one() == 0, table.name
    await play.settle()
    assert len(play.telegram.chats[1]) == 1


async def test_mute_ends_the_pings_of_one_incident(play: Stage) -> None:
    """A muted incident is heard of no more, not even its end; others are."""
    await play.follow(1, "recip-e", "eid")
    await play.happens(onset("recip-e", play.now))
    await play.settle()
    assert await play.chats.mute(1, "rec-0001-1")
    await play.passes(minutes=5, step=300)
    await play.happens(resolved("recip-e", play.now), onset("eid", play.now))
    await play.settle()
    assert play.telegram.texts(1) == ["onset recip-e=major_outage", "onset eid=major_outage"]


@pytest.mark.parametrize("code", ["", "REC", "REC-0009-1", "REC-x-1", "REC-99999999999-1", "²-²-²"])
async def test_no_such_incident(chats: SqlChats, code: str) -> None:
    """A code that belongs to no incident mutes nothing."""
    await chats.save(FULL)
    assert not await chats.mute(1, code)


async def test_blocked_chat_gets_nothing_until_it_is_back(play: Stage) -> None:
    """Who blocked the bot is left alone, keeps the choices, and is served again when back."""
    await play.follow(1, "recip-e", "eid")
    await play.chats.set_reachable(1, reachable=False)
    await play.happens(onset("recip-e", play.now))
    await play.settle()
    await play.chats.set_reachable(1, reachable=True)
    await play.happens(onset("eid", play.now))
    await play.settle()
    assert play.telegram.texts(1) == ["onset eid=major_outage"]


async def test_group_moves_with_all_that_is_kept(play: Stage) -> None:
    """A group that became a supergroup keeps choices, mutes and what waits, once."""
    await play.follow(-5, "recip-e", "eid", profession="nurse")
    await play.follow(BIG, "eid")
    await play.follow(9, "eid")
    await play.happens(onset("eid", play.now), onset("recip-e", play.now))
    await play.chats.mute(-5, "REC-0001")
    await play.chats.migrate(-5, BIG)
    await play.settle()
    moved = await play.chats.load(BIG)
    assert moved.services == {"recip-e", "eid"}
    assert await play.chats.load(-5) == Preferences(-5)
    assert play.telegram.texts(BIG) == play.telegram.texts(9) == ["onset eid=major_outage"]
    assert -5 not in play.telegram.chats


KNOWN = {
    "by a question alone": (Preferences(BIG), replace(FULL, chat_id=BIG)),
    "with choices of its own": (
        replace(FULL, chat_id=BIG, profession=None, language="de", quiet=None, thread_id=3),
        replace(FULL, chat_id=BIG, language="de", thread_id=3),
    ),
}


@pytest.mark.parametrize(("known", "wanted"), KNOWN.values(), ids=KNOWN)
async def test_a_group_that_moves_to_a_known_one_keeps_what_it_chose(
    chats: SqlChats, known: Preferences, wanted: Preferences
) -> None:
    """Where that chose nothing: nobody is woken at night for having asked something there."""
    await chats.save(replace(FULL, chat_id=-5))
    await chats.save(known)
    await chats.migrate(-5, BIG)
    last, asked = known.last_procedure, known.last_asked_at
    assert await chats.load(BIG) == replace(wanted, last_procedure=last, last_asked_at=asked)


async def test_a_group_that_moves_changes_no_message_of_before(play: Stage) -> None:
    """Its messages are numbered anew: what stands under the old number is another one."""
    await play.follow(-5, "eid")
    await play.happens(onset("eid", play.now, State.PARTIAL_OUTAGE))
    await play.settle()
    await play.chats.migrate(-5, BIG)
    play.telegram.chats[BIG] = [Seen(1, "answer to a question", silent=False, reply_to=None)]
    await play.passes(minutes=5, step=60)
    await play.happens(change(ChangeKind.UPDATE, "eid", play.now))
    await play.settle()
    await play.happens(resolved("eid", play.now))
    await play.settle()
    other, *told = play.telegram.chats[BIG]
    assert (other.text, other.edits) == ("answer to a question", [])
    assert [seen.text.split()[0] for seen in told] == ["update", "resolved"]
    assert {(seen.silent, seen.reply_to) for seen in told} == {(True, None)}


async def test_a_forum_that_moves_keeps_its_topic(chats: SqlChats) -> None:
    """The topic is a choice as any other."""
    await chats.save(Preferences(-5, thread_id=17))
    await chats.migrate(-5, BIG)
    assert await chats.load(BIG) == Preferences(BIG, thread_id=17)


async def test_a_forum_is_told_in_its_topic(play: Stage) -> None:
    """As it is chosen when the message leaves; an ordinary chat is told as ever."""
    await play.follow(1, "recip-e")
    await play.chats.save(Preferences(BIG, services=frozenset({"recip-e"}), thread_id=17))
    await play.happens(onset("recip-e", play.now))
    await play.chats.save(Preferences(BIG, services=frozenset({"recip-e"}), thread_id=18))
    await play.settle()
    threads = {chat: [one.thread_id for one in seen] for chat, seen in play.telegram.chats.items()}
    assert threads == {1: [None], BIG: [18]}


async def test_what_was_for_a_lost_topic_is_told_in_the_general_one(play: Stage) -> None:
    """At once, and what follows too; no attempt is counted, nobody is alarmed."""
    await play.chats.save(Preferences(BIG, services=frozenset({"recip-e"}), thread_id=17))
    play.telegram.lost = {17}
    await play.happens(onset("recip-e", play.now))
    await play.settle()
    await play.passes(minutes=5, step=300)
    await play.happens(resolved("recip-e", play.now))
    await play.settle()
    onset_, end = play.telegram.chats[BIG]
    assert (onset_.thread_id, end.thread_id, end.reply_to) == (None, None, onset_.message_id)
    assert (await play.chats.load(BIG)).thread_id is None
    assert play.troubles == []
    async with play.database.read() as connection:
        attempts = await connection.execute(text("SELECT state, attempt FROM deliveries"))
        assert attempts.all() == [("sent", 1), ("sent", 1)]


async def test_a_topic_chosen_meanwhile_stays(play: Stage) -> None:
    """That the old one is gone says nothing of the new one."""
    await play.chats.save(Preferences(BIG, services=frozenset({"recip-e"}), thread_id=17))
    await play.happens(onset("recip-e", play.now))
    claimed = await play.outbox.claim(1, play.now, partial(judge, graph=GRAPH), frozenset())
    await play.chats.save(Preferences(BIG, services=frozenset({"recip-e"}), thread_id=18))
    await play.outbox.leave_thread(claimed.parcels[0])
    assert (await play.chats.load(BIG)).thread_id == 18


async def test_followers_are_counted(chats: SqlChats) -> None:
    """Before an announcement, the team sees how many it will reach."""
    for chat_id, service, profession in (
        (1, "recip-e", None),
        (2, "*", "pharmacist"),
        (3, "*", "nurse"),
        (4, "vitalink", "nurse"),
    ):
        services = frozenset({service})
        await chats.save(Preferences(chat_id, profession=profession, services=services))
    assert await chats.followers(GRAPH.audience("recip-e")) == 2
    assert await chats.followers(GRAPH.audience("sts")) == 3
