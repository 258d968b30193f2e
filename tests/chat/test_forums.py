"""Groups with topics: answered where they ask, told where an administrator subscribed last."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.preferences import Preferences
from bot.status.model import ChangeKind, State
from bot.store.tables import deliveries
from tests.chat.house import House, house
from tests.telegram_server import Message, Person

FORUM = -1007
BOSS, CLERK = 301, 302
HERE = "Les avis de panne arrivent désormais ici."


class Forum:
    """A group with two topics beside the general one, of which Boss is an administrator."""

    def __init__(self, bis: House) -> None:
        self.bis = bis
        self.server = bis.server
        self.outages = self.server.add_topic(FORUM, "Pannes")
        self.lunch = self.server.add_topic(FORUM, "Midi")

    async def says(
        self, text: str, topic: int | None, user: int = BOSS, *, anonymous: bool = False
    ) -> Message:
        """Gives the bot's answer."""
        person = Person(user, language_code="fr")
        said = await self.server.say(FORUM, text, user=person, thread_id=topic, anonymous=anonymous)
        return await self.server.wait_for(FORUM, after=said.message_id)

    async def press(self, label: str, answer: str, user: int = BOSS) -> None:
        """Presses, and waits until a message of the bot holds that text."""
        last = self.server.sent(FORUM)[-1].message_id - 1
        await self.server.press(FORUM, label, user=user)
        await self.server.wait_for(FORUM, answer, after=last)

    async def breaks(self, service: str = "recip-e") -> Message:
        """The ping of an outage."""
        last = self.server.sent(FORUM)[-1].message_id
        await self.bis.happens(ChangeKind.ONSET, service, State.MAJOR_OUTAGE)
        return await self.server.wait_for(FORUM, "🔴", after=last)

    async def thread(self) -> int | None:
        """The topic that is kept."""
        return (await self.bis.chats.load(FORUM)).thread_id


@pytest_asyncio.fixture(name="forum")
async def make_forum(tmp_path: Path) -> AsyncIterator[Forum]:
    """The whole bot, and the forum that it is a plain member of."""
    async with house(tmp_path) as bis:
        made = Forum(bis)
        await bis.server.set_member(FORUM, Person(BOSS, language_code="fr"), "administrator")
        yield made


async def test_a_topic_subscribes_and_is_told(forum: Forum) -> None:
    """The answer, the outage and its end: all in the topic, the end as an answer to the outage."""
    answer = await forum.says("/subscribe recip-e", forum.outages)
    assert HERE in answer.text
    onset = await forum.breaks()
    forum.bis.passes(minutes=5)
    await forum.bis.happens(ChangeKind.RESOLVED, "recip-e", State.OPERATIONAL)
    end = await forum.server.wait_for(FORUM, "🟢", after=onset.message_id)
    assert [one.thread_id for one in (answer, onset, end)] == [forum.outages] * 3
    assert end.reply_to == onset.message_id


async def test_every_reply_stays_in_its_topic(forum: Forum) -> None:
    """A command, a question, a fresh message of a button; and in the general topic likewise."""
    for topic in (forum.lunch, None):
        status = await forum.says("/status", topic, CLERK)
        refused = await forum.says("/subscribe sts", topic, CLERK)
        choice = await forum.says("@test_bot sts", topic, CLERK)
        await forum.server.press(FORUM, "2. Délivrer sur preuve papier", user=CLERK)
        found = await forum.server.wait_for(FORUM, "Délivrer", after=choice.message_id)
        assert "seul un administrateur" in refused.text
        told = (status, refused, choice, found)
        assert [one.thread_id for one in told] == [topic] * len(told)


async def test_a_thread_of_replies_is_no_topic(forum: Forum) -> None:
    """In an ordinary supergroup, replies carry a thread that nothing can be sent to."""
    group, thread = -1008, 1
    await forum.server.set_standing(group, "member", chat_type="supergroup")
    await forum.server.set_member(group, Person(BOSS, language_code="fr"), "administrator")
    said = await forum.server.say(group, "/subscribe recip-e", user=BOSS, thread_id=thread)
    answer = await forum.server.wait_for(group, "serez averti", after=said.message_id)
    assert answer.thread_id is None
    assert HERE not in answer.text
    assert (await forum.bis.chats.load(group)).thread_id is None


