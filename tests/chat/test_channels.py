"""Open channels: validated at the start, found, posted to, and told of in /subscribe."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chat.channels import Channel, Channels, listed
from bot.chat.receiving import sending_bot
from bot.faults import OperatorError
from bot.preferences import Preferences
from bot.status.model import ChangeKind, State
from bot.store.channels import SqlChannels
from bot.store.tables import deliveries
from tests.chat.house import House, house
from tests.chat.samples import knowledge
from tests.telegram_server import TOKEN

ANNA = 100
FRENCH, DUTCH = -1001, -1002
ENTRIES = ("recip-e:fr:@bis_recipe_fr", "recip-e:nl:@bis_recipe_nl")


@pytest_asyncio.fixture(name="bis")
async def make_bis(tmp_path: Path) -> AsyncIterator[House]:
    """A bot with two channels on Telegram, of which it does not know yet."""
    async with house(tmp_path) as made:
        made.server.add_chat(FRENCH, "channel", username="bis_recipe_fr")
        made.server.add_chat(DUTCH, "channel", username="bis_recipe_nl")
        yield made


def register(bis: House) -> SqlChannels:
    """Where they are kept."""
    return SqlChannels(bis.database, lambda: bis.samples.now)


async def start(bis: House, *entries: str) -> None:
    """A start of the bot with these in its settings."""
    async with sending_bot(TOKEN, bis.server.url) as bot:
        known = listed(entries, bis.samples.known)
        await Channels(bot, register(bis), known, bis.words).look()


async def followed(bis: House, chat_id: int) -> set[str]:
    """What a chat follows."""
    return set((await bis.chats.load(chat_id)).services)


@pytest_asyncio.fixture(name="channels")
async def make_channels(bis: House) -> AsyncIterator[Channels]:
    """What looks for them; it also fits their pings."""
    async with sending_bot(TOKEN, bis.server.url) as bot:
        made = Channels(bot, register(bis), listed(ENTRIES, bis.samples.known), bis.words)
        bis.fit = made.fitted
        yield made


async def test_each_channel_gets_the_pings_of_its_service_in_its_language(
    bis: House, channels: Channels
) -> None:
    """Through the ordinary outbox: onset and end, and nothing of another service."""
    await channels.look()
    await bis.happens(ChangeKind.ONSET, "insurability", State.MAJOR_OUTAGE)
    await bis.happens(ChangeKind.ONSET, "recip-e", State.MAJOR_OUTAGE)
    await bis.server.wait_for(FRENCH, "🔴 Recip-e : en panne")
    dutch = await bis.server.wait_for(DUTCH, "🔴 Recip-e")
    assert "Bron: eHealth" in dutch.text
    bis.passes(minutes=5)
    await bis.happens(ChangeKind.RESOLVED, "recip-e", State.OPERATIONAL)
    end = await bis.server.wait_for(FRENCH, "🟢 Recip-e")
    await bis.server.wait_for(DUTCH, "🟢 Recip-e")
    assert end.reply_to == bis.server.sent(FRENCH)[0].message_id
    assert len(bis.server.sent(FRENCH)) == len(bis.server.sent(DUTCH)) == 2


async def test_a_post_has_one_button_for_everyone(bis: House, channels: Channels) -> None:
    """It opens the bot at the service; nothing in it acts for the channel."""
    await channels.look()
    await bis.happens(ChangeKind.ONSET, "recip-e", State.MAJOR_OUTAGE)
    post = await bis.server.wait_for(FRENCH)
    assert [(one.text, one.callback_data, one.url) for one in post.buttons] == [
        ("Voir la marche à suivre", None, "https://t.me/test_bot?start=s_recip-e")
    ]
    assert "Recip-e: panne partielle" in (await bis.ask(ANNA, "/start s_recip-e")).text


async def test_a_reader_s_press_posts_nothing(bis: House, channels: Channels) -> None:
    """A chat's own button stands in a channel that subscribed by itself; it is theirs to press."""
    await bis.chats.save(Preferences(FRENCH, language="fr", services=frozenset({"recip-e"})))
    await bis.happens(ChangeKind.ONSET, "recip-e", State.MAJOR_OUTAGE)
    await bis.server.wait_for(FRENCH)
    await bis.press(FRENCH, "Voir l'état")
    await bis.ask(ANNA, "/privacy")
    assert len(bis.server.sent(FRENCH)) == 1


