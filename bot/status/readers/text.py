"""Words of a source, made safe to keep: no tags, no control or direction signs, bounded."""

import html
import unicodedata

from selectolax.lexbor import LexborHTMLParser

TITLE_LIMIT = 300
BODY_LIMIT = 600
HTML_LIMIT = 65_536

_HIDDEN = frozenset(
    "\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_DROPPED = frozenset({"Cc", "Cs", "Co"})


def clean(value: str, limit: int = TITLE_LIMIT) -> str:
    """One line without control, direction and zero-width signs, cut at `limit` characters."""
    spaced = " ".join(value[: limit * 4].split())
    kept = "".join(
        sign
        for sign in spaced
        if sign not in _HIDDEN and unicodedata.category(sign) not in _DROPPED
    )
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"


def parse_html(markup: str) -> LexborHTMLParser:
    """A fragment as a tree; markup that was escaped once more is opened first."""
    bounded = markup[:HTML_LIMIT]
    return LexborHTMLParser(html.unescape(bounded) if "&lt;" in bounded else bounded)


def plain(markup: str, limit: int = BODY_LIMIT) -> str:
    """The text of an HTML fragment, cleaned."""
    if "<" not in markup and "&" not in markup:
        return clean(markup, limit)
    root = parse_html(markup).body
    return clean(root.text(separator=" ") if root else "", limit)


def fold(value: str) -> str:
    """For comparing names and words: no case, accents, spaces or signs ("e-Attest" = "eAttest")."""
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum())
