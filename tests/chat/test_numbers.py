"""A typed number presses the button of a numbered list, and nothing else is taken for one."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.chat.application import build_application
from bot.chat.numbers import chosen
from bot.knowledge.lexicon import Lexicon, NumberWords
from bot.knowledge.loader import load_knowledge
from bot.settings import CHECKOUT_KNOWLEDGE
from tests.chat.samples import Asked, knowledge
from tests.chat.test_over_http import serve
from tests.telegram_server import TOKEN, Message, TelegramServer

ANNA, GROUP, CLERK = 100, -200, 302
PROOF, REGULARISE = "Délivrer sur preuve papier", "Régulariser après la panne"
GONE = "Aucune liste numérotée"
LIST = "après la panne"
"""A question of the samples that is asked back with two numbered buttons."""


@pytest.fixture(name="lexicon", scope="module")
def _lexicon() -> Lexicon:
    return load_knowledge(CHECKOUT_KNOWLEDGE).lexicon


@pytest.fixture(name="said")
def _said(lexicon: Lexicon) -> NumberWords | None:
    return lexicon.numbers


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        (1, ("1", "1.", "1)", " 01 ", "la 1", "le premier", "la première", "une", "1er svp")),
        (1, ("optie 1", "de eerste", "een", "das erste", "eins", "the first one", "number one")),
        (2, ("2", "2.", "#2", "2️⃣", "la 2", "le 2e", "la deuxième", "la seconde", "option 2")),
        (2, ("optie 2", "nummer twee", "de tweede aub", "das zweite", "zwei", "the second one")),
        (3, ("numéro 3", "le troisième", "nummer 3", "de derde", "die dritte", "third please")),
        (12, ("12", "la 12")),
        (0, ("0",)),
    ],
)
def test_a_number_is_understood(
    said: NumberWords | None, number: int, texts: tuple[str, ...]
) -> None:
    """In digits and in words, in the four languages."""
    assert {text: chosen(text, said) for text in texts} == dict.fromkeys(texts, number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "le",
        "merci",
        "1 2",
        "2,5",
        "704",
        "704N",
        "2 patients attendent",
        "erreur 2",
        "chapitre 4",
        "hoofdstuk vier",
        "le premier patient",
        "the second reader",
        "de tweede kaart",
        "das erste Mal",
        "la la la la la 2",
    ],
)
def test_what_says_more_is_no_number(said: NumberWords | None, text: str) -> None:
    """One word of its own makes it a question."""
    assert chosen(text, said) is None


def test_a_base_without_such_words_has_no_numbers() -> None:
    """Another base may leave them out."""
    assert chosen("2", None) is None


class Talk:
    """One chat with a bot over the samples, with the shipped words for numbers."""

    def __init__(self, server: TelegramServer, asked: Asked) -> None:
        self.server, self.asked = server, asked

    async def ask(self, text: str) -> Message:
        """Types it; gives the bot's next message."""
        return await self.server.ask(ANNA, text, language_code="fr")

    async def press(self, label: str) -> None:
        """Presses the newest button that is called so."""
        await self.server.wait_for_answer(await self.server.press(ANNA, label))


@pytest_asyncio.fixture(name="talk")
async def _talk(lexicon: Lexicon) -> AsyncIterator[Talk]:
    asked = Asked(knowledge(lexicon=lexicon))
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as server:
        server.add_chat(ANNA)
        application = build_application(TOKEN, server.url, asked.parts)
        async for _ in serve(server, application):
            yield Talk(server, asked)
        assert server.violations == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("1", REGULARISE),
        ("2.", PROOF),
        ("la 2", PROOF),
        ("le premier", REGULARISE),
        ("optie 2", PROOF),
        ("nummer 1", REGULARISE),
        ("the second one", PROOF),
        ("das zweite", PROOF),
    ],
)
async def test_a_typed_number_presses_its_button(talk: Talk, typed: str, title: str) -> None:
    """With a new message; the list stays, and another of its numbers still counts."""
    await talk.ask(LIST)
    assert (await talk.ask(typed)).text.startswith(title)
    assert (await talk.ask("2")).text.startswith(PROOF)
    assert [one.text for one in talk.asked.questions] == [LIST]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Il n'y a que 2 boutons : tapez un numéro de 1 à 2."),
        ("nl", "Er zijn maar 2 knoppen: typ een nummer van 1 tot 2."),
        ("de", "Es gibt nur 2 Knöpfe: Schreiben Sie eine Zahl von 1 bis 2."),
        ("en", "There are only 2 buttons: type a number from 1 to 2."),
    ],
)
async def test_a_number_beyond_the_list_is_told_how_many_there_are(
    talk: Talk, language: str, told: str
) -> None:
    """In one line; the list still counts."""
    await talk.server.ask(ANNA, LIST, language_code=language)
    for typed in ("3", "0"):
        assert (await talk.server.ask(ANNA, typed, language_code=language)).text == told
    assert (await talk.ask("1")).text.startswith(REGULARISE)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Aucune liste numérotée n'est ouverte."),
        ("nl", "Er staat geen genummerde lijst open."),
        ("de", "Es ist keine nummerierte Liste offen."),
        ("en", "No numbered list is open."),
    ],
)
async def test_where_no_list_stands_a_number_is_told_so(
    talk: Talk, language: str, told: str
) -> None:
    """Also after a restart, which nothing is kept over: it is no question, so none is matched."""
    await talk.server.ask(ANNA, LIST, language_code=language)
    talk.asked.parts.lists.forget(ANNA)
    answered = await talk.server.ask(ANNA, "2", language_code=language)
    assert answered.text.startswith(told)
    assert "Recip-e" in answered.labels
    assert [one.text for one in talk.asked.questions] == [LIST]


