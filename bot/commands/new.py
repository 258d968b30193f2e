"""`new`: a skeleton entry with comments, to be filled in."""

import re
import sys

from bot.faults import WrongUsageError
from bot.knowledge import LANGUAGES
from bot.loading import load_base
from bot.settings import Settings

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def print_skeleton(settings: Settings, procedure_id: str) -> int:
    """Prints it to standard output, to be put into a file of procedures/. Returns the exit code."""
    if not _ID.fullmatch(procedure_id):
        raise WrongUsageError(
            "an id has small letters, digits and single hyphens: nurse-no-network"
        )
    knowledge = load_base(settings)
    if knowledge.procedure(procedure_id) is not None:
        raise WrongUsageError("an entry has that id already; an id is never used twice")
    sys.stdout.write(skeleton(procedure_id, tuple(knowledge.professions)))
    return 0


def skeleton(procedure_id: str, professions: tuple[str, ...]) -> str:
    """The text of the entry, with every field: each is filled in, or stays null or []."""
    return "\n".join(
        (
            f"- id: {procedure_id}",
            f"  professions: [all]  # or some of: {', '.join(professions)}",
            "  services: [status]  # ids of services.yaml",
            "  standing: needs-verification  # sourced, once a second person has read the sources",
            *_localized("title", "at most 60 characters"),
            *_localized("trigger", "what the user sees, one sentence"),
            "  automatic: null  # what systems do by themselves, in the four languages",
            "  steps:  # in order, one action each, at most 160 characters, the verb first",
            *_in_languages("    - ", "      "),
            "  proof: null  # what to keep or write down, in the four languages",
            *_localized("limits", "conditions, deadlines, what is uncertain; or null"),
            "  afterwards: null  # what to put right once it works again, in the four languages",
            "  contacts: []  # ids of contacts.yaml",
            "  sources: [seed]  # ids of references.yaml, at least one; name this entry there too",
            "  siblings: []  # entries that may share the first place; each names the other",
            "  replaces: []  # withdrawn ids that lead here",
            "  outage_of: []  # services in whose outage this is the first thing to do",
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
