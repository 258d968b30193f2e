"""Words of a source, made safe to keep: no tags, no control or direction signs, bounded."""

import html
import re
import unicodedata
from collections.abc import Iterator

TITLE_LIMIT = 300
BODY_LIMIT = 600
HTML_LIMIT = 32_768

_HIDDEN = frozenset(
    "\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]{0,15})\b[^<>]*>")
_DROPPED = frozenset({"Cc", "Cs", "Co"})


def clean(value: str, limit: int = TITLE_LIMIT) -> str:
    """One line without control, direction and zero-width signs, cut at `limit` characters."""
    spaced = " ".join(value[: limit * 4].split())
    kept = spaced if spaced.isprintable() else _without_hidden(spaced)
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"


def _without_hidden(value: str) -> str:
    return "".join(
        sign for sign in value if sign not in _HIDDEN and unicodedata.category(sign) not in _DROPPED
    )


def plain(markup: str, limit: int = BODY_LIMIT) -> str:
    """The text of an HTML fragment, cleaned."""
    if "<" not in markup and "&" not in markup:
        return clean(markup, limit)
    return clean(" ".join(text for _, text in pieces(markup[:HTML_LIMIT])), limit)


def pieces(markup: str) -> Iterator[tuple[str, str]]:
    """The texts of an HTML fragment in order, each with the tag that opened before it.

    The tag is in small letters, "/strong" for one that closes, empty before the first. One pass,
    no tree: however deep a fragment nests its tags, it costs no more. Markup that was escaped
    once more than needed is opened first.
    """
    opened = html.unescape(markup) if "&lt;" in markup else markup
    tag, begin = "", 0
    for found in _TAG.finditer(opened):
        yield tag, html.unescape(opened[begin : found.start()])
        tag, begin = found.group(1).lower(), found.end()
    yield tag, html.unescape(opened[begin:])


def fold(value: str) -> str:
    """For comparing names and words: no case, accents, spaces or signs ("e-Attest" = "eAttest")."""
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum())
