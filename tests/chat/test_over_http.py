"""The real Application against the fake Bot API: what people send that is no plain question."""

import logging
import os
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.answering import Answer, Context, Question
from bot.chat.application import ALLOWED_UPDATES, App, build_application
from bot.chat.commands import COMMANDS
from bot.preferences import Preferences
from tests.chat.samples import Asked
from tests.telegram_server import TOKEN, Message, Person, TelegramServer

ANNA = 100
GROUP = -200
BOSS, CLERK = 301, 302


class Running:
    """A bot under test, its server and what it keeps."""

    def __init__(self, server: TelegramServer, asked: Asked) -> None:
        self.server = server
        self.asked = asked
        self.store = asked.store

    async def after(self, said: Message) -> Message:
        """The bot's next message in the chat."""
        return await self.server.wait_for(said.chat_id, after=said.message_id)

    async def press(self, label: str, chat: int = ANNA, user: int | None = None) -> None:
        query = await self.server.press(chat, label, user=user)
        await self.server.wait_for_answer(query)


async def serve(server: TelegramServer, application: App) -> AsyncIterator[None]:
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(
            poll_interval=0, timeout=1, allowed_updates=list(ALLOWED_UPDATES)
        )
        yield
        await application.updater.stop()
        await application.stop()


@pytest_asyncio.fixture(name="running")
async def make_running() -> AsyncIterator[Running]:
    """A bot that polls, with one private chat; no request of it may break the Bot API's rules."""
    asked = Asked()
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as server:
        server.add_chat(ANNA)
        application = build_application(TOKEN, server.url, asked.parts)
        async for _ in serve(server, application):
            yield Running(server, asked)
        assert server.violations == []


async def test_a_question_is_answered(running: Running) -> None:
    """In the language of the person's Telegram, as parsed HTML, with buttons."""
    answer = await running.server.ask(ANNA, "recip-e plante", language_code="nl-BE")
    assert answer.text.startswith("Délivrer sur preuve papier (nl)")
    assert answer.parse_mode == "HTML"
    assert "Ander beroep bekijken" in answer.labels


async def test_a_button_edits_in_place(running: Running) -> None:
    """And its clock is stopped; pressing it twice changes nothing and is no error."""
    answer = await running.server.ask(ANNA, "recip-e plante", language_code="fr")
    await running.press("Voir l'état")
    await running.server.wait_for(ANNA, "État des services")
    await running.press("Actualiser")
    await running.press("⬅ Retour")
    await running.server.wait_for(ANNA, "Délivrer sur preuve papier")
    messages = running.server.sent(ANNA)
    assert [one.message_id for one in messages] == [answer.message_id]
    assert messages[0].text == answer.text
    assert len(messages[0].edits) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/nosuch", "Bis ne connaît pas cette commande"),
        ("/statsu", "Pensez-vous à /status ?"),
        ("👍👍", "Dites en quelques mots"),
        ("x" * 4096, "trop long"),
        ("rien <b>&", "Bis n'a pas de procédure"),
        ("/start x<>&", "Ce lien ne mène à rien"),
        ("/profession <b>&", "Bis ne connaît pas de profession"),
        ("/status 85073003328", "Bis ne connaît pas de service"),
        ("/status 85073003328", "⚠ Cela ressemble à un numéro national"),
        ("/recipe 85073003328", "⚠ Cela ressemble à un numéro national"),
        ("recip-e 85.07.30-033.28", "⚠ Cela ressemble à un numéro national"),
    ],
)
async def test_bad_input_in_words(running: Running, text: str, told: str) -> None:
    """Each gets a kind, exact answer."""
    answer = await running.server.ask(ANNA, text, language_code="fr")
    assert told in answer.text


async def test_bad_input_without_words(running: Running) -> None:
    """A sticker, a photo, a voice message, a file: each is told as what it is."""
    server = running.server
    sends = (server.sticker, server.photo, server.voice, server.document)
    told = [(await running.after(await send(ANNA, language_code="fr"))).text for send in sends]
    kinds = ("autocollants", "images", "écouter", "fichier")
    assert all(kind in text for kind, text in zip(kinds, told, strict=True))


