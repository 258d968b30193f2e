"""Whatever a button does can be typed: both ways lead to the same screen and the same choices."""

from dataclasses import dataclass

import pytest

from tests.stories.process import BotProcess
from tests.stories.talking import Chat
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True)
class Row:
    """A typed command, and the way to the same by buttons; `before`: typed by both of them."""

    pressed: tuple[str, ...]
    before: tuple[str, ...] = ("/profession pharmacist",)


SUBSCRIBED = ("/profession pharmacist", "/subscribe mycarenet sts")
PROCEDURE = "/start p_dispense-on-paper-proof"
ROWS = {
    "/language nl": Row(("/start", "Nederlands")),
    "/profession dentist": Row(("/profession", "Dentiste")),
    "/profession -": Row(("/settings", "Changer de profession", "Aucune de celles-ci")),
    "/status": Row(("/help", "Voir l'état")),
    "/status mycarenet": Row(("/status mycarenett", "Actualiser")),
    "/procedures": Row(("/help", "Voir les thèmes")),
    PROCEDURE: Row((PROCEDURE, "Voir l'état", "⬅ Retour")),
    "/subscribe mycarenet": Row(("/subscribe", "▫ MyCareNet")),
    "/subscribe recip-e": Row((PROCEDURE, "Suivre les pannes")),
    "/subscribe all": Row(("/settings", "Choisir les services", "Tout suivre")),
    "/unsubscribe mycarenet": Row(("/subscribe", "🔔 MyCareNet"), SUBSCRIBED),
    "/unsubscribe all": Row(("/subscribe", "Tout arrêter"), SUBSCRIBED),
    "/quiet 22:00-07:00": Row(("/settings", "Fixer les heures calmes", "22:00-07:00")),
    "/quiet off": Row(("/quiet", "Pas d'heures calmes"), ("/quiet 20:00-08:00",)),
    "/settings": Row(("/quiet", "⬅ Retour")),
}


@pytest.mark.parametrize(("number", "typed"), [*enumerate(ROWS)], ids=[*ROWS])
async def test_a_command_and_its_buttons_do_the_same(
    bot: BotProcess, server: TelegramServer, number: int, typed: str
) -> None:
    """The same screen, and the same choices are kept."""
    row = ROWS[typed]
    one, other = Chat(server, 800 + number), Chat(server, 900 + number)
    for command in row.before:
        await one.ask(command)
        await other.ask(command)
    shown = await one.ask(typed)
    also = await other.ask(row.pressed[0])
    for label in row.pressed[1:]:
        also = await other.press(label)
    assert also.text.splitlines()[0] == shown.text.splitlines()[0]
    assert (await one.ask("/settings")).text == (await other.ask("/settings")).text


async def test_what_is_kept_and_that_it_can_be_deleted_is_told(
    bot: BotProcess, server: TelegramServer
) -> None:
    """/privacy in words, /stop with numbers; what was kept is gone."""
    chat = Chat(server, 1000)
    await chat.ask("/profession dentist")
    await chat.ask("/subscribe eattest")
    assert "/stop" in (await chat.ask("/privacy")).text
    assert "1 abonnement" in (await chat.ask("/stop")).text
    assert "Profession : non choisie" in (await chat.ask("/settings")).text


async def test_help_lists_every_command(bot: BotProcess, server: TelegramServer) -> None:
    """In the order of the menu, each with what it does."""
    told = (await Chat(server, 1001, "nl").ask("/help")).text
    published = server.calls("setMyCommands")[-1].parameters["commands"]
    names = [line[1:].split(" ")[0] for line in told.splitlines() if line.startswith("/")]
    assert len(names) >= 12
    assert all(f'"{name}"' in published for name in names)
