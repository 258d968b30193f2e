"""The channel of meaning, told by a hand-made Meaning that knows two topics and three languages."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.commands.explain import explanation
from bot.knowledge import Knowledge
from bot.matching.decision import LETTERS, MEANING, Calibration, Evidence, decide
from bot.matching.index import Floats
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.meaning import CHARACTERS, FILE, sense
from bot.matching.model import AnswerKind, Candidate, Question

TOPICS = (
    ("kaart", "carte", "karte", "card", "badge"),
    ("voorschrift", "prescription", "ordonnance", "rezept", "recept"),
)
ASKED = ("carte bloquée", "recip-e ligt plat", "Karte gesperrt, bitte hlfen", "no internet", "")


class Topics:
    """One axis a topic and one for all else. `asked`: every text that it was to tell."""

    def __init__(self, name: str = "topics 1") -> None:
        self.name = name
        self.asked: list[str] = []

    def vectors(self, texts: Sequence[str]) -> Floats:
        """How much of each topic stands in a text, at length one."""
        self.asked += texts
        rows = np.array([[*(self._of(text, topic) for topic in TOPICS), 0.1] for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    @staticmethod
    def _of(text: str, topic: Sequence[str]) -> int:
        return sum(text.count(word) for word in topic)


def some(knowledge: Knowledge, count: int) -> Knowledge:
    """A base of a few entries."""
    return replace(knowledge, procedures=dict(list(knowledge.procedures.items())[:count]))


@pytest.fixture(name="meant", scope="module")
def _meant(knowledge: Knowledge) -> KnowledgeMatcher:
    return KnowledgeMatcher(knowledge, meaning=Topics())


@pytest.mark.parametrize("text", ASKED)
def test_without_meaning_nothing_changes(
    matcher: KnowledgeMatcher, meant: KnowledgeMatcher, text: str
) -> None:
    """The default adds up words and runs as ever; meaning stands beside them, not in them."""
    alone, beside = matcher.scores(text), meant.scores(text)
    assert alone.meaning is None
    assert matcher.calibration == LETTERS
    assert np.allclose(alone.total, alone.words + alone.runs, atol=1e-6)
    assert np.allclose(alone.total, beside.words + beside.runs, atol=1e-6)


def test_a_word_that_no_entry_has_leads_by_what_it_means(knowledge: Knowledge) -> None:
    """Nearest stand the entries that speak of the same topic in other words."""
    near = sense(knowledge, Topics(), None).near("mijn badge")[:-1]
    first = list(knowledge.procedures.values())[int(near.argmax())]
    told = " ".join((*first.questions["fr"], *first.questions["nl"])).lower()
    assert any(word in told for word in TOPICS[0])


def test_meaning_adds_to_the_letters(meant: KnowledgeMatcher) -> None:
    """Each entry's total is the sum of its three channels."""
    scores = meant.scores("carte bloquée")
    assert scores.meaning is not None
    assert np.abs(scores.meaning).max() > 0.1
    assert np.allclose(scores.total, scores.words + scores.runs + scores.meaning, atol=1e-6)


@pytest.mark.parametrize("text", ["", "?!…", "\x00", "привет"])
def test_of_no_known_letter_no_meaning_is_guessed(meant: KnowledgeMatcher, text: str) -> None:
    """What shares nothing with the base is not led anywhere."""
    assert meant.scores(text).meaning is None


@pytest.mark.parametrize("typed", ["CARTE BLOQUÉE", "carte bloquee", "  Carte   bloquée?! "])
def test_case_accents_and_signs_mean_nothing(meant: KnowledgeMatcher, typed: str) -> None:
    """The channel reads what the other channels read."""
    assert np.array_equal(meant.scores(typed).total, meant.scores("carte bloquée").total)


def test_a_slip_is_mended_before_meaning_is_asked(knowledge: Knowledge) -> None:
    """An encoder knows no words with slips; the base's own spelling is used."""
    topics = Topics()
    KnowledgeMatcher(some(knowledge, 9), meaning=topics).scores("carte blqouée")
    assert topics.asked[-1] == "carte bloquee"


