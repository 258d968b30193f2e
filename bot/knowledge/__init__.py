"""The knowledge base: the YAML of `knowledge/` as typed, checked objects."""

from bot.knowledge.base import Knowledge
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import (
    LANGUAGES,
    Contact,
    Language,
    Localized,
    LocalizedLists,
    Procedure,
    Profession,
    Reference,
    Service,
    Source,
    Standing,
)

__all__ = [
    "LANGUAGES",
    "Contact",
    "Knowledge",
    "Language",
    "Lexicon",
    "Localized",
    "LocalizedLists",
    "Procedure",
    "Profession",
    "Reference",
    "Service",
    "Source",
    "Standing",
]
