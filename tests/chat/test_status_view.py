"""/status: worst first, each with state, since, source and age, and never a false green."""

from datetime import timedelta

import pytest

from bot.chat.views import status as view
from bot.chat.voice import Voice
from bot.preferences import Preferences
from bot.status.model import Board, Incident, Phase, ServiceStatus, SourceSays, State
from bot.status.unreadable import UnreadableReason
from bot.words import Words
from tests.chat.checks import assert_sendable
from tests.chat.conversation import CHAT, Conversation
from tests.chat.samples import (
    NOW,
    board,
    incident,
    knowledge,
    minutes_ago,
    procedure,
    service,
    status,
)

HOSTILE = '<b>&"\u202e\u2066' + "é" * 64


async def test_the_worst_stands_first() -> None:
    """Outages, then what could not be read; what nobody publishes, in one paragraph at the end."""
    chat = Conversation("fr")
    told = await chat.type("/status")
    order = [
        told.find(name) for name in ("STS:", "Recip-e:", "Assurabilité:", "aucune source", "PARIS")
    ]
    assert order == sorted(order)
    assert -1 not in order


async def test_what_cannot_be_read_is_unknown_with_its_reason_and_a_page() -> None:
    """Its last good reading is told as old; a person can look for themselves."""
    chat = Conversation("fr", "dentist")
    await chat.type("/status")
    assert "⚪ Assurabilité: état inconnu" in chat.text
    assert "dernière lecture à 13:43 (il y a 20 min) : ancienne" in chat.text
    assert "sa source ne répond pas à temps" in chat.text
    assert 'href="https://status.example.be/fr"' in chat.last.text
    assert "aucune source que Bis puisse lire\nPARIS (Vérifier vous-même)" in chat.text
    assert 'href="https://paris.example.be"' in chat.last.text


async def test_a_service_that_no_source_tells_of_is_unknown() -> None:
    """An empty board shows no green at all."""
    chat = Conversation("fr")
    chat.asked.board = Board(NOW)
    told = await chat.type("/status")
    assert "puisse lire\nRecip-e, STS, Assurabilité, PARIS" in told
    assert "🟢" not in told


async def test_what_is_unknown_for_one_reason_is_told_once() -> None:
    """Thirty services of one silent page are one block, not thirty."""
    chat = Conversation("fr")
    silent = [
        status(one, State.UNKNOWN, reason=UnreadableReason.TIMEOUT, page="https://p.example.be")
        for one in ("sts", "insurability")
    ]
    chat.asked.board = Board(NOW, {one.service: one for one in silent})
    told = await chat.type("/status")
    assert "⚪ STS, Assurabilité: état inconnu" in told
    assert told.count("sa source ne répond pas à temps") == 1


MANY = tuple(f"service-{number}" for number in range(9))


def many(language: str = "fr") -> Voice:
    """A base of nine services."""
    known = knowledge(services={one: service(one, one.upper(), "XXX") for one in MANY})
    return Voice(Words(), language, known, NOW)


def test_many_names_are_folded_away_under_what_they_share() -> None:
    """How many, why and where to look stand in sight; of a few, the names do."""
    read = {"reason": UnreadableReason.TIMEOUT, "page": "https://p.example.be"}
    full = Board(NOW, {one: status(one, State.UNKNOWN, **read) for one in MANY})
    told = view.of_profession(many(), full, None).text
    assert "⚪ état inconnu (9)" in told
    assert told.index("ne répond pas à temps") < told.index("<blockquote expandable>SERVICE-0, ")
    silent = view.of_profession(many(), Board(NOW), None).text
    assert "puisse lire</b>\n<blockquote expandable>SERVICE-0, " in silent


