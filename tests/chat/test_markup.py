"""Telegram's HTML: everything is escaped, everything is counted as Telegram counts it."""

from collections.abc import Callable

import pytest

from bot.chat.markup import (
    MESSAGE_LIMIT,
    Html,
    blocks,
    bold,
    italic,
    joined,
    link,
    paginate,
    plain,
    quote,
    stripped,
    units,
)
from tests.telegram_server import parse_html

HOSTILE = ("<b>&", "</b>", "&amp;", "<script>alert(1)</script>", "a\u202eb", '"quoted"', "x" * 64)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("put", [plain, bold, italic, lambda text: quote(plain(text))])
def test_any_text_reads_as_it_was(text: str, put: Callable[[str], Html]) -> None:
    """Whatever a text carries, Telegram parses it back to that very text."""
    assert parse_html(put(text)).text == text


def test_a_link_escapes_its_address() -> None:
    """An address cannot break out of its attribute."""
    assert link("a<b", 'https://x.be/?a=1&b="2"') == (
        '<a href="https://x.be/?a=1&amp;b=&quot;2&quot;">a&lt;b</a>'
    )


def test_a_page_without_https_is_linked_too() -> None:
    """27 of the cited pages have no https; their reader needs them all the same."""
    assert link("page", "http://x.be") == '<a href="http://x.be">page</a>'


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "ftp://x.be", "tg://user?id=1"])
def test_only_web_addresses_become_links(url: str | None) -> None:
    """Of anything else the label stays."""
    assert link("page", url) == "page"


def test_empty_parts_fall_out() -> None:
    """A view names all its blocks; those without content leave no hole."""
    assert blocks(plain("a"), Html(""), plain("b")) == "a\n\nb"
    assert joined((plain("a"), Html(""), plain("b"))) == "a\nb"


@pytest.mark.parametrize(("content", "length"), [("a&amp;b", 3), ("<b>é</b>", 1), ("👍🏽", 4)])
def test_length_is_counted_after_parsing_in_utf_16(content: str, length: int) -> None:
    """Tags count nothing, an entity is one sign, an emoji two or more."""
    assert units(Html(content)) == length


def test_pages_are_cut_between_blocks() -> None:
    """No block is torn, none is lost, and each page fits."""
    parts = [bold(f"{n} " + "x" * 900) for n in range(12)]
    pages = paginate(parts)
    assert [page.count("<b>") for page in pages] == [4, 4, 4]
    assert "\n\n".join(pages) == "\n\n".join(parts)
    assert all(units(page) <= MESSAGE_LIMIT for page in pages)


def test_a_block_that_is_too_long_alone_is_cut_as_plain_text() -> None:
    """A rule of last resort: no tag is torn, nothing is dropped."""
    pages = paginate([bold("👍&" * 3000)])
    assert all(units(page) <= MESSAGE_LIMIT for page in pages)
    assert "".join(stripped(page) for page in pages) == "👍&" * 3000


def test_there_is_always_a_page() -> None:
    """Nothing to say is an empty page, not an error."""
    assert paginate([]) == ("",)
