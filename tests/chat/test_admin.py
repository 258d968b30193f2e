"""What the team does by hand: two steps, the count shown, the act kept, and nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.chat.callbacks import Verb, pack
from bot.chat.commands import TEAM_COMMANDS
from bot.chat.menu import menu
from bot.status.model import ChangeKind, State
from bot.store.tables import admin_acts, deliveries, incidents
from bot.words import Words
from tests.chat.house import NOW, TEAM, House, house
from tests.telegram_server import Message

BOSS, COLLEAGUE = TEAM
ANNA, BRAM, CLARA = 100, 101, 102
GROUP = -200
SEND = "Envoyer"
UNKNOWN = "Bis ne connaît pas cette commande. /help les montre toutes."
GONE = "Rien n'a été envoyé"


@pytest_asyncio.fixture(name="bis")
async def make_bis(tmp_path: Path) -> AsyncIterator[House]:
    """A bot with two followers of Recip-e and one of something else."""
    async with house(tmp_path) as made:
        await made.follow(ANNA, "recip-e")
        await made.follow(BRAM, "*", language="nl", profession="pharmacist")
        await made.follow(CLARA, "insurability")
        yield made


async def announced(bis: House, argument: str = "recip-e major") -> Message:
    """An announcement in its two steps, and what ANNA got of it."""
    await bis.ask(BOSS, f"/announce {argument}")
    await bis.pressed(BOSS, SEND)
    await bis.until(lambda row: row["state"] == "sent", deliveries)
    return await bis.server.wait_for(ANNA)


async def acts(bis: House) -> list[tuple[Any, ...]]:
    """What was kept of the team's doings."""
    names = ("at", "admin_id", "act", "code", "told")
    return [tuple(row[name] for name in names) for row in await bis.rows(admin_acts)]


async def test_an_announcement_takes_two_steps(bis: House) -> None:
    """The first tells nobody and shows how many would be told; the second sends, and is kept."""
    shown = await bis.ask(BOSS, "/announce recip-e major Le datacenter est coupé")
    assert shown.text.startswith("2 chats seraient avertis :")
    assert await bis.rows(deliveries) == await bis.rows(incidents) == []
    done = await bis.pressed(BOSS, SEND)
    assert done.text == "Fait : REC-0001-1. 2 chats sont avertis."
    await bis.server.wait_for(BRAM, "Aangekondigd door het team van Bis")
    told = await bis.server.wait_for(ANNA)
    assert told.text.startswith("🔴 Recip-e : en panne depuis 21 nov. 14:03")
    assert "Annoncé par l'équipe de Bis" in told.text
    assert "L'équipe de Bis écrit :\nLe datacenter est coupé" in told.text
    assert bis.server.sent(CLARA) == []
    assert await acts(bis) == [(NOW, BOSS, "announce", "REC-0001-1", 2)]


async def test_what_is_shown_is_what_is_sent(bis: House) -> None:
    """To the letter, but for the number that the incident gets."""
    shown = await bis.ask(BOSS, "/announce recip-e partial")
    await bis.pressed(BOSS, SEND)
    told = await bis.server.wait_for(ANNA)
    assert told.text.replace("REC-0001-1", "REC-…") in shown.text


async def test_a_correction_for_the_worse_sounds(bis: House) -> None:
    """The onset is changed and a message says it; only who was told of it counts."""
    first = await announced(bis, "recip-e partial")
    await bis.follow(CLARA, "recip-e")
    bis.passes(minutes=5)
    shown = await bis.ask(BOSS, "/correct REC-0001 major")
    assert shown.text.startswith("2 chats seraient avertis :")
    assert "Recip-e s'aggrave : en panne" in shown.text
    done = await bis.pressed(BOSS, SEND)
    worse = await bis.server.wait_for(ANNA, after=first.message_id)
    assert "s'aggrave" in worse.text
    await bis.server.wait_until(lambda: bool(bis.server.sent(ANNA)[0].edits))
    assert bis.server.sent(CLARA) == []
    assert [act[2:] for act in await acts(bis)] == [
        ("announce", "REC-0001-1", 2),
        ("correct", done.text.split()[2].rstrip("."), 2),
    ]


async def test_a_correction_for_the_better_is_silent(bis: House) -> None:
    """The message that they have is changed; nothing new comes."""
    await announced(bis)
    bis.passes(minutes=5)
    shown = await bis.ask(BOSS, "/correct rec-1 degraded")
    assert "Le message déjà reçu est modifié, sans son." in shown.text
    await bis.pressed(BOSS, SEND)
    await bis.server.wait_until(lambda: bool(bis.server.sent(ANNA)[0].edits))
    assert len(bis.server.sent(ANNA)) == 1
    assert "perturbé" in bis.server.sent(ANNA)[0].text


