"""A pharmacist subscribes and is told: once, with her steps, and again when it is over."""

import pytest

from tests.stories.process import BotProcess
from tests.stories.site import DOWN, FINE, StatusSite
from tests.stories.talking import Chat
from tests.telegram_server import Message, TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

BY_BUTTONS, BY_TYPING = 400, 401
DOCTOR, NURSE = 402, 403


def rings(shown: Message) -> bool:
    """Whether the switch of Recip-e shows a bell."""
    return any(label.startswith("🔔 Recip-e") for label in shown.labels)


async def test_she_subscribes_by_buttons(bot: BotProcess, server: TelegramServer) -> None:
    """The service's switch shows a bell."""
    chat = Chat(server, BY_BUTTONS, "fr")
    await chat.ask("/profession pharmacien")
    await chat.ask("/subscribe")
    shown = await chat.press("▫ Recip-e")
    assert "Vous êtes averti pour : Recip-e" in shown.text
    assert rings(shown)


async def test_she_subscribes_by_typing(bot: BotProcess, server: TelegramServer) -> None:
    """With a slip; others follow other things."""
    chat = Chat(server, BY_TYPING, "nl")
    await chat.ask("/profession apotheker")
    assert rings(await chat.ask("/subscribe recipe"))
    await Chat(server, DOCTOR, "de").ask("/profession huisarts")
    await Chat(server, DOCTOR, "de").ask("/subscribe all")
    await Chat(server, NURSE, "fr").ask("/profession infirmière")
    await Chat(server, NURSE, "fr").ask("/subscribe mycarenet")


async def test_she_is_told_of_the_outage_with_her_steps(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """With sound, since when, by whom; the steps of her profession, and a code to name it by."""
    site.flip("Recip-e", DOWN)
    ping = await server.wait_for(BY_BUTTONS, "REC-")
    assert ping.text.startswith(f"🔴 {bot.content.service('recip-e', 'fr')} : en panne depuis ")
    assert not ping.silent
    assert "Source : Page de Recip-e" in ping.text
    assert bot.content.title("dispense-on-paper-proof", "fr") in ping.text
    assert "\n1. " in ping.text
    assert "REC-" in ping.text
    assert "Couper cet incident" in ping.labels


async def test_each_is_told_in_her_own_language_and_profession(
    bot: BotProcess, server: TelegramServer
) -> None:
    """The doctor prescribes on paper; the nurse, who follows something else, is left in peace."""
    dutch = await server.wait_for(BY_TYPING, "REC-")
    assert bot.content.title("dispense-on-paper-proof", "nl") in dutch.text
    doctor = await server.wait_for(DOCTOR, "REC-")
    assert bot.content.title("prescribe-on-paper-force-majeure", "de") in doctor.text
    assert Chat(server, NURSE).pings("REC-") == []


async def test_the_buttons_of_a_ping_leave_it_where_it_is(
    bot: BotProcess, server: TelegramServer
) -> None:
    """The procedure and the state open below it."""
    chat = Chat(server, BY_BUTTONS, "fr")
    ping = chat.pings("REC-")[0]
    shown = await chat.press("Voir l'état")
    assert "🔴 Recip-e" in shown.text
    assert shown.message_id > ping.message_id


async def test_a_restart_tells_nothing_again(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """The outage lasts; who was told knows."""
    assert await bot.terminate() == 0
    await bot.start()
    await site.until_read(3)
    for chat in (BY_BUTTONS, BY_TYPING, DOCTOR):
        assert len(Chat(server, chat).pings("REC-")) == 1, server.transcript(chat)


async def test_when_it_is_back_she_is_told_silently_what_to_put_right(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """A silent reply to the onset, with how long it lasted."""
    site.flip("Recip-e", FINE)
    back = await server.wait_for(BY_BUTTONS, "fonctionne de nouveau")
    onset = Chat(server, BY_BUTTONS).pings("REC-")[0]
    assert back.silent
    assert back.reply_to == onset.message_id
    assert "A duré " in back.text
    assert "\nUne fois rétabli\n" in back.text
    await server.wait_for(BY_TYPING, lambda one: one.silent)
    await server.wait_for(DOCTOR, lambda one: one.silent)


async def test_nothing_more_comes(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """One onset and one end for each, and nothing for the nurse."""
    await site.until_read(3)
    for chat in (BY_BUTTONS, BY_TYPING, DOCTOR):
        assert len(Chat(server, chat).pings("REC-")) == 2, server.transcript(chat)
    assert Chat(server, NURSE).pings("REC-") == []


async def test_a_muted_incident_says_nothing_more(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """Its end neither; the next incident is told."""
    site.flip("MyCareNet", DOWN)
    await server.wait_for(NURSE, "Source : Statut eHealth")
    nurse = Chat(server, NURSE, "fr")
    told = await nurse.press("Couper cet incident")
    assert told.text.startswith("Plus de messages sur ")
    pings = len(nurse.pings("Source : "))
    site.flip("MyCareNet", FINE)
    await server.wait_for(DOCTOR, lambda one: one.silent and "MyCareNet" in one.text)
    assert len(nurse.pings("Source : ")) == pings


async def test_who_unsubscribes_is_told_nothing(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """From that moment on; and /stop forgets it all, and says how much it was."""
    chat = Chat(server, BY_BUTTONS, "fr")
    assert not rings(await chat.ask("/unsubscribe recip-e"))
    await Chat(server, BY_TYPING, "nl").ask("/stop")
    site.flip("Recip-e", DOWN)
    await server.wait_for(DOCTOR, lambda one: not one.silent and "Recip-e" in one.text, after=5)
    await server.wait_until(lambda: len(Chat(server, DOCTOR).pings("REC-")) == 3)
    assert len(chat.pings("REC-")) == 2
    assert len(Chat(server, BY_TYPING).pings("REC-")) == 2
