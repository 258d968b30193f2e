"""Which subscription a channel has by the settings alone, on each engine."""

import pytest

from bot.alerts.graph import Audience
from bot.preferences import Preferences
from bot.store.channels import SqlChannels
from bot.store.chats import SqlChats
from bot.store.database import Database
from tests.alerts.world import NOON

CHANNEL = -1_009_999_999_999_999


@pytest.fixture(name="channels")
def make_channels(database: Database) -> SqlChannels:
    """At noon."""
    return SqlChannels(database, lambda: NOON)


@pytest.fixture(name="chats")
def make_chats(database: Database) -> SqlChats:
    """The same chats as they choose themselves."""
    return SqlChats(database, lambda: NOON)


async def test_a_channel_is_entered_once_however_often(
    channels: SqlChannels, chats: SqlChats
) -> None:
    """In the language that the settings give it last."""
    await channels.enter(CHANNEL, "fr", "recip-e")
    await channels.enter(CHANNEL, "nl", "recip-e")
    assert await chats.load(CHANNEL) == Preferences(
        CHANNEL, language="nl", services=frozenset({"recip-e"})
    )
    assert await channels.keep_only(frozenset({CHANNEL})) == 0
    assert await channels.keep_only(frozenset()) == 1
    assert await channels.keep_only(frozenset()) == 0
    assert (await chats.load(CHANNEL)).services == frozenset()


async def test_another_service_takes_the_place_of_the_first(
    channels: SqlChannels, chats: SqlChats
) -> None:
    """What the channel chose itself stays beside it."""
    await chats.save(Preferences(CHANNEL, services=frozenset({"eid"})))
    for service in ("recip-e", "sts", "eid", "sts"):
        await channels.enter(CHANNEL, "fr", service)
    assert (await chats.load(CHANNEL)).services == {"eid", "sts"}
    assert await channels.keep_only(frozenset()) == 1
    assert (await chats.load(CHANNEL)).services == {"eid"}


async def test_one_that_had_blocked_the_bot_is_reached_again(
    channels: SqlChannels, chats: SqlChats
) -> None:
    """Its administrators have let it in again, else it would not be found."""
    await channels.enter(CHANNEL, "fr", "recip-e")
    await chats.set_reachable(CHANNEL, reachable=False)
    await channels.enter(CHANNEL, "fr", "recip-e")
    everybody = Audience(frozenset({"recip-e"}), None, frozenset())
    assert await chats.followers(everybody) == 1


async def test_of_a_chat_that_is_forgotten_no_entry_is_left(
    channels: SqlChannels, chats: SqlChats
) -> None:
    """What it chooses later is its own."""
    await channels.enter(CHANNEL, "fr", "recip-e")
    await chats.forget(CHANNEL)
    await chats.save(Preferences(CHANNEL, services=frozenset({"recip-e"})))
    assert await channels.keep_only(frozenset()) == 0
    assert (await chats.load(CHANNEL)).services == {"recip-e"}
