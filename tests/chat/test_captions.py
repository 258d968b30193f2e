"""What is written under a picture or a file."""

import pytest

from tests.chat.test_over_http import ANNA, CLERK, GROUP, Running, make_running

__all__ = ["make_running"]
NOTE = "Bis a lu vos mots, pas la pièce jointe"


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_caption_is_answered_like_a_text(running: Running, kind: str) -> None:
    """And that what is attached is not looked at is said in one line before the answer."""
    send = getattr(running.server, kind)
    answer = await running.after(await send(ANNA, "recip-e plante", language_code="fr"))
    note, _, rest = answer.text.partition("\n\n")
    assert note.startswith(NOTE)
    assert rest.startswith("Délivrer sur preuve papier")


async def test_a_caption_is_guarded_like_a_text(running: Running) -> None:
    """A national number in it is hidden before anything reads it, and told."""
    said = await running.server.photo(ANNA, "recip-e 85.07.30-033.28", language_code="fr")
    answer = await running.after(said)
    assert "⚠ Cela ressemble à un numéro national" in answer.text
    assert "85.07" not in running.asked.questions[0].text


async def test_a_number_under_a_picture_presses_nothing(running: Running) -> None:
    """It is answered as words are, with the line on what is attached."""
    await running.server.ask(ANNA, "après", language_code="fr")
    answer = await running.after(await running.server.photo(ANNA, "2", language_code="fr"))
    assert answer.text.startswith(NOTE)


async def test_an_edited_caption_is_answered_anew(running: Running) -> None:
    """As an edited question is."""
    said = await running.server.photo(ANNA, "rien", language_code="fr")
    first = await running.after(said)
    await running.server.edit_own(ANNA, said.message_id, "recip-e plante")
    again = await running.server.wait_for(ANNA, after=first.message_id)
    assert again.text.startswith(f"Réponse à votre message modifié.\n\n{NOTE}")


async def test_in_a_group_only_a_caption_that_is_meant_for_the_bot_is_answered(
    running: Running,
) -> None:
    """A colleague's picture is no business of ours."""
    server = running.server
    await server.set_standing(GROUP, "administrator", chat_type="group")
    await server.photo(GROUP, "recip-e plante encore", user=CLERK, language_code="fr")
    said = await server.photo(GROUP, "@Test_Bot recip-e plante ?", user=CLERK)
    answer = await running.after(said)
    assert answer.reply_to == said.message_id
    assert [one.text for one in running.asked.questions] == ["recip-e plante ?"]
    assert len(server.sent(GROUP)) == 1