def test_what_works_is_a_line_each_and_its_reading_is_told_once() -> None:
    """Where they were read together; what rests on an outage stands before them."""
    green = {one: status(one, since=None) for one in MANY[:8]}
    alone = status(MANY[8], since=None, affected_by=(MANY[0],))
    told = view.of_profession(many(), Board(NOW, {**green, MANY[8]: alone}), None).text
    assert told.count(": fonctionne\n") == len(MANY) - 1
    assert told.count("lu à 14:02") == 1 + 1
    doubtful = told.index("mais SERVICE-0, dont il dépend, est en panne")
    assert doubtful < told.index(": fonctionne\n")


def test_under_a_procedure_on_a_topic_all_services_are_shown() -> None:
    """A topic has no state: "is it only me" leads to the board, not to an unknown."""
    base = knowledge()
    voice = Voice(Words(), "fr", base, NOW)
    board = Board(NOW, {"sts": status("sts", State.MAJOR_OUTAGE)})
    topic, own = base.procedures["where-to-check"], base.procedures["nurse-manual-entry-reason"]
    shown = view.of_procedure(voice, board, topic, None)
    assert shown == view.of_profession(voice, board, None)
    assert "🔴 <b>STS</b>" in shown.text
    assert "STS" not in view.of_procedure(voice, board, own, None).text


def test_what_works_but_not_for_an_insurer_says_so_in_the_list() -> None:
    """It is not one of those that merely work."""
    green = {one: status(one, since=None) for one in MANY[:8]}
    hit = status(MANY[8], since=None, not_for=(MANY[0],))
    told = view.of_profession(many(), Board(NOW, {**green, MANY[8]: hit}), None).text
    assert told.endswith("mais pas pour SERVICE-0")


async def test_the_incidents_stand_before_what_works() -> None:
    """They say why; a long list of what works says nothing of it."""
    chat = Conversation("fr")
    chat.asked.board = board(services={"sts": status("sts")})
    told = await chat.type("/status")
    assert told.index("On cherche") < told.index("🟢 STS")


async def test_one_service_is_not_said_to_be_in_an_order() -> None:
    """There is nothing to sort."""
    assert "d'abord" not in await Conversation("fr").type("/status sts")


async def test_what_rests_on_an_outage_is_told_even_if_nobody_publishes_its_state() -> None:
    """Named under the service that is down, not among those of which nothing is known."""
    chat = Conversation("fr")
    down = status("sts", State.MAJOR_OUTAGE)
    child = status("paris", State.UNKNOWN, affected_by=("sts",))
    chat.asked.board = Board(NOW, {"sts": down, "paris": child})
    told = await chat.type("/status")
    assert "⚪ État inconnu, mais dépendent de STS : en panne\nPARIS" in told


async def test_our_own_blindness_is_told() -> None:
    """All sources failing says something of us, not of them."""
    chat = Conversation("fr")
    chat.asked.board = board(blind=True)
    assert "sans doute notre propre réseau" in await chat.type("/status")


async def test_incidents_stand_in_the_source_s_own_words() -> None:
    """Named, quoted, cleaned and escaped."""
    chat = Conversation("fr")
    told = await chat.type("/status")
    assert "eHealth écrit :\nPanne Recip-e\nOn cherche" in told
    assert "<blockquote>Panne Recip-e\nOn cherche</blockquote>" in chat.last.text


@pytest.mark.parametrize(
    ("impact", "effect"),
    [
        (State.OPERATIONAL, "effet annoncé : aucun\n"),
        (State.PARTIAL_OUTAGE, "effet annoncé : panne partielle\n"),
        (State.UNKNOWN, ""),
    ],
)
async def test_planned_work_is_told_with_its_window_and_effect(impact: State, effect: str) -> None:
    """From when to when, in Brussels; what its source says will be felt, if it says so."""
    chat = Conversation("fr")
    work = incident(
        title="Migration",
        impact=impact,
        phase=Phase.SCHEDULED,
        starts_at=NOW + timedelta(days=1),
        ends_at=NOW + timedelta(days=1, hours=2),
    )
    chat.asked.board = board(planned=(work,))
    told = await chat.type("/status")
    assert f"Prévu\nRecip-e\ndu 22 nov. 14:03 à 16:03\n{effect}eHealth écrit" in told


