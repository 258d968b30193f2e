"""Short texts that ask for one part of the last answer, or say that another was meant."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.knowledge import LANGUAGES, Knowledge
from bot.matching.followup import FollowUps, Leaning, follow_ups
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import AnswerKind, Context, Match, Part, Question, Why
from tests.questions import MORE, OWN, held_out

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
LAST = "dispense-on-paper-proof"
OTHER, THIRD = "dispense-regularise-afterwards", "eid-pin-blocked"
NOT_THAT = None


def said(
    matcher: KnowledgeMatcher, text: str, last: str | None = LAST, near: tuple[str, ...] = ()
) -> Match:
    """Typed a minute after the answer `last`; `near`: what else its question may have meant."""
    asked_at = NOW - timedelta(minutes=1)
    question = Question(text, profession="pharmacist")
    return matcher.match(question, Context(last, asked_at, near), frozenset(), NOW)


@pytest.mark.parametrize(
    ("part", "texts"),
    [
        (
            Part.AFTERWARDS,
            (
                "et après ?",
                "et ensuite je fais quoi ?",
                "en daarna?",
                "wat moet ik achteraf rechtzetten?",
                "und danach?",
                "und wenn es wieder geht?",
                "what about afterwards",
                "and once it works again?",
            ),
        ),
        (
            Part.CONTACTS,
            (
                "qui appeler ?",
                "qui est-ce qu'il faut appeler ?",
                "et j'appelle qui",
                "wie bel ik?",
                "wie kan ik daarvoor bellen?",
                "wen rufe ich an?",
                "wen soll ich da anrufen?",
                "who do I call?",
            ),
        ),
        (
            Part.HOW_LONG,
            (
                "combien de temps ?",
                "jusqu'à quand ?",
                "ça va durer combien de temps ?",
                "hoe lang nog?",
                "hoelang gaat dat nog duren?",
                "wie lange noch?",
                "wann geht es wieder?",
                "how long will it take",
            ),
        ),
        (
            Part.LASTING,
            (
                "et si ça dure jusqu'à demain ?",
                "et demain ?",
                "en als het morgen nog plat ligt?",
                "en als het langer duurt?",
                "und wenn es morgen noch nicht geht?",
                "und wenn es länger dauert?",
                "what if it lasts until tomorrow",
                "what if it's still down tomorrow",
            ),
        ),
        (
            NOT_THAT,
            (
                "c'est pas ça",
                "non, ce n'est pas ce que je demande",
                "nee dat bedoel ik niet",
                "iets anders",
                "das meine ich nicht",
                "nein, etwas anderes",
                "not that",
                "that's not what I meant",
            ),
        ),
    ],
)
def test_what_is_asked_of_the_last_answer_is_understood(
    matcher: KnowledgeMatcher, part: Part | None, texts: tuple[str, ...]
) -> None:
    """In the four languages, in other words and another order too."""
    understood = {text: matcher.follow_ups.read(text) for text in texts}
    assert understood == dict.fromkeys(texts, Leaning(part=part, other=part is NOT_THAT))


@pytest.mark.parametrize(
    "text",
    [
        "qui appeler pour recip-e ?",
        "après la panne eattest",
        "combien de temps garder le papier",
        "et si la carte est perdue demain ?",
        "hoelang is het voorschrift geldig",
        "hoelang heb ik nog",
        "wie lange gilt das Rezept",
        "und danach die Karte sperren?",
        "who do I call about MyCareNet",
        "something else: my reader is dead",
        "en als dat niet werkt",
        "wenn das nicht geht",
        "ça ne marche pas",
        "is it only me?",
    ],
)
def test_a_text_with_a_word_of_its_own_stands_alone(matcher: KnowledgeMatcher, text: str) -> None:
    """A service, a situation, a failure."""
    assert matcher.follow_ups.read(text) is None


def test_no_question_is_taken_for_a_follow_up(
    matcher: KnowledgeMatcher, knowledge: Knowledge
) -> None:
    """Neither those of the base nor those of other writers."""
    entries = [one.questions for one in knowledge.procedures.values()]
    decoys = [knowledge.lexicon.decoys] if knowledge.lexicon.decoys else []
    asked = [q for each in (*entries, *decoys) for one in LANGUAGES for q in each[one]]
    asked += [case.q for case in held_out((*OWN, *MORE))]
    assert [q for q in asked if matcher.follow_ups.read(q)] == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("et après ?", Part.AFTERWARDS),
        ("wie bel ik?", Part.CONTACTS),
        ("wie lange noch?", Part.HOW_LONG),
        ("what if it lasts until tomorrow", Part.LASTING),
    ],
)
def test_a_part_is_that_of_the_last_answer(
    matcher: KnowledgeMatcher, text: str, part: Part
) -> None:
    """Also where its question may have meant others."""
    for near in ((), (LAST, OTHER)):
        match = said(matcher, text, near=near)
        assert (match.kind, match.part) == (AnswerKind.ANSWER, part)
        assert [one.procedure for one in match.candidates] == [LAST]


@pytest.mark.parametrize("text", ["et après ?", "hoe lang nog?", "not that", "in het Frans"])
def test_after_buttons_none_of_which_was_pressed_it_is_asked_which_is_meant(
    matcher: KnowledgeMatcher, text: str
) -> None:
    """The answer before them is of another question."""
    match = said(matcher, text, near=(OTHER, THIRD))
    assert (match.kind, match.why) == (AnswerKind.UNKNOWN, Why.NO_THREAD)


def test_who_meant_something_else_is_offered_the_rest_of_the_question(
    matcher: KnowledgeMatcher,
) -> None:
    """Without the answer, best first."""
    match = said(matcher, "nee dat bedoel ik niet", near=(THIRD, LAST, OTHER))
    assert match.kind is AnswerKind.CHOICE
    assert [one.procedure for one in match.candidates] == [THIRD, OTHER]


@pytest.mark.parametrize("near", [(), (LAST,), (LAST, THIRD)])
def test_where_little_is_left_of_it_the_neighbours_are_offered(
    matcher: KnowledgeMatcher, near: tuple[str, ...]
) -> None:
    """Those of the answer; never the answer itself, and none twice."""
    found = [one.procedure for one in said(matcher, "c'est pas ça", near=near).candidates]
    assert len(found) == len(set(found)) == 4
    assert LAST not in found
    assert found[: len(near[1:])] == list(near[1:])


def test_who_to_call_is_a_question_of_its_own_where_nothing_was_answered(
    matcher: KnowledgeMatcher,
) -> None:
    """The base has entries on it; what says less is asked back."""
    assert said(matcher, "qui appeler ?", last=None).why is not Why.NO_THREAD
    assert said(matcher, "et après ?", last=None).why is Why.NO_THREAD


def test_a_base_without_such_words_has_no_such_follow_ups(
    matcher: KnowledgeMatcher, knowledge: Knowledge
) -> None:
    """Another base may leave them out."""
    without = knowledge.lexicon.model_copy(update={"follow_ups": None})
    made: FollowUps = follow_ups(without, matcher.professions)
    assert made.read("et après ?") is None
    assert made.read("in het Frans") == Leaning(language="fr")
