"""The words that matching treats in a special way."""

from collections.abc import Mapping

from pydantic import Field

from bot.knowledge.model import Entry, LocalizedLists, Text


class Lexicon(Entry):
    """Words that matching treats in a special way; files of knowledge/lexicon/.

    `fillers` and `failures`: words that tell nothing of which procedure is meant. `outages`: those
    of the failures that say that a service is down for all, not that one's own thing fails.
    `asides`: words that add nothing to the name of a service and that it fails.
    `synonyms`: sets of words that mean the same, across languages.
    `joins`: spellings -> the one form. `decoys`: questions that belong to no procedure.
    """

    fillers: tuple[Text, ...] = ()
    failures: tuple[Text, ...] = ()
    outages: tuple[Text, ...] = ()
    asides: tuple[Text, ...] = ()
    synonyms: tuple[tuple[Text, ...], ...] = ()
    joins: Mapping[str, str] = Field(default_factory=dict)
    decoys: LocalizedLists | None = None
