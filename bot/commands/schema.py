"""`schema`: the JSON Schemas of the content files."""

import sys

from bot.knowledge.schemas import schemas, write_schemas
from bot.settings import Settings


def print_schemas(settings: Settings, *, write: bool) -> int:
    """Prints them, or writes them beside the content. Returns the exit code."""
    if write:
        for path in write_schemas(settings.knowledge_dir):
            sys.stdout.write(f"{path}\n")
        return 0
    for name, text in schemas().items():
        sys.stdout.write(f"// {name}\n{text}")
    return 0
