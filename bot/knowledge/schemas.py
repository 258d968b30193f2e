"""JSON Schemas of the content files, made from the models: editors are helped as they type."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from bot.files import write_atomically
from bot.knowledge.glossary import Term
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Contact, Procedure, Profession, Reference, Service, Source
from bot.knowledge.problems import Problem, whole_file

FOLDER = "schemas"
_LISTS = {
    "procedures": Procedure,
    "professions": Profession,
    "services": Service,
    "sources": Source,
    "contacts": Contact,
    "references": Reference,
    "glossary": Term,
}


def schemas() -> dict[str, str]:
    """File name -> text of each schema.

    Made for serialization, which names every field, as the files must; a lexicon file has some.
    """
    made = {
        name: TypeAdapter(list[model]).json_schema(mode="serialization")  # type: ignore[valid-type] # the table gives the type
        for name, model in _LISTS.items()
    }
    made["lexicon"] = Lexicon.model_json_schema()
    return {
        f"{name}.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2
        )
        + "\n"
        for name, schema in made.items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Writes them anew; returns their paths."""
    written = []
    for name, text in schemas().items():
        path = folder / FOLDER / name
        write_atomically(path, text.encode())
        written.append(path)
    return written


def stale_schemas(folder: Path) -> Iterator[Problem]:
    """Schemas that no longer say what the models say."""
    for name, text in schemas().items():
        path = folder / FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            mend = "run: python -m bot schema --write"
            yield whole_file(path, "the schema is not current", mend)