async def test_the_steps_of_an_answer_are_no_list(talk: Talk) -> None:
    """They are numbered too, and its buttons are not."""
    await talk.ask("recip-e plante")
    assert (await talk.ask("2")).text.startswith(GONE)


@pytest.mark.parametrize("between", ["recip-e plante", "/help", "/stop"])
async def test_what_is_typed_after_a_list_ends_it(talk: Talk, between: str) -> None:
    """The number would be another's."""
    await talk.ask(LIST)
    await talk.ask(between)
    assert (await talk.ask("2")).text.startswith(GONE)


@pytest.mark.parametrize(("minutes", "pressed"), [(10, True), (11, False)])
async def test_ten_minutes_are_the_limit(talk: Talk, minutes: int, pressed: bool) -> None:
    """Later nobody remembers what the second one was."""
    await talk.ask(LIST)
    talk.asked.now += timedelta(minutes=minutes)
    assert (await talk.ask("2")).text.startswith(PROOF) is pressed


async def test_a_list_that_a_press_brought_counts_until_another_takes_its_place(talk: Talk) -> None:
    """Topics are no list; the procedures of one are, in the same message."""
    await talk.ask("/profession pharmacist")
    await talk.ask("/procedures")
    await talk.press("Recip-e")
    await talk.server.wait_for(ANNA, "1. Délivrer")
    assert (await talk.ask("2")).text.startswith(REGULARISE)
    await talk.press("Voir l'état")
    await talk.server.wait_for(ANNA, "État des services")
    assert (await talk.ask("1")).text.startswith(PROOF)


async def test_a_list_that_gave_way_to_an_answer_is_gone(talk: Talk) -> None:
    """Its message shows the answer now."""
    await talk.ask("/profession pharmacist")
    await talk.ask("/procedures")
    await talk.press("Recip-e")
    first = (await talk.server.wait_for(ANNA, "1. Délivrer")).labels[0]
    await talk.press(first)
    await talk.server.wait_for(ANNA, "Demander la preuve papier")
    assert (await talk.ask("2")).text.startswith(GONE)


async def test_an_edited_number_is_no_press(talk: Talk) -> None:
    """What is mended is a question."""
    await talk.ask(LIST)
    asked = await talk.server.say(ANNA, "rien", language_code="fr")
    await talk.server.wait_for(ANNA, after=asked.message_id)
    await talk.server.edit_own(ANNA, asked.message_id, "2")
    await talk.server.wait_until(lambda: talk.asked.questions[-1].text == "2", what="the question")


async def test_in_a_group_a_number_is_taken_where_the_bot_is_addressed(talk: Talk) -> None:
    """As any text: in reply to the list, or with its name; each chat has its own list."""
    server = talk.server
    await server.set_standing(GROUP, "member", chat_type="group")
    asked = await server.say(GROUP, "/status@test_bot", user=CLERK, language_code="fr")
    state = await server.wait_for(GROUP, after=asked.message_id)
    await server.say(GROUP, LIST, user=CLERK, reply_to=state.message_id)
    listed = await server.wait_for(GROUP, after=state.message_id)
    await server.say(GROUP, "2", user=CLERK, reply_to=listed.message_id)
    assert (await server.wait_for(GROUP, after=listed.message_id)).text.startswith(PROOF)
    assert (await talk.ask("1")).text.startswith(GONE)
