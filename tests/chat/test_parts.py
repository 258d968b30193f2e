"""What a short text after an answer brings: one part of it, or what else may have been meant."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.answering import Answer, Context, Part, Question, answer, show
from bot.chat.markup import Html, stripped
from bot.chat.views import part as view
from bot.chat.voice import Voice
from bot.knowledge.loader import load_knowledge
from bot.matching.matcher import KnowledgeMatcher
from bot.settings import CHECKOUT_KNOWLEDGE
from bot.status.model import Board, State
from bot.words import Words
from tests.chat.checks import assert_sendable
from tests.chat.conversation import Conversation
from tests.chat.samples import NOW, Asked, board, incident, knowledge, status

LANGUAGES = ("fr", "nl", "de", "en")
PAPER, MANUAL, WHERE = "dispense-on-paper-proof", "nurse-manual-entry-reason", "where-to-check"
FINE = board(services={"recip-e": status("recip-e")}, incidents=())
NO_END = "Aucune source n'annonce de fin"


def told(part: Part, entry: str, at: Board | None = None, language: str = "fr", **more: Any) -> str:
    """What is read of that part of an entry of the samples."""
    known, shown_at = knowledge(**more), at or board()
    asked = replace(show(known.procedures[entry], language, None, shown_at), part=part)
    outgoing = view.render(Voice(Words(), language, known, NOW), asked, shown_at)
    assert_sendable(outgoing)
    return stripped(Html(outgoing.text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", [PAPER, MANUAL, WHERE])
@pytest.mark.parametrize("part", Part)
def test_each_part_of_each_entry_says_something(part: Part, entry: str, language: str) -> None:
    """Under the entry's title; what the sources do not say is said to be so."""
    title, _, rest = told(part, entry, language=language).partition("\n")
    assert title.endswith(f"({language})")
    assert rest.strip()


@pytest.mark.parametrize(
    ("part", "entry", "expected"),
    [
        (Part.AFTERWARDS, PAPER, "Une fois rétabli\nEncoder la délivrance (fr)"),
        (Part.AFTERWARDS, MANUAL, "ne disent rien de ce qu'il faut régulariser"),
        (Part.CONTACTS, PAPER, "Aide\nRecip-e: 02 000 00 00"),
        (Part.CONTACTS, "regularise", "sur les mêmes services citent :\nRecip-e: 02 000 00 00"),
        (Part.CONTACTS, MANUAL, "ne cite aucun service d'assistance"),
        (Part.HOW_LONG, PAPER, "🟠 Recip-e: panne partielle depuis 13:02"),
        (Part.HOW_LONG, PAPER, "eHealth écrit :\nPanne Recip-e"),
        (Part.HOW_LONG, WHERE, "aucun service dont l'état peut être lu"),
        (Part.LASTING, PAPER, "Conditions\nDix jours (fr)\n\n🟠 Recip-e"),
        (Part.LASTING, MANUAL, "ne disent rien d'une panne qui dure.\n\n⚪ Assurabilité"),
    ],
)
def test_a_part_says_what_the_entry_and_the_sources_say(
    part: Part, entry: str, expected: str
) -> None:
    """And, where they do not, that."""
    assert expected in told(part, entry)


def test_only_what_was_asked_is_told() -> None:
    """The whole procedure is a button away."""
    assert "Que faire" not in "".join(told(part, PAPER) for part in Part)


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ({"incidents": (incident(ends_at=NOW + timedelta(hours=2)),)}, "Fin annoncée : 16:03"),
        ({"incidents": (incident(services=("sts",), ends_at=NOW),)}, "Fin annoncée : 14:03"),
        ({}, NO_END),
        ({"incidents": (incident(services=("paris",), ends_at=NOW),)}, NO_END),
        (
            {
                "incidents": (),
                "planned": (
                    incident(starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=3)),
                ),
            },
            "à 17:03",
        ),
        (
            {
                "incidents": (),
                "planned": (
                    incident(starts_at=NOW + timedelta(days=2), ends_at=NOW + timedelta(days=3)),
                ),
            },
            NO_END,
        ),
    ],
)
@pytest.mark.parametrize("part", [Part.HOW_LONG, Part.LASTING])
def test_an_end_is_told_only_where_a_source_announces_one(
    part: Part, more: dict[str, Any], end: str
) -> None:
    """Also of what the service rests on; that of another, or of work to come, is no end of this."""
    shown = told(part, PAPER, board(**more))
    assert end in shown
    assert (NO_END in shown) == (end is NO_END)


def test_of_what_works_no_end_is_missed_and_the_conditions_are_told() -> None:
    """Who asks how long then means the rule."""
    shown = told(Part.HOW_LONG, PAPER, FINE)
    assert NO_END not in shown
    assert "Conditions\nDix jours" in shown
    assert "Dix jours" not in told(Part.HOW_LONG, PAPER)


def test_the_whole_answer_has_a_view_of_its_own() -> None:
    """As an answer without a procedure has."""
    asked = show(knowledge().procedures[PAPER], "fr", None, board())
    voice = Voice(Words(), "fr", knowledge(), NOW)
    for one in (asked, replace(asked, procedure=None, part=Part.CONTACTS)):
        with pytest.raises(ValueError, match="another view"):
            view.render(voice, one, board())


def test_a_doubtful_entry_says_so_in_each_part() -> None:
    """Who reads only that must know it too."""
    assert all("⚠ À vérifier" in told(part, MANUAL) for part in Part)