def test_only_the_start_of_a_long_text_is_read(knowledge: Knowledge) -> None:
    """So that its cost is bounded."""
    topics = Topics()
    KnowledgeMatcher(some(knowledge, 3), meaning=topics).scores("carte " * 10_000)
    assert max(map(len, topics.asked)) <= CHARACTERS


def test_one_question_is_told_once(knowledge: Knowledge) -> None:
    """However many parts of matching ask for it."""
    topics = Topics()
    matcher = KnowledgeMatcher(some(knowledge, 3), meaning=topics)
    before = len(topics.asked)
    for _ in range(3):
        matcher.scores("carte bloquée")
    assert len(topics.asked) == before + 1


def test_what_is_kept_is_not_told_again(knowledge: Knowledge, tmp_path: Path) -> None:
    """A second start asks nothing, and stands as near to everything."""
    first = sense(knowledge, Topics(), tmp_path)
    topics = Topics()
    second = sense(knowledge, topics, tmp_path)
    assert topics.asked == []
    assert np.array_equal(first.texts, second.texts)
    assert np.array_equal(first.entries, second.entries)


def test_of_a_changed_base_only_new_texts_are_told(knowledge: Knowledge, tmp_path: Path) -> None:
    """One more entry costs the texts of that entry, a reload on the way included."""
    sense(some(knowledge, 5), Topics(), tmp_path)
    topics = Topics()
    sense(some(knowledge, 6), topics, tmp_path)
    added = list(knowledge.procedures.values())[5]
    said = sum(2 + len(added.questions[language]) for language in ("fr", "nl", "de", "en"))
    assert len(topics.asked) == said


@pytest.mark.parametrize("spoil", [b"", b"no archive", None])
def test_half_a_file_is_made_anew(
    knowledge: Knowledge, tmp_path: Path, spoil: bytes | None
) -> None:
    """A file that broke off helps nobody; the bot starts all the same and mends it."""
    few = some(knowledge, 3)
    whole = sense(few, Topics(), tmp_path)
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes()[:300] if spoil is None else spoil)
    assert np.array_equal(sense(few, Topics(), tmp_path).texts, whole.texts)
    topics = Topics()
    sense(few, topics, tmp_path)
    assert topics.asked == []


def test_another_model_makes_its_own_vectors(knowledge: Knowledge, tmp_path: Path) -> None:
    """An update of the extra is never mixed with what an older one told."""
    few = some(knowledge, 3)
    sense(few, Topics(), tmp_path)
    topics = Topics("topics 2")
    sense(few, topics, tmp_path)
    assert topics.asked != []


def test_an_editor_sees_the_third_channel(
    meant: KnowledgeMatcher, matcher: KnowledgeMatcher
) -> None:
    """Beside words and runs, of each candidate; without the extra there is none to see."""
    question = Question("carte bloquée")
    scores = meant.scores(question.text)
    assert scores.meaning is not None
    last = f"none of them: {scores.words[-1]:.2f} + {scores.runs[-1]:.2f}"
    assert f"{last} + {scores.meaning[-1]:.2f}" in explanation(meant, question)
    assert "meaning" not in explanation(matcher, question)


@pytest.mark.parametrize(
    ("claimed", "calibration", "kind"),
    [
        (LETTERS.answer_from, LETTERS, AnswerKind.ANSWER),
        (LETTERS.answer_from, MEANING, AnswerKind.CHOICE),
        (MEANING.answer_from, MEANING, AnswerKind.ANSWER),
    ],
)
def test_with_meaning_more_is_asked_of_an_answer(
    claimed: float, calibration: Calibration, kind: AnswerKind
) -> None:
    """Each calibration has its own threshold."""
    assert decide(Evidence((Candidate("one", claimed),), 1.0), calibration) is kind
