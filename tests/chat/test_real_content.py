"""The shipped knowledge base: every procedure, in every language, as it will be read."""

from dataclasses import replace
from itertools import product
from types import MappingProxyType

import pytest

from bot.alerts.graph import Graph
from bot.alerts.model import Affected, Ping
from bot.answering import Answer, AnswerKind, Candidate, Context, Question, show
from bot.answering import answer as find
from bot.chat import finding
from bot.chat.callbacks import Press, Verb, pack, parse
from bot.chat.keyboards import shortened
from bot.chat.markup import Html, stripped, units
from bot.chat.views import affected, answer, choice, unknown
from bot.chat.views import ping as pings
from bot.chat.views.ping import FIRST_STEPS, PROCEDURES_SHOWN
from bot.chat.voice import Voice
from bot.knowledge import Knowledge
from bot.knowledge.loader import load_knowledge
from bot.matching.matcher import KnowledgeMatcher
from bot.settings import CHECKOUT_KNOWLEDGE
from bot.status.model import Board, ChangeKind, Emergency, Incident, Phase, ServiceStatus, State
from bot.store.claiming import MOST_TOLD
from bot.words import Words
from tests.chat.checks import assert_sendable
from tests.chat.conversation import Conversation
from tests.chat.samples import NOW, board

LANGUAGES = ("fr", "nl", "de", "en")


@pytest.fixture(name="shipped", scope="module")
def load_shipped() -> Knowledge:
    """The files of knowledge/ as they are."""
    return load_knowledge(CHECKOUT_KNOWLEDGE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_procedure_fits_one_message(shipped: Knowledge, language: str) -> None:
    """It parses, its buttons fit, and nobody has to press "read on" with a patient waiting."""
    voice = Voice(Words(), language, shipped, NOW)
    long = {}
    for procedure in shipped.procedures.values():
        outgoing = answer.render(voice, show(procedure, language, None, board()))
        assert_sendable(outgoing)
        if any(data.startswith("v1:page") for row in outgoing.buttons for _, data in row):
            long[procedure.id] = units(Html(outgoing.text))
    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_list_fits(shipped: Knowledge, language: str) -> None:
    """Topics of each profession, and the procedures of each topic."""
    voice = Voice(Words(), language, shipped, NOW)
    for profession in (None, *shipped.professions):
        topics = finding.topics(shipped, profession)
        assert_sendable(choice.topics(voice, "x", topics))
        for topic in topics:
            near = finding.procedures_on(shipped, (topic.id,), profession)
            assert near
            assert_sendable(choice.procedures(voice, topic.id, near))


def test_every_pair_of_ids_comes_back(shipped: Knowledge) -> None:
    """The longest buttons carry a procedure and a profession; those that need it, by digest."""
    known = (*shipped.procedures, *shipped.services, *shipped.professions)
    for procedure in shipped.procedures:
        for profession in shipped.professions:
            data = pack(Verb.AS_PROFESSION, procedure, profession)
            assert parse(data, known) == Press(Verb.AS_PROFESSION, (procedure, profession))


def test_deep_links_fit(shipped: Knowledge) -> None:
    """Telegram takes 64 characters: https://core.telegram.org/bots/features#deep-linking."""
    assert all(len(f"p_{one}") <= 64 for one in shipped.procedures)
    assert all(len(f"s_{one}") <= 64 for one in shipped.services)


def test_each_profession_that_an_entry_serves_gets_its_button(shipped: Knowledge) -> None:
    """Asked for the profession, a specialist finds hers beside the general practitioner's."""
    voice = Voice(Words(), "en", shipped, NOW)
    near = ("doctor-paper-certificate-force-majeure", "dentist-paper-certificate")
    asked = Answer(
        AnswerKind.CHOICE,
        "en",
        None,
        candidates=tuple(Candidate(one, 0.4) for one in near),
        ask_profession=True,
    )
    labels = [label for row in choice.candidates(voice, asked).buttons for label, _ in row]
    assert labels == ["General practitioner", "Specialist", "On-duty post", "Dentist"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_procedures_of_an_outage_can_be_told_apart_by_their_buttons(
    shipped: Knowledge, language: str
) -> None:
    """A ping names them by their buttons alone: no two are cut to the same words."""
    voice = Voice(Words(), language, shipped, NOW)
    for service, profession in product(shipped.services, shipped.professions):
        hit = [one.id for one in shipped.services.values() if service in one.depends_on]
        found = finding.in_outage_of(shipped, [service, *hit], profession)[:PROCEDURES_SHOWN]
        labels = {shortened(voice.short_title(one)) for one in found}
        assert len(labels) == len(found)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Pas de preuve ?"),
        ("nl", "Geen bewijs?"),
        ("de", "Kein Nachweis?"),
        ("en", "No proof?"),
    ],
)
def test_a_patient_without_proof_stands_among_the_steps_of_the_shortest_ping(
    shipped: Knowledge, language: str, words: str
) -> None:
    """Most have none since 2021: not to be read at the end of the conditions."""
    voice = Voice(Words(), language, shipped, NOW)
    found = answer.steps(voice, shipped.procedures["dispense-on-paper-proof"], FIRST_STEPS)
    assert words in stripped(found)