async def test_an_edited_question_is_answered_anew(running: Running) -> None:
    """Who mends a slip need not send it again."""
    asked = await running.server.say(ANNA, "rien", language_code="fr")
    first = await running.after(asked)
    await running.server.edit_own(ANNA, asked.message_id, "recip-e plante")
    again = await running.server.wait_for(ANNA, after=first.message_id)
    assert again.text.startswith("Réponse à votre message modifié.\n\nDélivrer")


async def test_an_old_button_is_answered_kindly(running: Running) -> None:
    """Of another version, after a restart: a new message, and no error."""
    server = running.server
    answer = await server.ask(ANNA, "recip-e", language_code="fr")
    chat = server.world.chats.by_id[ANNA]
    query = server.press_data(chat, answer, server.person(chat, None), "v0:gone:x")
    await server.wait_for_answer(query)
    assert "version antérieure" in (await server.wait_for(ANNA, after=answer.message_id)).text


async def test_a_press_that_came_too_late_still_counts(running: Running) -> None:
    """Its clock can no longer be stopped; what it asked for is done all the same."""
    await running.server.ask(ANNA, "recip-e plante", language_code="fr")
    await running.server.press(ANNA, "Suivre les pannes", expired=True)
    await running.server.wait_until(
        lambda: bool(running.store.kept[ANNA].services), what="the subscription"
    )
    assert running.store.kept[ANNA].services == {"recip-e"}


async def test_a_button_of_a_deleted_message_gets_a_new_one(running: Running) -> None:
    """Nothing is lost with it."""
    answer = await running.server.ask(ANNA, "recip-e plante", language_code="fr")
    running.server.fail(
        method="editMessageText", code=400, description="Bad Request: message to edit not found"
    )
    await running.press("Voir l'état")
    fresh = await running.server.wait_for(ANNA, after=answer.message_id)
    assert fresh.text.startswith("État des services")


async def test_text_that_telegram_cannot_parse_is_sent_plain(running: Running) -> None:
    """Better without bold than not at all."""
    running.server.fail(
        method="sendMessage", code=400, description="Bad Request: can't parse entities: x"
    )
    answer = await running.server.ask(ANNA, "recip-e plante", language_code="fr")
    assert "2. Délivrer & noter l'heure < midi" in answer.text
    assert answer.entities == ()


async def test_a_press_is_answered_plain_where_telegram_cannot_parse(running: Running) -> None:
    """In place of the message with the button, as in a new one."""
    answer = await running.server.ask(ANNA, "recip-e plante", language_code="fr")
    running.server.fail(
        method="editMessageText", code=400, description="Bad Request: can't parse entities: x"
    )
    await running.press("Voir l'état")
    edited = await running.server.wait_for(ANNA, "État des services")
    assert (edited.message_id, edited.entities) == (answer.message_id, ())


async def test_a_flood_is_told_once(running: Running) -> None:
    """The twenty-first is asked to wait; the next ones are dropped."""
    for _ in range(20):
        await running.server.say(ANNA, "/privacy", language_code="fr")
    for _ in range(3):
        await running.server.say(ANNA, "/privacy")
    await running.server.wait_for(ANNA, "Attendez une minute")
    # Another chat is served meanwhile; by then the dropped ones have been seen.
    await running.server.ask(ANNA + 1, "/privacy", language_code="fr")
    running.asked.now = running.asked.now.replace(hour=15)
    told = await running.server.ask(ANNA, "/settings")
    assert told.text.startswith("Vos choix")
    first_lines = [one.text.splitlines()[0] for one in running.server.sent(ANNA)]
    wait = "Cela fait beaucoup d'un coup. Attendez une minute, puis continuez."
    assert first_lines == ["Ce que Bis conserve"] * 20 + [wait, "Vos choix"]


async def test_in_a_group_only_what_is_meant_for_the_bot(running: Running) -> None:
    """A mention is answered without the mention in it; talk among colleagues is not."""
    server = running.server
    await server.set_standing(GROUP, "administrator", chat_type="group")
    await server.say(GROUP, "recip-e plante encore", user=CLERK, language_code="fr")
    await server.say(GROUP, "/nosuch", user=CLERK)
    await server.sticker(GROUP, user=CLERK)
    said = await server.say(GROUP, "@Test_Bot recip-e plante ?", user=CLERK)
    answer = await running.after(said)
    assert answer.reply_to == said.message_id
    assert [one.text for one in running.asked.questions] == ["recip-e plante ?"]
    assert len(server.sent(GROUP)) == 1


