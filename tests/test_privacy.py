"""What identifies a patient is hidden before anything else sees it; tokens never reach a log."""

import io
import logging

import pytest

from bot.operating import keep_secrets_out_of_logs
from bot.privacy import MASK, Identifier, RedactingFilter, mask, redact

NATIONAL, PHONE = Identifier.NATIONAL_NUMBER, Identifier.PHONE
TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz01234"


@pytest.mark.parametrize(
    ("text", "masked", "found"),
    [
        ("85073003328", MASK, {NATIONAL}),
        ("NISS 85.07.30-033.28 illisible", f"NISS {MASK} illisible", {NATIONAL}),
        ("850730 033 28", MASK, {NATIONAL}),
        ("85/07/30 033-28", MASK, {NATIONAL}),
        # One digit wrong still tells who is meant.
        ("85073003329", MASK, {NATIONAL}),
        # A bis number: month plus 40.
        ("85473003327", MASK, {NATIONAL}),
        # Groups further apart are hidden where the check digits hold.
        ("85 - 07 - 30 / 033 . 28", MASK, {NATIONAL}),
        ("85 07 30  -  033 28", MASK, {NATIONAL}),
        ("85073O03328", MASK, {NATIONAL}),
        # The number of an identity card.
        ("carte 592-1234567-12", f"carte {MASK}", {NATIONAL}),
        ("les erreurs 190, (202), 12 et 34 5", "les erreurs 190, (202), 12 et 34 5", set()),
        # A date with an hour has more digits.
        ("depuis 2026-11-21 14:02:11", "depuis 2026-11-21 14:02:11", set()),
        ("erreur 190 depuis 14 h 02", "erreur 190 depuis 14 h 02", set()),
        ("RID BEP1A2B3C4D5", f"RID {MASK}", {Identifier.PRESCRIPTION}),
        ("BEPERKINGEN bij het voorschrijven", "BEPERKINGEN bij het voorschrijven", set()),
        ("appelez 0475 12 34 56", f"appelez {MASK}", {PHONE}),
        ("+32 475 12 34 56", MASK, {PHONE}),
        ("00322 788 51 55", MASK, {PHONE}),
        ("anna@cabinet.be ne marche pas", f"{MASK} ne marche pas", {Identifier.EMAIL}),
        ("recip-e plante 👍", "recip-e plante 👍", set()),
    ],
)
def test_what_is_hidden(text: str, masked: str, found: set[Identifier]) -> None:
    """Identifiers go, the rest of the question stays."""
    result = mask(text)
    assert (result.text, set(result.found)) == (masked, found)


@pytest.mark.parametrize("length", [4096, 60_000])
def test_long_texts_are_read_in_one_pass(length: int) -> None:
    """Runs of ten digits are the worst case: each looks like a number until its end."""
    text = "1234567890abc" * (length // 13)
    assert mask(text).text == text


def logged(write: str, *arguments: object, error: Exception | None = None) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactingFilter())
    logger = logging.Logger("test")  # noqa: LOG001 - one that no other test hears
    logger.addHandler(handler)
    logger.warning(write, *arguments, exc_info=error)
    return stream.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/getMe",),
        ("token %s refused", TOKEN),
        ("POST http://127.0.0.1:8081/bot%s/getMe", "1:short"),
    ],
)
def test_a_token_never_reaches_a_log(arguments: tuple[str, ...]) -> None:
    """Neither in the message, nor in its arguments, nor in an address."""
    told = logged(*arguments)
    assert MASK in told
    assert TOKEN not in told
    assert "1:short" not in told


def test_a_traceback_is_redacted_too() -> None:
    """The text of an exception may carry the address or what was typed."""
    address = f"https://api.telegram.org/bot{TOKEN}/sendMessage 85073003328"
    told = logged("failed", error=RuntimeError(address))
    assert "RuntimeError" in told
    assert TOKEN not in told
    assert "85073003328" not in told


def test_redaction_leaves_the_rest() -> None:
    """A log stays readable."""
    told = "2026-11-21 14:02:11 update 123456789 answered in 3 ms"
    assert redact(told) == told


def test_libraries_only_warn() -> None:
    """Whatever our own level: the INFO lines of HTTP libraries carry the whole address."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = (root.level, root.handlers[:], ours.level)
    try:
        keep_secrets_out_of_logs("DEBUG")
        levels = {logging.getLogger(name).getEffectiveLevel() for name in ("httpx", "telegram")}
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        ours.setLevel(before[2])
    assert levels == {logging.WARNING}