@pytest.mark.parametrize(
    ("procedure", "language", "title"),
    [
        ("gp-insurability-cascade", "fr", "Assurabilité indisponible"),
        ("gp-insurability-cascade", "nl", "Verzekerbaarheid niet raadpleegbaar"),
    ],
)
def test_a_button_does_not_tell_a_profession_its_own_name(
    shipped: Knowledge, procedure: str, language: str, title: str
) -> None:
    """The word before the colon is half of a button."""
    voice = Voice(Words(), language, shipped, NOW)
    assert voice.short_title(shipped.procedures[procedure]) == title


@pytest.mark.parametrize("command", ["/subscribe", "/settings"])
async def test_many_services_that_are_followed_are_folded(shipped: Knowledge, command: str) -> None:
    """Of all but one of a profession those stay that Bis watches; their names wait for a touch."""
    chat = Conversation("fr", "pharmacist")
    chat.asked.known = shipped
    await chat.type("/subscribe all")
    rows = len(chat.labels)
    await chat.press("🔔 Recip-e")
    watched = {one.id for one in shipped.services_of("pharmacist") if finding.watched(one)}
    assert chat.kept.services == watched - {"recip-e"}
    assert len(chat.labels) == rows + 1  # beside "stop all", "follow all" is there again
    told = await chat.type(command)
    assert f": {len(watched) - 1} services" in told
    assert told.count("STS") == 1
    assert "<blockquote expandable>" in chat.last.text


def switched(service: str) -> Board:
    """EHealth has ordered the detour of this service, and no source says more of it."""
    detour = Emergency(NOW, "prod.mycarenet.be")
    status = ServiceStatus(service, State.DEGRADED, NOW, "ehealth", NOW, emergency=detour)
    return Board(NOW, MappingProxyType({service: status}))


@pytest.mark.parametrize(
    "service", ["insurability", "eattest", "chapter-iv", "recip-e", "tariff-consultation"]
)
def test_an_ordered_detour_stands_in_each_procedure_that_rests_on_the_service(
    shipped: Knowledge, service: str
) -> None:
    """Whoever reads what to do reads first that the software may do it by itself."""
    voice = Voice(Words(), "en", shipped, NOW)
    resting = [one for one in shipped.procedures.values() if service in one.services]
    assert resting
    for procedure in resting:
        text = answer.render(voice, show(procedure, "en", None, switched(service))).text
        assert "to the mutualities' own route since" in stripped(Html(text))


@pytest.mark.parametrize(
    ("language", "question", "detour"),
    [
        ("fr", "MemberData ne répond plus", "par la voie propre des mutualités depuis"),
        ("nl", "MemberData antwoordt niet", "om langs de eigen weg van de ziekenfondsen"),
        ("de", "MemberData antwortet nicht", "eigenen Weg der Krankenkassen"),
        ("en", "MemberData does not answer", "to the mutualities' own route since"),
    ],
)
def test_the_detour_of_member_data_is_told_though_no_procedure_rests_on_it(
    shipped: Knowledge, language: str, question: str, detour: str
) -> None:
    """No source says what to do without it; that the software has a detour is known."""
    matcher, asked = KnowledgeMatcher(shipped), Question(question, language, "general-practitioner")
    told = find(asked, Context(), shipped, matcher, switched("member-data"))
    text = unknown.render(Voice(Words(), language, shipped, NOW), told).text
    assert detour in stripped(Html(text))


WORDS_OF_THE_SOURCE = Incident(
    "i1", "ehealth", "T" * 300, Phase.INVESTIGATING, (), State.MAJOR_OUTAGE, updates=("U" * 600,)
)


def longest_ping(shipped: Knowledge, kind: ChangeKind, profession: str, voice: Voice) -> Ping:
    """Of the services whose blocks are longest, as many as one message may tell of."""
    below, words = Graph(shipped).descendants, WORDS_OF_THE_SOURCE
    every = [
        Affected(
            name, State.MAJOR_OUTAGE, NOW, "ehealth", below(name), f"{one.code}-1", words=words
        )
        for name, one in shipped.services.items()
    ]
    whole = Ping(kind, "", 7, voice.language, profession, tuple(every), words)
    every.sort(key=lambda one: -units(affected.block(voice, whole, one)))
    return replace(whole, code=every[0].code, affected=tuple(every[:MOST_TOLD]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [ChangeKind.ONSET, ChangeKind.PLANNED, ChangeKind.RESOLVED])
def test_a_ping_of_many_services_tells_of_each_and_what_to_do(
    shipped: Knowledge, kind: ChangeKind, language: str
) -> None:
    """With all codes; only what the source says, which is last, may find no room."""
    voice = Voice(Words(), language, shipped, NOW)
    for profession in shipped.professions:
        ping = longest_ping(shipped, kind, profession, voice)
        outgoing = pings.render(ping, shipped, voice.words)
        assert_sendable(outgoing)
        wanted = [affected.block(voice, ping, one) for one in ping.affected]
        wanted += [Html(one.code) for one in ping.affected]
        wanted.append(pings._help(voice, ping, pings._guidance(ping, shipped)))
        assert [part for part in wanted if part not in outgoing.text] == []
