"""`show`: an entry as the chat would show it."""

import sys

from bot.chat.plain import procedure_as_text
from bot.faults import WrongUsageError
from bot.knowledge import LANGUAGES
from bot.loading import check_language, load_base, or_nearest
from bot.settings import Settings


def print_entry(settings: Settings, procedure_id: str, language: str | None) -> int:
    """Prints it in one language, or in all four. Returns the exit code."""
    knowledge = load_base(settings)
    procedure = knowledge.procedure(procedure_id)
    if procedure is None:
        best = or_nearest(procedure_id, knowledge.procedures)
        raise WrongUsageError(f"no entry has that id{best}")
    check_language(language)
    for one in LANGUAGES if language is None else (language,):
        sys.stdout.write(f"[{one}]\n{procedure_as_text(procedure, one, knowledge)}\n\n")
    return 0