async def test_in_a_group_a_reply_to_the_bot_is_a_question(running: Running) -> None:
    """As one goes on talking."""
    server = running.server
    await server.set_standing(GROUP, "member", chat_type="group")
    said = await server.say(GROUP, "/status@test_bot", user=CLERK, language_code="fr")
    status = await running.after(said)
    await server.say(GROUP, "recip-e alors", user=CLERK, reply_to=status.message_id)
    await server.wait_for(GROUP, "Délivrer")
    assert len(server.sent(GROUP)) == 2


async def test_in_a_group_only_administrators_change_choices(running: Running) -> None:
    """By a command or by a button; who pressed one in vain is told so alone."""
    server = running.server
    await server.set_standing(GROUP, "member", chat_type="group")
    asked = await server.say(GROUP, "/subscribe recip-e", user=CLERK, language_code="fr")
    refused = await running.after(asked)
    await server.set_member(GROUP, Person(BOSS, language_code="fr"), "creator")
    assert refused.text == "Dans un groupe, seul un administrateur peut changer cela."
    done = await running.after(await server.say(GROUP, "/subscribe recip-e", user=BOSS))
    query = await server.press(GROUP, "▫ STS", user=CLERK)
    toast = await server.wait_for_answer(query)
    assert (toast["text"], toast["show_alert"]) == (refused.text, False)
    assert running.store.kept[GROUP].services == {"recip-e"}
    assert server.sent(GROUP)[-1].message_id == done.message_id
    await running.press("▫ STS", GROUP, BOSS)
    await server.wait_until(lambda: "sts" in running.store.kept[GROUP].services)


async def test_blocking_and_coming_back(running: Running) -> None:
    """The store learns who can be reached."""
    await running.server.block(ANNA)
    await running.server.wait_until(lambda: running.store.reachable.get(ANNA) is False)
    await running.server.unblock(ANNA)
    await running.server.wait_until(lambda: running.store.reachable.get(ANNA) is not False)
    assert running.store.reachable == {ANNA: True}


async def test_a_group_that_moves_keeps_its_choices(running: Running) -> None:
    """It becomes a supergroup with another id; both chats say so."""
    server = running.server
    await server.set_standing(GROUP, "member", chat_type="group")
    running.store.kept[GROUP] = Preferences(GROUP, services=frozenset({"sts"}))
    await server.migrate(GROUP, -100200)
    await server.wait_until(lambda: -100200 in running.store.kept)
    assert running.store.kept[-100200].services == {"sts"}
    assert GROUP not in running.store.kept


async def test_an_error_is_told_calmly_and_logged_without_text(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names kind and place; neither question nor chat nor message is in it."""

    def broken(question: Question, context: Context) -> Answer:
        raise ValueError(question.text)

    object.__setattr__(running.asked.parts, "answer", broken)
    with caplog.at_level(logging.DEBUG, logger="bot"):
        answer = await running.server.ask(ANNA, "recip-e secret", language_code="fr")
    assert answer.text.startswith("Quelque chose a échoué de notre côté.")
    [record] = caplog.records
    assert re.fullmatch(r"update \d+: ValueError at \w+\.py:\d+ in \w+", record.getMessage())
    assert record.exc_info is None


async def test_the_menu_is_published_in_each_language() -> None:
    """Commands and descriptions, for the four languages and for everyone else."""
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as server:
        application = build_application(TOKEN, server.url, Asked().parts)
        async with application:
            assert application.post_init is not None
            await application.post_init(application)
        for method in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
            assert len(server.calls(method)) == 5
        assert server.violations == []
        first = str(server.calls("setMyCommands")[0].parameters["commands"])
        assert all(command.name in first for command in COMMANDS)


async def test_a_menu_that_is_refused_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """It is decoration: logged, and the bot starts."""
    async with TelegramServer() as server:
        application = build_application(TOKEN, server.url, Asked().parts)
        async with application:
            server.fail(method="setMyCommands", code=400, description="Bad Request: no")
            assert application.post_init is not None
            await application.post_init(application)
    assert "menu not published: BadRequest" in caplog.text
