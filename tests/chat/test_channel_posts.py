"""A channel whose administrators post commands: it subscribes, and its readers disturb nobody."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.preferences import Preferences
from bot.status.model import ChangeKind, State
from tests.chat.house import House, house
from tests.telegram_server import Message, Person

CHANNEL = -1005
BOSS, READER, STRANGER = 301, 302, 303
ANNA = 100


@pytest_asyncio.fixture(name="bis")
async def make_bis(tmp_path: Path) -> AsyncIterator[House]:
    """The whole bot, and a channel that it is an administrator of, as is Boss."""
    async with house(tmp_path) as made:
        channel = made.server.add_chat(CHANNEL, "channel")
        channel.standing = "administrator"
        await made.server.set_member(CHANNEL, Person(BOSS, language_code="fr"), "creator")
        yield made


async def posted(bis: House, text: str) -> Message:
    """The bot's answer to a post."""
    said = await bis.server.say(CHANNEL, text)
    return await bis.server.wait_for(CHANNEL, after=said.message_id)


async def press(bis: House, label: str, user: Person) -> str:
    """What the one who pressed is shown."""
    query = await bis.server.press(CHANNEL, label, user=user)
    answer = await bis.server.wait_for_answer(query)
    assert answer["show_alert"] == bool(answer["text"])
    return str(answer["text"])


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/start", "Bis"),
        ("/help", "/subscribe"),
        ("/status", "État des services"),
        ("/settings", "Vos choix"),
        ("/subscribe recip-e", "serez averti pour Recip-e"),
        ("/subscribe@test_bot recip-e", "serez averti pour Recip-e"),
        ("/unsubscribe recip-e", "plus d'avis pour Recip-e"),
        ("/language nl", "Nederlands"),
        ("/profession pharmacien", "harmacien"),
    ],
)
async def test_a_command_is_answered_in_the_channel(bis: House, command: str, told: str) -> None:
    """Nobody is asked who posted it: only administrators can."""
    await bis.chats.save(Preferences(CHANNEL, language="fr"))
    assert told in (await posted(bis, command)).text
    assert bis.server.calls("getChatMember") == []


async def test_what_is_no_command_is_left_alone(bis: House) -> None:
    """Not even where it names the bot or replies to it; nor is another bot's command."""
    answer = await posted(bis, "/help")
    for text in ("recip-e plante", "@test_bot recip-e plante ?", "/nosuch", "/status@other_bot"):
        await bis.server.say(CHANNEL, text)
    await bis.server.say(CHANNEL, "et recip-e ?", reply_to=answer.message_id)
    await bis.server.sticker(CHANNEL)
    await bis.server.edit_own(CHANNEL, answer.message_id - 1, "/status")
    await posted(bis, "/settings")
    assert len(bis.server.sent(CHANNEL)) == 2
    assert bis.samples.questions == []


async def test_a_channel_subscribes_and_is_told(bis: House) -> None:
    """In its own language, of its own services, until it leaves them."""
    await posted(bis, "/language nl")
    await posted(bis, "/subscribe recip-e")
    await bis.happens(ChangeKind.ONSET, "recip-e", State.MAJOR_OUTAGE)
    ping = await bis.server.wait_for(CHANNEL, "🔴 Recip-e")
    assert "Bron: eHealth" in ping.text
    await posted(bis, "/unsubscribe recip-e")
    assert (await bis.chats.load(CHANNEL)).services == frozenset()


async def test_a_button_serves_administrators_alone(bis: House) -> None:
    """What it brings is posted to all: who only reads is told so, without a post."""
    await bis.chats.save(Preferences(CHANNEL, language="fr"))
    await posted(bis, "/subscribe")
    told = await press(bis, "▫ STS", Person(READER, language_code="nl-BE"))
    assert told == (
        "In een kanaal zijn deze knoppen alleen voor beheerders. "
        "Eigen vragen kunnen naar @test_bot."
    )
    assert (await bis.chats.load(CHANNEL)).services == frozenset()
    assert await press(bis, "▫ STS", Person(BOSS)) == ""
    await bis.server.wait_for(CHANNEL, "serez averti pour STS")
    assert (await bis.chats.load(CHANNEL)).services == {"sts"}
    assert len(bis.server.sent(CHANNEL)) == 1


async def test_who_is_not_found_among_the_members_is_no_administrator(bis: House) -> None:
    """Telegram has no word for some who read a channel without following it."""
    await bis.chats.save(Preferences(CHANNEL, language="fr"))
    await posted(bis, "/status")
    refused = "Bad Request: PARTICIPANT_ID_INVALID"
    bis.server.fail(method="getChatMember", code=400, description=refused)
    assert "@test_bot" in await press(bis, "Actualiser", Person(STRANGER, language_code="de"))
    await bis.ask(ANNA, "/privacy")
    assert len(bis.server.sent(CHANNEL)) == 1


async def test_readers_do_not_use_up_the_channel_s_messages(bis: House) -> None:
    """However often they press, an administrator is served."""
    await bis.chats.save(Preferences(CHANNEL, language="fr"))
    await posted(bis, "/help")
    for reader in range(400, 430):
        assert await press(bis, "Voir l'état", Person(reader))
    assert "Vos choix" in (await posted(bis, "/settings")).text
