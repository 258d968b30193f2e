"""Nothing can be taken out of the shipped files unseen: `check` tells the line."""

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.new import skeleton
from bot.knowledge.completeness import incomplete
from bot.knowledge.document import read_document
from bot.knowledge.folder import read_files
from bot.knowledge.glossary import FILE as GLOSSARY
from bot.knowledge.glossary import glossary_problems
from bot.knowledge.loader import checked_rows, load_knowledge, read_documents
from bot.knowledge.model import Procedure
from bot.knowledge.problems import KnowledgeError, Problem
from bot.settings import CHECKOUT_KNOWLEDGE
from tests.knowledge.removals import Removal, removals

FILES = read_files(CHECKOUT_KNOWLEDGE)
TEXTS = {path: raw.decode() for path, raw in FILES.items()}
DOCUMENTS = {document.path: document for document in read_documents(FILES)}
REMOVALS = [one for path, text in TEXTS.items() for one in removals(path, text)]
KINDS = sorted({(one.what[0], one.what[-1]) for one in REMOVALS})


def problems(changed: dict[str, str]) -> list[Problem]:
    """What `check` says of the shipped fields and links, some files having another text."""
    try:
        spoiled = {path: read_document(path, text.encode()) for path, text in changed.items()}
        return incomplete(checked_rows(list((DOCUMENTS | spoiled).values())))
    except KnowledgeError as error:
        return error.problems


def entry_lines(text: str, record: int) -> range:
    """The lines of an entry; of a file that is no list, all of them."""
    lines = text.splitlines()
    starts = [n for n, line in enumerate(lines, 1) if line.startswith("- ")]
    ends = [*starts[1:], len(lines) + 1]
    return range(starts[record], ends[record]) if starts else range(1, len(lines) + 2)


def assert_missed(removal: Removal) -> None:
    """What was taken out is told where it stood; a whole page, where it is cited."""
    text = removal.done(TEXTS[removal.path])
    told = problems({removal.path: text})
    if removal.what == ("references", "RECORD"):
        assert {(one.path, one.line) for one in told} == citations(removal.record)
        return
    lines = entry_lines(text, removal.record)
    assert any(one.path == removal.path and one.line in lines for one in told), (removal, told)


def citations(record: int) -> set[tuple[str, int]]:
    """Where a page of references.yaml is cited, as path and line."""
    rows = checked_rows(list(DOCUMENTS.values()))
    cited = rows["references"][record][2].model_dump()["id"]
    return {
        (document.path, document.place((*key, "sources", number))[0])
        for kind in ("procedures", "contacts", "services")
        for document, key, entry in rows[kind]
        for number, source in enumerate(entry.model_dump()["sources"])
        if source == cited
    }


def test_the_shipped_base_is_complete() -> None:
    """Every field is written, and both ends of every citation agree."""
    assert problems({}) == []


@pytest.mark.parametrize("kind", KINDS, ids=".".join)
def test_one_of_each_kind_of_field_language_and_reference_is_missed(kind: tuple[str, str]) -> None:
    """No field of any file is an exception."""
    mine = [one for one in REMOVALS if (one.what[0], one.what[-1]) == kind]
    assert_missed(random.Random(0).choice(mine))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(REMOVALS))
def test_any_field_language_or_reference_of_any_file_is_missed(removal: Removal) -> None:
    """Whichever line an editor deletes by mistake, the check fails at that entry."""
    assert_missed(removal)


def test_any_field_or_language_of_the_glossary_is_missed(tmp_path: Path) -> None:
    """It is no part of the base, and is checked by itself."""
    knowledge = load_knowledge(CHECKOUT_KNOWLEDGE)
    text = (CHECKOUT_KNOWLEDGE / GLOSSARY).read_text(encoding="utf-8")
    for removal in random.Random(0).sample(list(removals(GLOSSARY, text)), 12):
        spoiled = removal.done(text)
        (tmp_path / GLOSSARY).write_text(spoiled, encoding="utf-8")
        lines = entry_lines(spoiled, removal.record)
        assert {one.line for one in glossary_problems(tmp_path, knowledge)} <= set(lines)
        assert list(glossary_problems(tmp_path, knowledge)), removal


ENTRY = "where-to-check-status"
SIBLING = "about-ehealth-status-site"
HOME = "procedures/status-and-contacts.yaml"


def line_of(path: str, start: str, after: str) -> int:
    """The first line of a shipped file that starts so, after another."""
    lines = TEXTS[path].splitlines()
    first = lines.index(after)
    return next(n for n, line in enumerate(lines, 1) if n > first and line.startswith(start))


CITES = f"{HOME}:{line_of(HOME, '  sources:', f'- id: {ENTRY}')}"
CITED = f"references.yaml:{line_of('references.yaml', '  cited_by:', '- id: seed')}"
MISSING = (
    (
        ("contacts.yaml", "  hours: null\n", ""),
        "contacts.yaml:4:3: `hours` is missing",
        "write it; where there is nothing to say, `hours: null`",
    ),
    (
        ("sources.yaml", "  every: 60\n", ""),
        "`every` is missing",
        "write it; where there is nothing to say, `every: 60`",
    ),
    (
        (HOME, "sources: [seed, ", "sources: ["),
        f"{CITES}:3: sources: 'seed' is missing, which names '{ENTRY}' in its cited_by",
        f"add it, or take '{ENTRY}' out at {CITED}",
    ),
    (
        ("references.yaml", f", {ENTRY}]", "]"),
        f"{CITED}:3: cited_by: '{ENTRY}' is missing, which names 'seed' in its sources",
        f"add it, or take 'seed' out at {CITES}",
    ),
    (
        ("references.yaml", f", {ENTRY}]", f", {ENTRY}s, {ENTRY}]"),
        f"cited_by: '{ENTRY}s' is in no entry of procedures, contacts, services",
        f"take it out, or did you mean '{ENTRY}'?",
    ),
    (
        (HOME, f"siblings: [{ENTRY}]", "siblings: []"),
        f"siblings: '{ENTRY}' is missing, which names '{SIBLING}' in its siblings",
        f"add it, or take '{SIBLING}' out at {HOME}:",
    ),
    (
        ("lexicon/joins.yaml", TEXTS["lexicon/joins.yaml"], "decoys: null\n"),
        "lexicon/joins.yaml:1:1: `joins` is missing",
        "write `joins:` and what belongs to it into this file",
    ),
)


@pytest.mark.parametrize(("change", "what", "mend"), MISSING)
def test_what_is_missing_is_told_with_its_place_and_its_mend(
    change: tuple[str, str, str], what: str, mend: str
) -> None:
    """A name that only one end bears is told where the other one should stand."""
    path, old, new = change
    assert old in TEXTS[path]
    told = problems({path: TEXTS[path].replace(old, new, 1)})
    assert any(f"{what} -> {mend}" in str(one) for one in told), told


def test_the_skeleton_of_a_new_entry_has_every_field() -> None:
    """In the order of the files; those that sources seldom speak of start as null or []."""
    [entry] = yaml.safe_load(skeleton("nurse-no-network", ("nurse",)))
    assert list(entry) == list(Procedure.model_fields)
    empty = [name for name, value in entry.items() if value in (None, [])]
    assert empty == [
        "automatic",
        "proof",
        "afterwards",
        "contacts",
        "siblings",
        "replaces",
        "outage_of",
    ]