async def test_another_profession_s_incidents_are_left_out() -> None:
    """One that names no service may concern everyone and stays."""
    chat = Conversation("fr", "nurse")
    chat.asked.board = board(
        incidents=(incident(title="Chez les pharmaciens"), incident(title="Général", services=()))
    )
    told = await chat.type("/status")
    assert "Chez les pharmaciens" not in told
    assert "Général" in told


async def test_disagreeing_sources_are_both_named() -> None:
    """The worst counts, and who says which is told."""
    chat = Conversation("fr")
    says = (
        SourceSays("ehealth", State.OPERATIONAL, minutes_ago(1)),
        SourceSays("cin", State.MAJOR_OUTAGE, minutes_ago(1)),
    )
    chat.asked.board = board(services={"sts": status("sts", State.MAJOR_OUTAGE, says=says)})
    told = await chat.type("/status sts")
    assert "eHealth : fonctionne" in told
    assert "cin : en panne" in told


async def test_one_service_offers_what_to_do_and_to_follow_it() -> None:
    """Who follows it already is not asked again."""
    chat = Conversation("fr", "pharmacist")
    await chat.type("/status récipe")
    assert chat.labels == ["Voir la marche à suivre", "Suivre les pannes", "Actualiser", "⬅ Retour"]
    chat.asked.store.kept[CHAT] = Preferences(CHAT, language="fr", services=frozenset({"recip-e"}))
    await chat.type("/status recip-e")
    assert "Suivre les pannes" not in chat.labels


async def test_several_services_that_were_named_are_shown_together() -> None:
    """The worst first, each a button away from what to do; what was not understood is named."""
    chat = Conversation("fr", "pharmacist")
    told = await chat.type("/status paris recip-e sts xylophone")
    assert told.startswith("Pas compris : xylophone.")
    places = [told.find(name) for name in ("STS: en panne", "Recip-e: panne", "PARIS: état")]
    assert -1 not in places
    assert places == sorted(places)
    assert "Assurabilité" not in told
    assert chat.labels == ["PARIS", "Recip-e", "STS", "⬅ Retour"]
    await chat.press("STS")
    assert "Voir la marche à suivre" in chat.labels


async def test_beside_a_strange_word_one_service_keeps_its_picture() -> None:
    """The note stands before it."""
    told = await Conversation("fr", "pharmacist").type("/status xylophone recip-e")
    assert told.startswith("Pas compris : xylophone.\n\nÉtat des services")


async def test_an_unknown_service_offers_the_nearest() -> None:
    """A press shows its state."""
    chat = Conversation("fr")
    assert "Pensez-vous" in await chat.type("/status assura")
    assert "Assurabilité: état inconnu" in await chat.press("Assurabilité")


def hostile_voice(language: str) -> Voice:
    """A knowledge base whose every name is hostile, with ids of the longest length."""
    ids = [f"{'x' * 56}-{n:03d}" for n in range(60)]
    services = {one: service(one, HOSTILE, "XXX") for one in ids}
    procedures = {one: procedure(one, HOSTILE, services=(ids[0],)) for one in ids}
    known = knowledge(services=services, procedures=procedures)
    return Voice(Words(), language, known, NOW)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_a_long_list_is_paged_and_hostile_words_are_harmless(language: str) -> None:
    """Sixty services and forty incidents of the worst kind: each page can be sent."""
    voice = hostile_voice(language)
    ids = tuple(voice.knowledge.services)
    bad = Incident("1", HOSTILE, HOSTILE * 90, None, ids[:2], updates=(HOSTILE * 90,), url=HOSTILE)
    full = Board(
        NOW,
        {one: ServiceStatus(one, State.DEGRADED, NOW, HOSTILE, NOW, page=HOSTILE) for one in ids},
        (bad,) * 40,
    )
    pages = [view.of_profession(voice, full, None, at) for at in range(1, 30)]
    for outgoing in pages:
        assert_sendable(outgoing)
    assert len({outgoing.text for outgoing in pages}) > 5
