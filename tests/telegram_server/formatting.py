"""From what the bot sends to what a reader sees: parse mode, trimming, found entities."""

from __future__ import annotations

import re

from .entities import EntitiesError, Formatted, parse_html, utf16_length
from .records import Json
from .refusals import RefusalError, broken_rule

FOUND = {
    "bot_command": re.compile(r"(?<![\w/@<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    "mention": re.compile(r"(?<![\w/@.])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w&])#\w*[^\W\d]\w*"),
    "url": re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]"),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
}


def format_text(raw: str, parse_mode: str, entities: list[Json] | None = None) -> Formatted:
    """Return the text after parsing and trimming, or refuse as the real server does."""
    if not parse_mode:
        return trim(Formatted(raw, tuple(entities or ())))
    if parse_mode.lower() != "html":
        raise RefusalError("Bad Request: unsupported parse_mode")
    try:
        return trim(parse_html(raw))
    except EntitiesError as error:
        description = f"Bad Request: can't parse entities: {error}"
        raise broken_rule(description, "text", "Telegram HTML") from error


def trim(formatted: Formatted) -> Formatted:
    """Cut white space at both ends and move the entities along."""
    text = formatted.text.strip()
    skipped = formatted.text[: len(formatted.text) - len(formatted.text.lstrip())]
    shift, end = utf16_length(skipped), utf16_length(text)
    moved = (clip(entity, shift, end) for entity in formatted.entities)
    return Formatted(text, tuple(entity for entity in moved if entity["length"] > 0))


def clip(entity: Json, shift: int, end: int) -> Json:
    """Move one entity by `shift` and keep it inside the text."""
    first = max(0, entity["offset"] - shift)
    last = min(end, entity["offset"] - shift + entity["length"])
    return {**entity, "offset": first, "length": last - first}


def find_entities(text: str) -> list[Json]:
    """Return the entities that Telegram finds by itself in what a person types."""
    found = [
        {
            "type": kind,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for kind, pattern in FOUND.items()
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda entity: int(str(entity["offset"])))
