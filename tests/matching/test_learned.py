"""What is built from the base, what is kept of it, and how it is looked up."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge import Knowledge
from bot.matching import index as index_module
from bot.matching import learned as learned_module
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.runs import runs_of_words

ASKED = ("carte bloquée", "recip-e ligt plat", "Karte gesperrt, bitte hlfen", "no internet", "")


def same(one: KnowledgeMatcher, other: KnowledgeMatcher, text: str) -> bool:
    """Whether two matchers score a text alike, and read its language alike."""
    return bool(
        np.allclose(one.scores(text).total, other.scores(text).total, atol=1e-5)
        and np.array_equal(one.learned.languages.scores(text), other.learned.languages.scores(text))
    )


@pytest.fixture(name="cached", scope="module")
def _cached(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeMatcher:
    """A matcher read from the cache that another one wrote."""
    folder = tmp_path_factory.mktemp("cache")
    KnowledgeMatcher(knowledge, folder)
    assert [path.suffix for path in folder.iterdir()] == [".npz"]
    return KnowledgeMatcher(knowledge, folder)


@pytest.mark.parametrize("text", ASKED)
def test_what_is_read_from_the_cache_answers_alike(
    matcher: KnowledgeMatcher, cached: KnowledgeMatcher, text: str
) -> None:
    """A start with the cache gives what a start without it gives."""
    assert same(matcher, cached, text)


def test_a_word_of_several_lists_is_kept_once(cached: KnowledgeMatcher) -> None:
    """Index, spelling and languages know nearly the same words; so the numbers, small as can be."""
    known = cached.learned
    lists = (known.index.numbers, known.spelling.counts, known.languages.words)
    assert len({id(word) for words in lists for word in words}) == len(set().union(*lists))
    assert known.index.entries.itemsize == 1
    assert known.spelling.places.itemsize == 2


@pytest.mark.parametrize("left", [0, 100])
def test_half_a_cache_is_built_anew(knowledge: Knowledge, tmp_path: Path, left: int) -> None:
    """A file that broke off helps nobody; the bot starts all the same and mends it."""
    few = dict(list(knowledge.procedures.items())[:3])
    small = replace(knowledge, procedures=few)
    whole = KnowledgeMatcher(small, tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:left])
    assert same(whole, KnowledgeMatcher(small, tmp_path), "carte bloquée")
    assert len(path.read_bytes()) > 100


@pytest.mark.parametrize("changed", ["learned.py", "corpus.py", "a_new_one.py"])
def test_changed_code_makes_another_index(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: str
) -> None:
    """Whichever module of the matching changes, the index that the old code made is not read."""
    for code in Path(learned_module.__file__).parent.glob("*.py"):
        (tmp_path / code.name).write_bytes(code.read_bytes())
    monkeypatch.setattr(learned_module, "__file__", str(tmp_path / "learned.py"))
    before = learned_module.kept_at(tmp_path, knowledge.version)
    assert learned_module.kept_at(tmp_path, knowledge.version) == before
    with (tmp_path / changed).open("a") as written:
        written.write("# changed\n")
    assert learned_module.kept_at(tmp_path, knowledge.version) != before


@pytest.mark.parametrize("text", ASKED)
def test_rows_and_postings_say_the_same(
    matcher: KnowledgeMatcher, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """How a common feature is kept changes the speed alone."""
    before = matcher.scores(text).total
    monkeypatch.setattr(index_module, "ROWS_FROM", 2)
    index = replace(matcher.learned.index)
    assert len(index.rows.weights)
    other = KnowledgeMatcher.__new__(KnowledgeMatcher)
    other.__dict__ = {**matcher.__dict__, "learned": replace(matcher.learned, index=index)}
    assert np.allclose(other.scores(text).total, before, atol=1e-5)


@pytest.mark.parametrize("word", ["carte", "storing", "eid", "isi+", "a"])
def test_a_known_word_is_kept_with_its_runs(matcher: KnowledgeMatcher, word: str) -> None:
    """The runs that are looked up are those of the word itself."""
    index = matcher.learned.index
    kept = set(index.runs_of([word]))
    unseen = replace(index, numbers={mark: n for mark, n in index.numbers.items() if mark != word})
    made = {n + 1 for n in unseen.runs_of([word])}  # one word less stands before the runs
    assert kept == made
    assert len(kept) == len(set(runs_of_words([word])[0].tolist()))