async def test_an_incident_is_closed_by_hand(bis: House) -> None:
    """Its end is a reply to its onset, for those who got that; then the code is no longer open."""
    first = await announced(bis)
    bis.passes(minutes=37)
    shown = await bis.ask(BOSS, "/close REC-0001-1")
    assert "37 min" in shown.text
    await bis.pressed(BOSS, SEND)
    end = await bis.server.wait_for(ANNA, after=first.message_id)
    assert end.text.startswith("🟢 Recip-e")
    assert "Annoncé par l'équipe de Bis" in end.text
    assert end.reply_to == first.message_id
    assert [act[2:] for act in await acts(bis)][1:] == [("close", "REC-0001-2", 2)]
    assert "Aucune panne en cours" in (await bis.ask(BOSS, "/close REC-0001-1")).text


async def test_a_source_s_incident_that_is_corrected_is_marked(bis: House) -> None:
    """From then on its messages no longer say that the source tells it so."""
    await bis.happens(ChangeKind.ONSET, "recip-e", State.PARTIAL_OUTAGE)
    first = await bis.server.wait_for(ANNA, "Source : eHealth")
    bis.passes(minutes=5)
    await bis.ask(BOSS, "/correct REC-0001 major")
    await bis.pressed(BOSS, SEND)
    worse = await bis.server.wait_for(ANNA, after=first.message_id)
    assert "Annoncé par l'équipe de Bis" in worse.text
    assert "Source : eHealth" not in worse.text


async def test_what_comes_and_goes_can_only_be_closed(bis: House) -> None:
    """While it is told as unstable, no other state would be told."""
    await bis.happens(ChangeKind.UNSTABLE, "recip-e", State.MAJOR_OUTAGE)
    first = await bis.server.wait_for(ANNA)
    assert "instable" in (await bis.ask(BOSS, "/correct REC-0001 degraded")).text
    await bis.ask(BOSS, "/close REC-0001")
    assert (await bis.pressed(BOSS, SEND)).text.endswith("2 chats sont avertis.")
    assert "Recip-e" in (await bis.server.wait_for(ANNA, after=first.message_id)).text


async def test_a_second_press_sends_nothing(bis: House) -> None:
    """The button is used up."""
    await bis.ask(BOSS, "/announce recip-e major")
    await bis.pressed(BOSS, SEND)
    assert (await bis.pressed(BOSS, SEND)).text.startswith(GONE)
    assert len(await acts(bis)) == 1


@pytest.mark.parametrize(("minutes", "sent"), [(10, True), (10.1, False)])
async def test_the_button_holds_for_ten_minutes(bis: House, minutes: float, sent: bool) -> None:
    """Afterwards nothing is sent, and it says so."""
    await bis.ask(BOSS, "/announce recip-e major")
    bis.passes(minutes=minutes)
    assert (await bis.pressed(BOSS, SEND)).text.startswith("Fait" if sent else GONE)
    assert len(await acts(bis)) == int(sent)


async def test_a_later_proposal_takes_the_place_of_the_earlier(bis: House) -> None:
    """The button of the first one then sends nothing, and leaves the second one alone."""
    first = await bis.ask(BOSS, "/announce recip-e major")
    await bis.ask(BOSS, "/announce insurability major")
    await bis.server.press(BOSS, SEND, message_id=first.message_id)
    await bis.server.wait_for(BOSS, GONE)
    assert (await bis.pressed(BOSS, SEND)).text.startswith("Fait : ASS-0001-1. 2 chats")
    assert len(await acts(bis)) == 1


async def test_overtaken_by_a_source_nothing_is_sent(bis: House) -> None:
    """Who confirms what is no longer so is told, and asked to look again."""
    await bis.ask(BOSS, "/announce recip-e major")
    await bis.happens(ChangeKind.ONSET, "recip-e", State.DEGRADED)
    await bis.server.wait_for(ANNA)
    assert (await bis.pressed(BOSS, SEND)).text.startswith(GONE)
    told = await bis.ask(BOSS, "/announce recip-e major")
    assert "Un incident de ce service est ouvert : REC-0001-1" in told.text
    assert len(bis.server.sent(ANNA)) == 1


async def test_only_the_same_person_confirms(bis: House) -> None:
    """A colleague's press of the same button does nothing, nor does a stranger's."""
    shown = await bis.ask(BOSS, "/announce recip-e major")
    data = shown.buttons[0].callback_data
    assert data is not None
    for other, told in ((COLLEAGUE, GONE), (CLARA, "Ce bouton vient d'une version antérieure")):
        await bis.ask(other, "/settings")
        chat = bis.server.world.chats.by_id[other]
        message = bis.server.sent(other)[-1]
        bis.server.press_data(chat, message, bis.server.person(chat, None), data)
        await bis.server.wait_for(other, told)
    assert await bis.rows(deliveries) == []
    assert await acts(bis) == []


