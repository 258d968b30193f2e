"""A nurse asks, at the patient's bedside, in her own words."""

import pytest

from tests.stories.process import BotProcess
from tests.stories.talking import Chat
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

BEGINNING = {
    "fr": ("Français", "Infirmier à domicile", "Profession : Infirmier à domicile."),
    "nl": ("Nederlands", "Thuisverpleegkundige", "Beroep: Thuisverpleegkundige."),
    "de": ("Deutsch", "Hauskrankenpfleger", "Beruf: Hauskrankenpfleger."),
    "en": ("English", "Home nurse", "Profession: Home nurse."),
}
QUESTIONS = {
    "fr": "lecteur de carte en pane chez le patient, quel motif encoder ?",
    "nl": "kaartlezer kapott bij de patiënt, welke reden invullen?",
    "de": "Kartenlesr defekt beim Patienten, welchen Grund angeben?",
    "en": "card raeder broken at the patient's home, which reason do I enter?",
}
CHECK = "contact-mycarenet"
PROCEDURE = "nurse-manual-entry-reason"
LABELS = {
    "fr": ("Que faire", "Sources", "Voir l'état", "⬅ Retour", "État des services"),
    "nl": ("Wat te doen", "Bronnen", "Toestand bekijken", "⬅ Terug", "Toestand van de diensten"),
    "de": ("Was zu tun ist", "Quellen", "Zustand ansehen", "⬅ Zurück", "Zustand der Dienste"),
    "en": ("What to do", "Sources", "See status", "⬅ Back", "State of the services"),
}


async def begun(server: TelegramServer, chat: int, language: str) -> Chat:
    """Someone who chose language and profession by buttons."""
    talk = Chat(server, chat, "en")
    await talk.ask("/start")
    button, profession, _ = BEGINNING[language]
    await talk.press(button)
    await talk.press(profession)
    return talk


@pytest.mark.parametrize(("number", "language"), [*enumerate(["fr", "nl", "de", "en"])])
async def test_she_begins_and_asks_with_a_typing_slip(
    bot: BotProcess, server: TelegramServer, number: int, language: str
) -> None:
    """Language and profession by buttons; then the procedure, its sources, its status."""
    talk = Chat(server, 100 + number, "en")
    await talk.ask("/start")
    button, profession, kept = BEGINNING[language]
    await talk.press(button)
    ready = await talk.press(profession)
    assert kept in ready.text
    answer = await talk.reach(QUESTIONS[language], bot.content.title(PROCEDURE, language))
    steps, sources, see_status, back, title = LABELS[language]
    assert f"\n{steps}\n1. " in answer.text
    assert f"\n{sources}\n" in answer.text
    assert (await talk.press(see_status)).text.startswith(title)
    assert (await talk.press(back)).text == answer.text


async def test_the_answer_says_the_state_of_what_it_rests_on(
    bot: BotProcess, server: TelegramServer
) -> None:
    """In words and sign, with the source and how long ago it was read."""
    talk = await begun(server, 200, "fr")
    answer = await talk.reach("mycarenet", bot.content.title(CHECK, "fr"))
    assert "🟢 MyCareNet: fonctionne" in answer.text
    assert "Statut eHealth, lu à " in answer.text


async def test_she_looks_what_another_profession_does(
    bot: BotProcess, server: TelegramServer
) -> None:
    """Choosing one shows its procedures on the same trouble, or says that there is none."""
    talk = await begun(server, 201, "fr")
    await talk.reach(QUESTIONS["fr"], bot.content.title(PROCEDURE, "fr"))
    asked = await talk.press("Voir une autre profession")
    assert "Pour quelle profession ?" in asked.text
    shown = await talk.press("Dentiste")
    assert shown.text.startswith(("Dentiste", "Bis n'a pas de procédure"))


async def test_a_vague_question_is_asked_back_with_buttons(
    bot: BotProcess, server: TelegramServer
) -> None:
    """Two to four procedures; a press shows one, and the choice stays above it."""
    talk = await begun(server, 202, "fr")
    choice = await talk.ask("carte du patient")
    assert choice.text.startswith("Plusieurs procédures sont proches.")
    assert 2 <= len(choice.labels) <= 4
    shown = await talk.press("1. ")
    assert choice.text.splitlines()[2] == f"1. {shown.text.splitlines()[0]}"
    assert shown.message_id > choice.message_id


async def test_what_bis_does_not_know_it_says(bot: BotProcess, server: TelegramServer) -> None:
    """No guess: the topics that matter for a nurse, and a helpdesk."""
    talk = await begun(server, 203, "fr")
    told = await talk.ask("quel temps fait-il demain")
    assert told.text.startswith("Bis n'a pas de procédure pour cela et n'en invente pas.")
    assert "02 788 51 55" in told.text
    assert len(told.labels) == 8
    assert "Carte eID et lecteur" in told.labels
    assert (await talk.press("Carte eID et lecteur")).text.startswith("Carte eID et lecteur")


async def test_a_question_is_answered_in_its_own_language(
    bot: BotProcess, server: TelegramServer
) -> None:
    """Dutch in a chat set to French; what the chat was set to stays."""
    talk = await begun(server, 204, "fr")
    told = await talk.reach(
        "kaartlezer kapot bij de patiënt, welke reden invullen", bot.content.title(PROCEDURE, "nl")
    )
    assert "\nWat te doen\n" in told.text
    assert "Langue : Français" in (await talk.ask("/settings")).text


async def test_a_deep_link_leads_to_its_procedure(bot: BotProcess, server: TelegramServer) -> None:
    """And one to a service shows its state."""
    talk = Chat(server, 205, "fr")
    assert (
        bot.content.title(PROCEDURE, "fr")
        in (await talk.ask("/start p_nurse-manual-entry-reason")).text
    )
    assert "🟢 Recip-e" in (await talk.ask("/start s_recip-e")).text
