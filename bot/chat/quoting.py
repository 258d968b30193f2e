"""A source's own words, made harmless before they are quoted."""

import html
import re
import unicodedata
from urllib.parse import urlsplit

from bot.knowledge import Source

QUOTE_LIMIT = 600
"""Characters of a source's text that are shown."""

_TAG = re.compile(r"<[^<>]{0,2000}>")
_LINK = re.compile(r"(?:https?://|www\.|t\.me/|tg:)\S{1,2000}", re.IGNORECASE)
_LIVE = re.compile(r"(?<![\w@/])([@/])(?=\w)")
_WORD_JOINER = "\u2060"
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def cleaned(text: str, limit: int = QUOTE_LIMIT) -> str:
    """One line of plain text: no tags, control, bidi or zero-width signs, no live links or names.

    Longer texts end in an ellipsis. The result is not yet escaped.
    """
    bare = html.unescape(_TAG.sub(" ", text[: limit * 20]))
    seen = "".join(" " if unicodedata.category(sign) in _INVISIBLE else sign for sign in bare)
    line = " ".join(_LINK.sub("[…]", seen).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return _LIVE.sub(rf"\1{_WORD_JOINER}", line)


def allowed_link(url: str | None, source: Source | None) -> str | None:
    """The address where it is https and on a host of the source's own; else None."""
    if url is None or source is None:
        return None
    known = {urlsplit(address).hostname for address in (source.page, source.url) if address}
    parts = urlsplit(url)
    trusted = parts.scheme == "https" and parts.hostname in known | set(source.hosts)
    return url if trusted else None
