"""A source's words, made harmless."""

import pytest

from bot.chat.quoting import QUOTE_LIMIT, allowed_link, cleaned
from tests.chat.samples import ehealth

JOINER = "\u2060"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>Panne <b>totale</b></p>", "Panne totale"),
        ("A &amp; B &lt;b&gt;", "A & B <b>"),
        ("ligne\r\n\tsuite", "ligne suite"),
        ("a\u202eb\u200bc\u2066d\x00e", "a b c d e"),
        ("voir https://evil.example/x?y puis", "voir […] puis"),
        ("t.me/evil et www.evil.be", "[…] et […]"),
        ("tapez /stop ou @evil", f"tapez /{JOINER}stop ou @{JOINER}evil"),
        ("24/7 et a@b", "24/7 et a@b"),
        ("", ""),
        ("<" * 50, "<" * 50),
    ],
)
def test_cleaning(text: str, told: str) -> None:
    """No tags, no invisible signs, no links, no live commands or names."""
    assert cleaned(text) == told


@pytest.mark.parametrize("text", ["x" * 5000, "<" * 100_000, "<a " * 30_000, "é" * 700])
def test_a_long_text_is_capped(text: str) -> None:
    """What is shown never grows beyond the limit, whatever a source sends."""
    assert len(cleaned(text)) <= QUOTE_LIMIT


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://status.example.be/incident/1", True),
        ("https://status.example.be.evil.example/1", False),
        ("http://status.example.be/1", False),
        ("javascript:alert(1)", False),
        (None, False),
    ],
)
def test_only_a_source_s_own_host_is_linked(url: str | None, told: bool) -> None:
    """An incident cannot lead people elsewhere."""
    assert allowed_link(url, ehealth()) == (url if told else None)