@pytest.fixture(name="matcher", scope="module")
def _matcher() -> KnowledgeMatcher:
    return KnowledgeMatcher(load_knowledge(CHECKOUT_KNOWLEDGE))


class Shipped(Asked):
    """The shipped base and its matcher; `down`: services in an outage."""

    def __init__(self, matcher: KnowledgeMatcher) -> None:
        super().__init__(matcher.knowledge)
        self.matcher = matcher
        self.board = board(services={"recip-e": status("recip-e", State.MAJOR_OUTAGE)})

    def answer(self, question: Question, context: Context) -> Answer:
        return answer(question, context, self.known, self.matcher, replace(self.board, at=self.now))


def talking(matcher: KnowledgeMatcher, language: str) -> Conversation:
    chat = Conversation(language, "pharmacist")
    kept, chat.asked = chat.kept, Shipped(matcher)
    chat.asked.store.kept[kept.chat_id] = kept
    return chat


ASKED = {
    "fr": "recip-e est en panne, comment délivrer sur la preuve papier ?",
    "nl": "recip-e ligt plat, hoe lever ik af op het papieren bewijs?",
    "de": "Recip-e ist ausgefallen, wie gebe ich auf den Papiernachweis ab?",
    "en": "recip-e is down, how do I dispense on the paper proof?",
}
FOLLOWED = {
    "fr": ("et après ?", "qui appeler ?", "combien de temps ?", "et si ça dure jusqu'à demain ?"),
    "nl": ("en daarna?", "wie bel ik?", "hoe lang nog?", "en als het morgen nog plat ligt?"),
    "de": ("und danach?", "wen rufe ich an?", "wie lange noch?", "und wenn es länger dauert?"),
    "en": ("and afterwards?", "who do I call?", "how long will it take", "what if it lasts?"),
}
OTHER = {"fr": "c'est pas ça", "nl": "nee dat bedoel ik niet", "de": "das meine ich nicht"}
"""English in the story of its own below."""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_conversation_goes_on_from_its_answer(
    matcher: KnowledgeMatcher, language: str
) -> None:
    """Each part in turn, nine minutes apart: each reply is an answer to lean on itself."""
    chat = talking(matcher, language)
    entry = matcher.knowledge.procedures[PAPER]
    assert (await chat.ask(ASKED[language])).startswith(entry.title[language])
    assert entry.afterwards is not None
    assert entry.limits is not None
    for text, expected in zip(
        FOLLOWED[language],
        (entry.afterwards[language], "ticket@recip-e.be", "🔴 Recip-e", entry.limits[language]),
        strict=True,
    ):
        chat.asked.now += timedelta(minutes=9)
        shown = await chat.ask(text)
        assert shown.startswith(entry.title[language])
        assert expected in shown
    assert entry.steps[0][language] in await chat.press(chat.labels[0])


@pytest.mark.parametrize("language", [*OTHER])
async def test_who_meant_something_else_is_offered_what_else_is_near(
    matcher: KnowledgeMatcher, language: str
) -> None:
    """Without the answer; of the buttons none of which fits, the topics of the profession."""
    chat = talking(matcher, language)
    first = (await chat.ask(ASKED[language])).splitlines()[0]
    assert first not in await chat.ask(OTHER[language])
    assert [label[:2] for label in chat.labels] == ["1.", "2.", "3.", "4."]
    assert Words().text(language, "unknown-thread") in await chat.ask(OTHER[language])


async def test_what_was_refused_is_not_offered_again(matcher: KnowledgeMatcher) -> None:
    """Pressed, refused, pressed: each time one less of the same question."""
    chat = talking(matcher, "en")
    refused = [(await chat.ask(ASKED["en"])).splitlines()[0]]
    for _ in range(2):
        offered = await chat.ask("not that")
        assert not [title for title in refused if title in offered]
        refused.append((await chat.press("1.")).splitlines()[0])


async def test_one_profession_after_another_is_asked_for(matcher: KnowledgeMatcher) -> None:
    """Also where the first has only neighbours to choose from."""
    chat = talking(matcher, "fr")
    await chat.ask(ASKED["fr"])
    offered = [await chat.ask(text) for text in ("et pour un dentiste ?", "et chez le kiné ?")]
    assert all(told.startswith(Words().text("fr", "choice-ask")) for told in offered)
    assert (await chat.ask("et après ?")).startswith(matcher.knowledge.procedures[PAPER].title.fr)


async def test_the_neighbours_of_what_a_button_opened_are_its_own(
    matcher: KnowledgeMatcher,
) -> None:
    """Not those of a question before it."""
    chat = talking(matcher, "fr")
    await chat.ask(ASKED["fr"])
    await chat.type("/start p_eid-pin-blocked")
    offered = await chat.ask("c'est pas ça")
    assert "Recip-e" not in offered
    assert chat.asked.parts.near.of(chat.kept.chat_id, chat.asked.now)


async def test_stop_forgets_what_was_offered() -> None:
    """As all that is kept."""
    chat = Conversation("fr", "pharmacist")
    await chat.ask("recip-e plante")
    assert chat.asked.parts.near.of(chat.kept.chat_id, NOW) == (PAPER,)
    await chat.type("/stop")
    assert chat.asked.parts.near.of(chat.kept.chat_id, NOW) == ()