async def test_a_channel_that_does_not_exist_holds_up_nothing(
    bis: House, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged once, with the remedy and without its name; the next one is found."""
    entries = ("sts:fr:@nowhere", "sts:nl:@a_group", *ENTRIES)
    bis.server.add_chat(-1003, "supergroup", username="a_group")
    async with sending_bot(TOKEN, bis.server.url) as bot:
        channels = Channels(bot, register(bis), listed(entries, bis.samples.known), bis.words)
        with caplog.at_level(logging.WARNING, logger="bot"):
            await channels.look()
            await channels.look()
    assert [record.getMessage() for record in caplog.records] == [
        f"the channel of sts in {language} is not found ({why}): "
        "check CHANNELS, and make the bot its admin"
        for language, why in (("fr", "BadRequest"), ("nl", "no channel"))
    ]
    assert (await bis.chats.load(DUTCH)).services == {"recip-e"}
    assert (await bis.chats.load(-1003)).services == frozenset()


async def test_where_telegram_fails_the_next_look_finds(bis: House, channels: Channels) -> None:
    """A machine may start before its network."""
    bis.server.fail(method="getChat", code=502, html=True)
    await channels.look()
    assert (await bis.chats.load(FRENCH)).services == frozenset()
    await channels.look()
    assert (await bis.chats.load(FRENCH)).services == {"recip-e"}


async def test_a_start_repeats_nothing(bis: House, channels: Channels) -> None:
    """Found again, a channel is the same chat, and what it was told is not told again."""
    await channels.look()
    await bis.happens(ChangeKind.ONSET, "recip-e", State.MAJOR_OUTAGE)
    await bis.until(lambda row: row["state"] == "sent", deliveries)
    async with sending_bot(TOKEN, bis.server.url) as bot:
        again = Channels(bot, register(bis), listed(ENTRIES, bis.samples.known), bis.words)
        await again.look()
    assert len(await bis.rows(deliveries)) == 2
    assert await bis.chats.counts() == (2, 2)


@pytest.mark.parametrize(
    ("entries", "french", "dutch"),
    [
        (ENTRIES, {"recip-e"}, {"recip-e"}),
        (ENTRIES[:1], {"recip-e"}, set()),
        ((), set(), set()),
        (("sts:fr:@bis_recipe_fr", ENTRIES[1]), {"sts"}, {"recip-e"}),
        (("recip-e:fr:@renamed",), {"recip-e"}, {"recip-e"}),
    ],
    ids=["as before", "one taken out", "none left", "for another service", "one not found"],
)
async def test_a_channel_that_is_no_longer_listed_is_unsubscribed(
    bis: House, entries: tuple[str, ...], french: set[str], dutch: set[str]
) -> None:
    """At the next start; not where one is not found: it may be the same under another name."""
    await start(bis, *ENTRIES)
    await start(bis, *entries)
    assert (await followed(bis, FRENCH), await followed(bis, DUTCH)) == (french, dutch)


@pytest.mark.parametrize("own", [{"recip-e"}, {"recip-e", "sts"}, {"sts"}])
async def test_what_a_channel_chose_by_itself_stays(bis: House, own: set[str]) -> None:
    """While it is listed, and when it no longer is."""
    await bis.chats.save(Preferences(FRENCH, language="fr", services=frozenset(own)))
    await start(bis, *ENTRIES)
    assert await followed(bis, FRENCH) == own | {"recip-e"}
    await start(bis)
    assert await followed(bis, FRENCH) == own


async def test_where_telegram_fails_nobody_is_unsubscribed(bis: House) -> None:
    """Only once all that are listed have been found is it known which are not."""
    await start(bis, *ENTRIES)
    bis.server.fail(method="getChat", code=502, html=True)
    async with sending_bot(TOKEN, bis.server.url) as bot:
        channels = Channels(bot, register(bis), listed(ENTRIES[:1], bis.samples.known), bis.words)
        await channels.look()
        assert await followed(bis, DUTCH) == {"recip-e"}
        await channels.look()
    assert await followed(bis, DUTCH) == set()


async def test_a_channel_that_was_forgotten_chooses_anew_by_itself(bis: House) -> None:
    """/stop ends its being listed too, until the next start."""
    await start(bis, *ENTRIES)
    await bis.chats.forget(FRENCH)
    await bis.chats.save(Preferences(FRENCH, language="fr", services=frozenset({"recip-e"})))
    await start(bis)
    assert await followed(bis, FRENCH) == {"recip-e"}


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (("recip-e",), "entry 1 has another shape"),
        (("recip-e:fr:name_without_at",), "entry 1 has another shape"),
        ((ENTRIES[0], ""), "entry 2 has another shape"),
        (("no-such:fr:@bis_channel",), "entry 1 names no service; services.yaml has their ids"),
        (("status:fr:@bis_channel",), "entry 1 names no service"),
        (("recip-e:es:@bis_channel",), "entry 1 has no language of Bis: fr, nl, de, en"),
        ((ENTRIES[0], "sts:fr:@Bis_Recipe_FR"), "entry 2 names a channel for the second time"),
    ],
)
def test_a_wrong_entry_stops_the_start(entries: tuple[str, ...], told: str) -> None:
    """It says which one, what is wrong and how to mend it; never what was written."""
    with pytest.raises(OperatorError) as caught:
        listed(entries, knowledge())
    assert told in str(caught.value)
    assert "such as recip-e:fr:@my_channel" in str(caught.value)
    assert "bis_" not in str(caught.value)


def test_right_entries_are_taken_in_their_order() -> None:
    """Service, language and name."""
    assert listed(ENTRIES, knowledge()) == (
        Channel("recip-e", "fr", "@bis_recipe_fr"),
        Channel("recip-e", "nl", "@bis_recipe_nl"),
    )
