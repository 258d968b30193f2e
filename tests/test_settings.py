"""Settings as they are typed: what is understood, and what is refused without being repeated."""

import pytest

from bot.faults import OperatorError
from bot.loading import load_settings


@pytest.fixture(autouse=True)
def _no_other_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ADMIN_IDS", "CONTACT", "HEARTBEAT_URL", "SENDS_PER_SECOND", "REPLIES_PER_SECOND"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [("", set()), ("7", {7}), ("7, 8", {7, 8}), ("7,8,", {7, 8}), (" , 7 ,", {7})],
)
def test_administrators_are_numbers_with_commas(
    monkeypatch: pytest.MonkeyPatch, typed: str, ids: set[int]
) -> None:
    """A comma too many harms nobody."""
    monkeypatch.setenv("ADMIN_IDS", typed)
    assert load_settings().admin_ids == ids


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("ADMIN_IDS", "geheim"),
        ("ADMIN_IDS", "7;8"),
        ("CONTACT", "café"),
        ("CONTACT", "a\nb"),
        ("HEARTBEAT_URL", "hc-ping.com/geheim"),
        ("HEARTBEAT_URL", "ftp://hc-ping.com/geheim"),
        ("HEARTBEAT_URL", "https:///geheim"),
        ("HEARTBEAT_URL", "https://hc-ping.com:port/geheim"),
        ("SENDS_PER_SECOND", "-25"),
        ("REPLIES_PER_SECOND", "fast"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, typed: str
) -> None:
    """It may be a secret that was typed into the wrong place."""
    monkeypatch.setenv(name, typed)
    with pytest.raises(OperatorError, match=name) as refused:
        load_settings()
    assert typed not in str(refused.value)


def test_a_web_address_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead-man's switch on this machine or elsewhere."""
    for url in ("https://hc-ping.com/x", "http://127.0.0.1:8000/ping"):
        monkeypatch.setenv("HEARTBEAT_URL", url)
        assert load_settings().heartbeat_url == url
