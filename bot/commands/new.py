"""`new`: a skeleton entry with comments, to be filled in."""

import re
import sys

from bot.faults import OperatorError
from bot.knowledge import LANGUAGES
from bot.loading import load_base
from bot.settings import Settings

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def print_skeleton(settings: Settings, procedure_id: str) -> int:
    """Prints it to standard output, to be put into a file of procedures/. Returns the exit code."""
    if not _ID.fullmatch(procedure_id):
        raise OperatorError("an id has small letters, digits and single hyphens: nurse-no-network")
    knowledge = load_base(settings)
    if knowledge.procedure(procedure_id) is not None:
        raise OperatorError("an entry has that id already; an id is never used twice")
    sys.stdout.write(skeleton(procedure_id, tuple(knowledge.professions)))
    return 0


def skeleton(procedure_id: str, professions: tuple[str, ...]) -> str:
    """The text of the entry; every key that stands there must be filled in or taken out."""
    return "\n".join(
        (
            f"- id: {procedure_id}",
            f"  professions: [all]  # or some of: {', '.join(professions)}",
            "  services: [status]  # ids of services.yaml",
            "  standing: needs-verification  # sourced, once a second person has read the sources",
            *_localized("title", "at most 60 characters"),
            *_localized("trigger", "what the user sees, one sentence"),
            *_localized("automatic", "optional: what systems do by themselves"),
            "  steps:  # in order, one action each, at most 160 characters, the verb first",
            *_in_languages("    - ", "      "),
            *_localized("proof", "optional: what to keep or write down"),
            *_localized("limits", "optional: conditions, deadlines, what is uncertain"),
            *_localized("afterwards", "optional: what to put right once it works again"),
            "  contacts: []  # ids of contacts.yaml",
            "  sources: [seed]  # ids of references.yaml; at least one",
            "  questions:  # at least 8 a language, as people type them: situations, not the title",
            *(f'    {language}: [""]' for language in LANGUAGES),
            "  keywords:  # at least 8 a language: words that point to this entry alone",
            *(f'    {language}: [""]' for language in LANGUAGES),
            "",
        )
    )


def _localized(key: str, comment: str) -> list[str]:
    return [f"  {key}:  # {comment}", *_in_languages("    ", "    ")]


def _in_languages(first: str, later: str) -> list[str]:
    return [f'{first if n == 0 else later}{language}: ""' for n, language in enumerate(LANGUAGES)]
