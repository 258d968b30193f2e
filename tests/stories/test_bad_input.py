"""Whatever people send: a kind, exact answer in their language, and not a trace of it kept."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.words import Words
from tests.stories.process import BotProcess
from tests.stories.talking import Chat
from tests.telegram_server import TOKEN, Message, TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

LANGUAGES = {"fr": 7_301_945_501, "nl": 7_301_945_502, "de": 7_301_945_503, "en": 7_301_945_504}
NATIONAL_NUMBER = "85.07.30-033.28"
UNHEARD_OF = "zxqvwkj"
"""A word that no text of ours has: wherever it is found, it came from a person."""


@dataclass(frozen=True)
class Row:
    """`told`: the id of the message that the answer must be, or contain."""

    text: str
    told: str
    named: str = ""


ROWS = {
    "unknown command": Row(f"/{UNHEARD_OF}", "unknown-command"),
    "command with a slip": Row("/statsu", "unknown-command-nearest", "/status"),
    "4,096 characters": Row(f"{UNHEARD_OF} {'x' * 4087}", "too-long"),
    "emoji alone": Row("👍👍🏽", "no-words"),
    "blanks and signs": Row("\u200b . ?!", "no-words"),
    "unknown profession": Row(f"/profession {UNHEARD_OF}", "profession-unknown"),
    "unknown service": Row(f"/status {UNHEARD_OF}", "status-service-unknown-none"),
    "unknown subscription": Row(f"/subscribe {UNHEARD_OF}", "service-unknown-none"),
    "malformed link": Row(f"/start {UNHEARD_OF}<>&", "start-link-unknown"),
    "markup": Row(f"{UNHEARD_OF} <b>&", "unknown-answer"),
    "national number": Row(f"{UNHEARD_OF} {NATIONAL_NUMBER}", "warning-national-number"),
    "national number as a name": Row(f"/status {NATIONAL_NUMBER}", "status-service-unknown-none"),
    "bad hours": Row("/quiet 25:00-x", "quiet-bad"),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_bad_words_get_their_answer(
    bot: BotProcess, server: TelegramServer, language: str
) -> None:
    """Each row by its own message, in the language of the person's Telegram."""
    chat, words = Chat(server, LANGUAGES[language], language), Words()
    for name, row in ROWS.items():
        arguments = {"command": row.named} if row.named else {}
        told = await chat.ask(row.text)
        assert words.text(language, row.told, **arguments) in told.text, name


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_no_text_gets_its_answer(
    bot: BotProcess, server: TelegramServer, language: str
) -> None:
    """A sticker, a photo, a voice message, a file; words under one are answered."""
    chat, words = LANGUAGES[language] + 10, Words()
    sends = {
        "kind-sticker": server.sticker(chat, language_code=language),
        "kind-photo": server.photo(chat, language_code=language),
        "kind-voice": server.voice(chat, language_code=language),
        "kind-document": server.document(chat, language_code=language),
        "attachment-note": server.photo(chat, UNHEARD_OF, language_code=language),
        "unknown-answer": server.document(chat, UNHEARD_OF, language_code=language),
    }
    for message_id, send in sends.items():
        sent = await send
        told = await server.wait_for(chat, after=sent.message_id)
        assert words.text(language, message_id) in told.text


async def test_an_edited_message_is_answered_anew(bot: BotProcess, server: TelegramServer) -> None:
    """And said so; a second edit too."""
    chat = LANGUAGES["fr"] + 20
    asked = await server.say(chat, UNHEARD_OF, language_code="fr")
    first = await server.wait_for(chat, after=asked.message_id)
    await server.edit_own(chat, asked.message_id, "quel temps fait-il")
    again = await server.wait_for(chat, after=first.message_id)
    assert again.text.startswith("Réponse à votre message modifié.\n\nBis n'a pas de procédure")


async def test_an_unknown_name_offers_the_nearest(bot: BotProcess, server: TelegramServer) -> None:
    """By buttons: a press does what was meant."""
    chat = Chat(server, LANGUAGES["fr"] + 21, "fr")
    near = await chat.ask("/status assura")
    assert "Assurabilité" in near.labels
    assert "Assurabilité" in (await chat.press("Assurabilité")).text


async def test_an_old_button_still_works_after_a_restart(
    bot: BotProcess, server: TelegramServer
) -> None:
    """It carries all that it needs; one of another version is answered kindly."""
    chat = Chat(server, LANGUAGES["fr"] + 22, "fr")
    shown = await chat.ask("/status")
    assert await bot.terminate() == 0
    await bot.start()
    await chat.press("Voir les thèmes")
    assert server.sent(chat.id)[0].text.startswith("Thèmes")
    await press_data(server, chat, shown, f"v0:{UNHEARD_OF}:x")
    await server.wait_for(chat.id, "version antérieure")
    await press_data(server, chat, shown, f"v1:show:{UNHEARD_OF}")
    await server.wait_until(lambda: bool(chat.pings("version antérieure")))


async def press_data(server: TelegramServer, chat: Chat, message: Message, data: str) -> None:
    """A button that this version never made."""
    known = server.world.chats.by_id[chat.id]
    query = server.press_data(known, message, server.person(known, None), data)
    await server.wait_for_answer(query)


async def test_no_trace_of_it_is_kept(bot: BotProcess, server: TelegramServer) -> None:
    """Neither text, token, chat nor national number in the log; no text in any file of the bot."""
    digits = NATIONAL_NUMBER.replace(".", "").replace("-", "")
    typed = (UNHEARD_OF, NATIONAL_NUMBER, digits, TOKEN, TOKEN.partition(":")[2])
    chats = tuple(str(chat) for chat in LANGUAGES.values())
    assert [secret for secret in (*typed, *chats) if secret in bot.log] == []
    assert found_in_files(bot.data, typed) == []


def found_in_files(folder: Path, secrets: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each secret that a file of the folder has in it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [
        (path.name, secret)
        for path in files
        for secret in secrets
        if secret.encode() in path.read_bytes()
    ]