@pytest.mark.parametrize("typed", ["/announce recip-e major", "/correct REC-1 major", "/close REC"])
async def test_for_anyone_else_they_are_unknown_commands(bis: House, typed: str) -> None:
    """A stranger, the team in a group, and a command that the team only forwards."""
    assert (await bis.ask(CLARA, typed)).text == UNKNOWN
    await bis.server.set_standing(GROUP, "administrator", chat_type="group")
    name, _, rest = typed.partition(" ")
    asked = f"{name}@test_bot {rest}"
    said = await bis.server.say(GROUP, asked, user=BOSS, language_code="fr")
    assert (await bis.server.wait_for(GROUP, after=said.message_id)).text == UNKNOWN
    await bis.ask(BOSS, "/language fr")
    origin = {"type": "hidden_user", "sender_user_name": "Eve", "date": 1}
    forwarded = bis.server._send(BOSS, "text", {"forward_origin": origin}, typed)
    told = await bis.server.wait_for(BOSS, after=forwarded.message_id)
    assert told.text == UNKNOWN
    assert await acts(bis) == []


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
async def test_they_stand_in_no_menu_and_in_the_team_s_help_alone(
    bis: House, language: str
) -> None:
    """The menu of Telegram is the same for all."""
    named = [command.name for command in TEAM_COMMANDS]
    listed = {one.command for one in menu(Words(), language)}
    helps = {chat: (await bis.ask(chat, "/help", language)).text for chat in (BOSS, CLARA)}
    assert listed.isdisjoint(named)
    assert all(f"/{name} – " in helps[BOSS] for name in named)
    assert not any(f"/{name}" in helps[CLARA] for name in named)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
async def test_each_step_is_told_in_each_language(bis: House, language: str) -> None:
    """Proposal, confirmation and refusals."""
    await bis.ask(BOSS, "/announce recip-e major", language)
    label = Words().text(language, "button-confirm")
    assert "REC-0001-1" in (await bis.pressed(BOSS, label)).text
    keys = {
        "/announce": "team-usage",
        "/announce recip-e sideways": "team-usage",
        "/correct REC-0001": "team-usage",
        "/close": "team-usage",
        "/announce nothing-like-it major": "status-service-unknown-none",
        "/announce recip-e major": "team-open-already",
        "/correct REC-0001 major": "team-told-as-that",
        "/close REC-0002": "team-not-open",
        "/close nonsense": "team-not-open",
    }
    for typed, key in keys.items():
        told = Words().text(language, key, code="REC-0001-1")
        assert (await bis.ask(BOSS, typed, language)).text == told


async def test_the_team_s_words_are_cleaned_and_capped(bis: House) -> None:
    """As a source's are: no tags, links or live names; and a national number is hidden."""
    hostile = "<b>gras</b> http://evil.example @someone 85.07.30-033.28 " + "x" * 400
    told = await announced(bis, f"recip-e major {hostile}")
    assert "evil.example" not in told.text
    assert "@someone" not in told.text
    [kept] = await bis.rows(incidents)
    assert len(kept["words"]["title"]) <= 302  # with two joiners that defuse names
    assert "85.07.30" not in str(kept)
    assert "<b>" not in str(kept)


async def test_a_forged_button_is_an_old_one(bis: House) -> None:
    """Nothing was proposed: there is nothing to confirm."""
    await bis.ask(BOSS, "/settings")
    chat = bis.server.world.chats.by_id[BOSS]
    forged = pack(Verb.CONFIRM, "guess")
    person = bis.server.person(chat, None)
    bis.server.press_data(chat, bis.server.sent(BOSS)[-1], person, forged)
    await bis.server.wait_for(BOSS, GONE)
    assert await acts(bis) == []


async def test_what_the_team_announced_stands_in_the_status(bis: House) -> None:
    """From the confirmation to the end of it, beside what the sources say."""
    before = await bis.ask(ANNA, "/status recip-e")
    await announced(bis, "recip-e major Le datacenter est coupé")
    shown = await bis.ask(ANNA, "/status recip-e")
    assert "Annoncé par l'équipe de Bis à 14:03" in shown.text
    assert "L'équipe de Bis écrit :\nLe datacenter est coupé" in shown.text
    await bis.ask(BOSS, "/close REC-0001-1")
    await bis.pressed(BOSS, SEND)
    await bis.server.wait_for(ANNA, "fonctionne de nouveau")  # no ping is taken for the answer
    assert (await bis.ask(ANNA, "/status recip-e")).text == before.text


async def test_news_by_hand_are_no_news_from_a_source(bis: House) -> None:
    """Who speaks is said in the heading too."""
    await announced(bis)
    bis.passes(minutes=5)
    await bis.ask(BOSS, "/correct REC-0001 degraded")
    await bis.pressed(BOSS, SEND)
    await bis.server.wait_until(lambda: bool(bis.server.sent(ANNA)[0].edits))
    assert "du nouveau de l'équipe de Bis" in bis.server.sent(ANNA)[0].text
