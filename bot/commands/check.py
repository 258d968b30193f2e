"""`check`: everything that an editor must mend, then a summary of the base."""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain

from rich.console import Console
from rich.table import Table

from bot.chat.plain import rendered_length
from bot.chat.voice import Voice
from bot.faults import OperatorError
from bot.knowledge import LANGUAGES, Knowledge, Standing
from bot.knowledge.completeness import incomplete
from bot.knowledge.document import Document
from bot.knowledge.editorial import editorial_problems
from bot.knowledge.folder import read_files
from bot.knowledge.glossary import glossary_problems
from bot.knowledge.loader import (
    assembled,
    checked_rows,
    content_of,
    fingerprint,
    read_documents,
)
from bot.knowledge.phones import phone_problems
from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.schemas import stale_schemas
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.reachability import missed
from bot.settings import Settings
from bot.words import Words, locale_problems

LONGEST_RENDERED = 3_500


def print_check(settings: Settings, *, as_json: bool) -> int:
    """Prints each problem with its place and its mend. Exit code 1 where there is one."""
    knowledge, problems = checked(settings, datetime.now(UTC).date())
    if as_json:
        data = {"problems": [vars(p) for p in problems], "summary": summary(knowledge)}
        sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    else:
        for problem in problems:
            sys.stdout.write(f"{problem}\n")
        Console().print(_table(knowledge, len(problems)))
    return 1 if problems else 0


def checked(settings: Settings, today: date) -> tuple[Knowledge | None, list[Problem]]:
    """The base, if it loads, and all its problems."""
    folder = settings.knowledge_dir
    try:
        files = read_files(folder)
        documents = read_documents(files)
        rows = checked_rows(documents)
    except KnowledgeError as error:
        return None, error.problems
    knowledge = assembled(content_of(rows), fingerprint(files))
    matcher = KnowledgeMatcher(knowledge, settings.data_dir / "cache")
    found = chain(
        incomplete(rows),
        phone_problems(rows),
        editorial_problems(documents, matcher.speller.fillers, today),
        _too_long(knowledge, documents),
        _unreachable(matcher, documents),
        glossary_problems(folder, knowledge),
        stale_schemas(folder),
        (_locale_problem(text) for text in locale_problems()),
    )
    return knowledge, sorted(found)


def _place(documents: Sequence[Document], procedure: str) -> tuple[Document, int]:
    for document in documents:
        if isinstance(document.data, list):
            for number, entry in enumerate(document.data):
                if document.path.startswith("procedures/") and entry.get("id") == procedure:
                    return document, number
    raise OperatorError(f"the entry {procedure} stands in no file")


def _too_long(knowledge: Knowledge, documents: Sequence[Document]) -> Iterator[Problem]:
    words, now = Words(), datetime.now(UTC)  # the messages are parsed once for all entries
    for language in LANGUAGES:
        voice = Voice(words, language, knowledge, now)
        for procedure in knowledge.procedures.values():
            length = rendered_length(voice, procedure)
            if length > LONGEST_RENDERED:
                document, number = _place(documents, procedure.id)
                what = f"shown in {language} it has {length} characters, more than 3,500"
                yield document.problem((number, "steps"), what, "shorten the entry")


def _unreachable(matcher: KnowledgeMatcher, documents: Sequence[Document]) -> Iterator[Problem]:
    for one in missed(matcher):
        document, number = _place(documents, one.procedure)
        key = (number, "questions", one.language, one.number)
        what = f"this question leads to '{one.given}' first"
        mend = "tell what sets this situation apart, or declare the other entry a sibling"
        yield document.problem(key, what, mend)


def _locale_problem(text: str) -> Problem:
    return Problem("locales", 1, 1, text, "give every language the same messages and placeholders")


def summary(knowledge: Knowledge | None) -> dict[str, object]:
    """What the base holds, in numbers."""
    if knowledge is None:
        return {}
    entries = knowledge.procedures.values()
    questions = [len(p.questions[language]) for p in entries for language in LANGUAGES]
    dated = [r for r in knowledge.references.values() if r.published]
    oldest = min(dated, key=lambda r: r.published or "", default=None)
    return {
        "entries": len(knowledge.procedures),
        "languages": len(LANGUAGES),
        "sourced": sum(p.standing is Standing.SOURCED for p in entries),
        "needs_verification": sum(p.standing is not Standing.SOURCED for p in entries),
        "questions": sum(questions),
        "fewest_questions": min(questions, default=0),
        "services": len(knowledge.services),
        "references": len(knowledge.references),
        "oldest_source": f"{oldest.published} {oldest.id}" if oldest else None,
    }


def _table(knowledge: Knowledge | None, problems: int) -> Table:
    table = Table("what", "how many", title="Knowledge base")
    for name, value in summary(knowledge).items():
        table.add_row(name.replace("_", " "), str(value))
    table.add_row("problems", str(problems))
    return table
