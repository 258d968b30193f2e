"""Telegram's HTML, and the one place that escapes: https://core.telegram.org/bots/api#html-style.

Views put together `Html` with these functions alone, so no plain text reaches Telegram unescaped.
"""

import html
import re
from collections.abc import Iterable, Sequence
from typing import NewType

Html = NewType("Html", str)

MESSAGE_LIMIT = 4096
"""UTF-16 units of one message, counted after its tags are parsed."""

PAGE_LIMIT = 4000
"""The same for a page of several: leaves room for its "page 1 of 2"."""

_TAG = re.compile(r"<[^>]*>")
_BLOCKS = "\n\n"


def plain(text: str) -> Html:
    """Any text, escaped."""
    return Html(html.escape(text, quote=False))


def bold(text: str) -> Html:
    """Any text, escaped, in bold."""
    return Html(f"<b>{plain(text)}</b>")


def italic(text: str) -> Html:
    """Any text, escaped, in italics."""
    return Html(f"<i>{plain(text)}</i>")


def link(label: str, url: str | None) -> Html:
    """A named link; without a web address, the label alone.

    Some official pages have no https; where https is a must (what a source sends), see quoting.py.
    """
    if url is None or not url.startswith(("https://", "http://")):
        return plain(label)
    return Html(f'<a href="{html.escape(url)}">{plain(label)}</a>')


def quote(content: Html, *, expandable: bool = False) -> Html:
    """A quotation; `expandable` shows its first lines until it is touched."""
    return Html(f"<blockquote{' expandable' if expandable else ''}>{content}</blockquote>")


def joined(parts: Iterable[Html], separator: str = "\n") -> Html:
    """Parts in a row; empty ones fall out."""
    return Html(separator.join(part for part in parts if part))


def blocks(*parts: Html) -> Html:
    """Parts with a blank line between them; empty ones fall out."""
    return joined(parts, _BLOCKS)


def stripped(content: Html) -> str:
    """The text as it is read, without tags."""
    return html.unescape(_TAG.sub("", content))


def units(content: Html) -> int:
    """Length as Telegram counts it: UTF-16 units of the parsed text."""
    return len(stripped(content).encode("utf-16-le")) // 2


def paginate(parts: Sequence[Html], limit: int = PAGE_LIMIT) -> tuple[Html, ...]:
    """Pages of whole blocks, each within `limit` units; at least one page.

    A block that alone is too long loses its tags and is cut: a rule of last resort.
    """
    pages: list[Html] = []
    for part in (piece for whole in parts if whole for piece in _within(whole, limit)):
        grown = blocks(pages[-1], part) if pages else part
        if pages and units(grown) <= limit:
            pages[-1] = grown
        else:
            pages.append(part)
    return tuple(pages) or (Html(""),)


def _within(content: Html, limit: int) -> tuple[Html, ...]:
    if units(content) <= limit:
        return (content,)
    text = stripped(content)
    half = limit // 2  # characters outside the basic plane take two units
    return tuple(plain(text[at : at + half]) for at in range(0, len(text), half))
