"""Whatever a button does can be typed: both ways lead to the same screen and the same choices."""

import pytest

from tests.stories.process import BotProcess
from tests.stories.talking import Chat
from tests.telegram_server import Message, TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

TYPED, PRESSED = 800, 801

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/language fr", ("/start", "Français")),
    ("/profession pharmacist", ("/profession", "Pharmacien")),
    ("/status", ("/help", "Voir l'état")),
    ("/status recip-e", ("/start p_dispense-on-paper-proof", "⬅ Retour", "1. ", "Voir l'état")),
    ("/procedures", ("/help", "Voir les thèmes")),
    ("/subscribe mycarenet", ("/subscribe", "▫ MyCareNet")),
    ("/subscribe all", ("/settings", "Choisir les services", "Tout suivre")),
    ("/unsubscribe mycarenet", ("/subscribe", "🔔 MyCareNet")),
    ("/unsubscribe all", ("/subscribe", "Tout arrêter")),
    ("/quiet 22:00-07:00", ("/settings", "Régler les heures", "22:00-07:00")),
    ("/quiet off", ("/quiet", "Aucune heure")),
    ("/settings", ("/quiet", "⬅ Retour")),
    ("/start p_dispense-on-paper-proof", ("/procedures", "Recip-e", "1. ")),
)
"""A typed command, and the way to the same by buttons."""


def choices(settings: Message) -> list[str]:
    """The lines of /settings."""
    return settings.text.splitlines()


@pytest.mark.parametrize(("typed", "pressed"), STEPS, ids=[typed for typed, _ in STEPS])
async def test_a_command_and_its_buttons_do_the_same(
    bot: BotProcess, server: TelegramServer, typed: str, pressed: tuple[str, ...]
) -> None:
    """The choices that are kept are the same afterwards; so is the first line that is shown."""
    one, other = Chat(server, TYPED), Chat(server, PRESSED)
    shown = await one.ask(typed)
    first, *buttons = pressed
    also = await other.ask(first)
    for label in buttons:
        also = await other.press(label)
    if not typed.startswith("/status "):
        assert also.text.splitlines()[0] == shown.text.splitlines()[0]
    assert choices(await one.ask("/settings")) == choices(await other.ask("/settings"))


async def test_what_is_kept_and_that_it_can_be_deleted_is_told(
    bot: BotProcess, server: TelegramServer
) -> None:
    """/privacy in words, /stop with numbers; what was kept is gone."""
    chat = Chat(server, 810)
    await chat.ask("/profession dentist")
    await chat.ask("/subscribe eattest")
    assert "/stop" in (await chat.ask("/privacy")).text
    assert "1 abonnement" in (await chat.ask("/stop")).text
    assert "Profession : non choisie" in (await chat.ask("/settings")).text


async def test_help_lists_every_command(bot: BotProcess, server: TelegramServer) -> None:
    """In the order of the menu, each with what it does."""
    told = (await Chat(server, 811, "nl").ask("/help")).text
    published = server.calls("setMyCommands")[-1].parameters["commands"]
    names = [line[1:].split(" ")[0] for line in told.splitlines() if line.startswith("/")]
    assert len(names) >= 12
    assert all(f'"{name}"' in published for name in names)
