"""`show`: an entry as the chat would show it."""

import sys

from bot.chat.plain import procedure_as_text
from bot.faults import WrongUsageError
from bot.knowledge import LANGUAGES
from bot.knowledge.naming import nearest
from bot.loading import load_base
from bot.settings import Settings


def print_entry(settings: Settings, procedure_id: str, language: str | None) -> int:
    """Prints it in one language, or in all four. Returns the exit code."""
    knowledge = load_base(settings)
    procedure = knowledge.procedure(procedure_id)
    if procedure is None:
        best = nearest(procedure_id, knowledge.procedures)
        raise WrongUsageError(f"no entry has that id; did you mean '{best}'?")
    if language is not None and language not in LANGUAGES:
        raise WrongUsageError(f"no language of that name; there are {', '.join(LANGUAGES)}")
    for one in LANGUAGES if language is None else (language,):
        sys.stdout.write(f"[{one}]\n{procedure_as_text(procedure, one, knowledge)}\n\n")
    return 0
