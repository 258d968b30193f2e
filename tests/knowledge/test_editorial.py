"""What `python -m bot check` finds in a base that would load: told at its place, with its mend."""

import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.knowledge import LANGUAGES
from bot.knowledge.editorial import editorial_problems
from bot.knowledge.folder import read_files
from bot.knowledge.glossary import glossary_problems
from bot.knowledge.loader import load_knowledge, read_documents
from bot.knowledge.problems import Problem
from bot.knowledge.schemas import stale_schemas
from bot.settings import CHECKOUT_KNOWLEDGE
from tests.questions import MORE, OWN, held_out

TODAY = date(2026, 11, 22)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A copy of the shipped base that a test may spoil."""
    return Path(shutil.copytree(CHECKOUT_KNOWLEDGE, tmp_path / "knowledge"))


def problems(folder: Path, today: date = TODAY) -> list[Problem]:
    """What an editor is told."""
    return editorial_problems(read_documents(read_files(folder)), frozenset(), today)


def replaced(path: Path, pattern: str, by: str) -> None:
    """Spoils the first place that fits."""
    text, count = re.subn(pattern, by, path.read_text(encoding="utf-8"), count=1)
    assert count == 1
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "pattern", "by", "says"),
    [
        ("procedures/login.yaml", r'(  title:\n    fr: ")', r"\1" + "x" * 60, "the title has"),
        ("procedures/login.yaml", r'(    - fr: ")', r"\1" + "x " * 90 + "y", "the step has"),
        ("procedures/login.yaml", r'(  title:\n    fr: ")', r"\1" + "\u202e", "an odd character"),
        ("procedures/login.yaml", r'(  title:\n    fr: ")', r"\1  ", "a space too many"),
        (
            "procedures/login.yaml",
            r'(    nl: )"[^"]*"(\n    de: )("[^"]*")',
            r"\1\3\2\3",
            "same text",
        ),
        (
            "procedures/login.yaml",
            r"(  questions:\n    fr:\n)(?:      - .*\n)+(      - )",
            r"\1\2",
            "fewer than",
        ),
        ("references.yaml", r'seen: "2026-11-22"', 'seen: "2025-01-01"', "eighteen months ago"),
        ("references.yaml", r"- id: st-gp-fr\n", "- id: st-gp-fr-old\n", "nothing uses"),
    ],
)
def test_what_an_editor_must_mend_is_found(
    folder: Path, file: str, pattern: str, by: str, says: str
) -> None:
    """Lengths, odd signs, missing translations, too few questions, sources left unread."""
    before = {str(problem) for problem in problems(folder)}
    replaced(folder / file, pattern, by)
    new = [one for one in problems(folder) if str(one) not in before]
    assert any(says in one.what for one in new), new
    assert {one.path for one in new} == {file}


def test_questions_too_alike_or_asked_twice_are_found(folder: Path) -> None:
    """The second of two like questions is the one to change; a shared one names its owner."""
    path = folder / "procedures" / "login.yaml"
    documents = read_documents(read_files(folder))
    login = next(d for d in documents if d.path == "procedures/login.yaml")
    assert isinstance(login.data, list)
    first = login.data[0]["questions"]["fr"][0]
    owner = login.data[0]["id"]
    text = path.read_text(encoding="utf-8")
    second = text.index("\n- id: ", text.index("\n- id: ") + 1)
    at = text.index("    fr:\n", text.index("  questions:", second)) + len("    fr:\n")
    path.write_text(text[:at] + f'      - "{first}"\n' + text[at:], encoding="utf-8")
    assert any(f"'{owner}' has this question already" in one.what for one in problems(folder))


def test_the_shipped_base_has_current_schemas_and_a_used_glossary() -> None:
    """Editors complete with what the models say, and translate with words that are used."""
    assert list(stale_schemas(CHECKOUT_KNOWLEDGE)) == []
    assert list(glossary_problems(CHECKOUT_KNOWLEDGE, load_knowledge(CHECKOUT_KNOWLEDGE))) == []


@pytest.mark.skipif("DOSSIER" not in os.environ, reason="DOSSIER is not set: no dossier to compare")
def test_every_publishable_procedure_of_the_dossier_is_an_entry() -> None:
    """Same ids, standing and services; the withheld ones are absent; a superseded id leads on."""
    dossier = yaml.load(Path(os.environ["DOSSIER"]).read_text(), Loader=yaml.CSafeLoader)
    knowledge = load_knowledge(CHECKOUT_KNOWLEDGE)
    publishable = {p["id"]: p for p in dossier["procedures"] if p["standing"] != "withheld"}
    assert set(knowledge.procedures) == set(publishable)
    for entry_id, told in publishable.items():
        entry = knowledge.procedures[entry_id]
        assert entry.standing.value == told["standing"]
        assert set(entry.services) == set(told["services"])
        assert {source.lower() for source in told["sources"]} & set(entry.sources)
    assert knowledge.replaced["chapter-iv-pharmacy-none"] == "pharmacy-chapter-iv-outage"


def test_no_question_is_taken_from_the_sets_that_measure() -> None:
    """Else the measure would measure nothing."""
    measured = {case.q.casefold().strip() for case in held_out((*OWN, *MORE))}
    mine = {
        question.casefold().strip()
        for procedure in load_knowledge(CHECKOUT_KNOWLEDGE).procedures.values()
        for language in LANGUAGES
        for question in procedure.questions[language]
    }
    assert len(measured) > 500
    assert not measured & mine