async def test_who_subscribes_elsewhere_moves_the_messages(forum: Forum) -> None:
    """By name, by a switch, or by /subscribe alone; each time that is said, and only then."""
    await forum.says("/subscribe recip-e", forum.outages)
    again = await forum.says("/subscribe", forum.outages)
    assert HERE not in again.text
    assert HERE in (await forum.says("/subscribe", forum.lunch)).text
    assert await forum.thread() == forum.lunch
    assert HERE in (await forum.says("/subscribe sts", None)).text
    assert await forum.thread() is None
    await forum.says("/unsubscribe sts", forum.outages)
    assert await forum.thread() is None
    await forum.press("▫ STS", HERE)
    assert await forum.thread() == forum.outages
    assert (await forum.breaks()).thread_id == forum.outages


async def test_looking_at_the_switches_keeps_nothing(forum: Forum) -> None:
    """A group that follows nothing has no topic to be told in."""
    shown = await forum.says("/subscribe", forum.outages)
    assert HERE not in shown.text
    assert await forum.bis.chats.load(FORUM) == Preferences(FORUM)


async def test_other_choices_leave_the_topic(forum: Forum) -> None:
    """The language of the group can be set anywhere."""
    await forum.says("/subscribe recip-e", forum.outages)
    await forum.says("/language nl", forum.lunch)
    await forum.says("/quiet 22-7", None)
    assert await forum.thread() == forum.outages


async def test_a_member_moves_nothing(forum: Forum) -> None:
    """Neither by the command nor by a button."""
    await forum.says("/subscribe recip-e", forum.outages)
    await forum.says("/subscribe recip-e", forum.lunch, CLERK)
    await forum.press("▫ STS", "seul un administrateur", CLERK)
    assert await forum.thread() == forum.outages
    assert (await forum.bis.chats.load(FORUM)).services == {"recip-e"}


async def test_an_anonymous_administrator_is_one(forum: Forum) -> None:
    """Who writes in the name of the group runs it, whoever it is."""
    answer = await forum.says("/subscribe recip-e", forum.outages, CLERK, anonymous=True)
    assert "seul un administrateur" not in answer.text
    assert await forum.thread() == forum.outages


async def test_where_the_topic_is_deleted_the_general_one_is_told(forum: Forum) -> None:
    """Nothing is lost, and the next message goes there straight away."""
    await forum.says("/subscribe recip-e sts", forum.outages)
    forum.server.delete_topic(FORUM, forum.outages)
    await forum.says("/status", None)
    assert (await forum.breaks("recip-e")).thread_id is None
    assert await forum.thread() is None
    assert (await forum.breaks("sts")).thread_id is None
    refused = [words for _, words in forum.server.refusals]
    assert refused == ["Bad Request: message thread not found"]
    await forum.bis.until(lambda row: (row["id"], row["state"]) == (2, "sent"), deliveries)
    assert [row["attempt"] for row in await forum.bis.rows(deliveries)] == [1, 1]


async def test_where_the_topic_is_closed_the_end_of_an_outage_is_told(forum: Forum) -> None:
    """In the general topic, without quoting the message that stands in the closed one."""
    await forum.says("/subscribe recip-e", forum.outages)
    onset = await forum.breaks()
    forum.server.close_topic(FORUM, forum.outages)
    forum.bis.passes(minutes=5)
    await forum.bis.happens(ChangeKind.RESOLVED, "recip-e", State.OPERATIONAL)
    end = await forum.server.wait_for(FORUM, "🟢", after=onset.message_id)
    assert (onset.thread_id, end.thread_id, end.reply_to) == (forum.outages, None, None)
    assert await forum.thread() is None
