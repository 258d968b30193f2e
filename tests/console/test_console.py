"""The terminal: the very handlers, with lines for messages and numbers for buttons."""

import io
import json

import pytest
from telegram.error import BadRequest

from bot.chat.application import build_application
from bot.console import TOKEN, run_console
from bot.console.request import ConsoleRequest
from bot.console.screen import Screen, as_text
from tests.chat.samples import Asked


async def talk(
    *lines: str, language: str | None = "fr", profession: str | None = "pharmacist"
) -> str:
    """What a terminal shows for these lines from a pipe."""
    asked, output = Asked(), io.StringIO()
    await run_console(
        lambda request: build_application(TOKEN, "https://unused.invalid", asked.parts, request),
        language,
        profession,
        io.StringIO("".join(f"{line}\n" for line in lines)),
        output,
    )
    return output.getvalue()


async def test_the_first_lines_tell_how_to_go_on() -> None:
    """How to ask, where help is, and how to leave; setting up is silent."""
    shown = await talk()
    assert (
        shown.split()
        == (
            "Bis dans le terminal. Écrivez une question ; /help montre les commandes ; "
            "un numéro presse un bouton ; /quit pour sortir. Au revoir."
        ).split()
    )


async def test_a_question_is_answered_with_numbered_buttons() -> None:
    """The profession and language of the command line are the chat's."""
    shown = await talk("recip-e plante")
    assert "> recip-e plante" in shown
    assert "1. Demander la preuve papier (fr)" in shown
    assert "│ Continuité <https://example.be/a?b=1&c=2> (eHealth, mars 2025)" in shown
    assert "  [1] Voir une autre profession\n  [2] Voir l'état\n" in shown


async def test_a_number_presses_a_button() -> None:
    """Of the last message that has any; the edited message is shown again."""
    shown = await talk("recip-e plante", "2", "2", "99")
    status, answer = shown.index("> 2"), shown.rindex("> 2")
    assert "État des services" in shown[status:answer]
    assert "Demander la preuve papier" in shown[answer:]
    assert "Aucun bouton ne porte ce numéro." in shown


@pytest.mark.parametrize("leave", ["/quit", "/exit", "/QUIT "])
async def test_leaving(leave: str) -> None:
    """Nothing after it is read."""
    shown = await talk(leave, "/help")
    assert "Ce que fait Bis" not in shown
    assert shown.endswith("Au revoir.\n")


async def test_empty_lines_are_passed_over() -> None:
    """A stray Enter is no question."""
    assert "mots" not in await talk("", "   ")


async def test_without_a_language_the_terminal_speaks_english() -> None:
    """And a question is answered in its own language."""
    shown = await talk("recip-e ligt plat", language=None, profession=None)
    assert shown.startswith("Bis in the terminal.")
    assert "Wat te doen" in shown


async def test_many_lines_of_a_pipe() -> None:
    """A terminal is given more than a telephone's twenty a minute."""
    asked = Asked(messages_per_minute=10_000)
    output = io.StringIO()
    await run_console(
        lambda request: build_application(TOKEN, "https://unused.invalid", asked.parts, request),
        "fr",
        None,
        io.StringIO("/privacy\n" * 50),
        output,
    )
    assert output.getvalue().count("Ce que Bis conserve") == 50


def test_html_becomes_text() -> None:
    """Entities are read, links keep their address, quotations have a bar."""
    text = as_text('<b>A</b> &lt;b&gt; <a href="https://x.be">y</a>\n<blockquote>q\nr</blockquote>')
    assert text.plain == "A <b> y <https://x.be>\n│ q\n│ r"


async def test_what_shows_nothing_is_answered_with_true() -> None:
    """setMyCommands, answerCallbackQuery and the like."""
    request = ConsoleRequest(Screen(io.StringIO()))
    code, body = await request.do_request("https://unused.invalid/bot1:t/setMyCommands", "POST")
    assert (code, json.loads(body)) == (200, {"ok": True, "result": True})


async def test_an_edit_of_a_message_that_is_not_there_is_refused() -> None:
    """As Telegram does, so that the same code runs."""
    asked = Asked()
    request = ConsoleRequest(Screen(io.StringIO()))
    async with build_application(TOKEN, "https://unused.invalid", asked.parts, request) as running:
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await running.bot.edit_message_text("x", 2, 99)


async def test_a_picture_is_told_by_its_caption() -> None:
    """A terminal shows none."""
    output = io.StringIO()
    request = ConsoleRequest(Screen(output))
    asked = Asked()
    async with build_application(TOKEN, "https://unused.invalid", asked.parts, request) as running:
        await running.bot.send_photo(2, b"png", "Recip-e, 30 jours")
    assert "🖼 Recip-e, 30 jours" in output.getvalue()


async def test_two_lines_are_served_in_order() -> None:
    """The second waits for the first."""
    shown = await talk("/language nl", "/help")
    assert shown.index("antwoordt voortaan") < shown.index("Wat Bis doet")
