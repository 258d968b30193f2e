"""The glossary: one term, one word, in four languages; what translations are checked against."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.knowledge.base import Knowledge
from bot.knowledge.completeness import unwritten_fields
from bot.knowledge.document import Document, read_document
from bot.knowledge.model import LANGUAGES, Entry, Localized, Procedure, Text
from bot.knowledge.problems import KnowledgeError, Problem, whole_file

FILE = "glossary.yaml"


class Term(Entry):
    """One thing and its word in each language; `note` is for editors."""

    fr: Text
    nl: Text
    de: Text
    en: Text
    note: str | None = None


def glossary_problems(folder: Path, knowledge: Knowledge) -> Iterator[Problem]:
    """Faults of the file, and terms that no entry uses in any language."""
    path = folder / FILE
    if not path.is_file():
        yield whole_file(path, "the file is missing", "put it back from the last good version")
        return
    try:
        document = read_document(FILE, path.read_bytes())
        terms = TypeAdapter(tuple[Term, ...]).validate_python(document.data)
    except KnowledgeError as error:
        yield from error.problems
        return
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            yield document.problem(fault["loc"], str(fault["msg"]), "give fr, nl, de and en")
        return
    for number, term in enumerate(terms):
        yield from unwritten_fields(document, (number,), term)
    yield from _unused(document, terms, knowledge)


def _unused(document: Document, terms: tuple[Term, ...], knowledge: Knowledge) -> Iterator[Problem]:
    said = {
        language: "\n".join(_text(p, language) for p in knowledge.procedures.values()).casefold()
        for language in LANGUAGES
    }
    for number, term in enumerate(terms):
        if not any(_stem(getattr(term, language)) in said[language] for language in LANGUAGES):
            what = f"no entry uses the term '{term.fr}'"
            yield document.problem((number,), what, "use it, or remove the term")


def _stem(term: str) -> str:
    """The term without a bracketed addition and without its last letter, where endings change."""
    plain = term.split("(", maxsplit=1)[0].strip().casefold()
    return plain[:-1] if len(plain) > 6 else plain  # noqa: PLR2004 - short words have no ending


def _text(procedure: Procedure, language: str) -> str:
    parts: list[Localized | None] = [
        procedure.title,
        procedure.trigger,
        procedure.automatic,
        *procedure.steps,
        procedure.proof,
        procedure.limits,
        procedure.afterwards,
    ]
    return "\n".join(part[language] for part in parts if part is not None)
