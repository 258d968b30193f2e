"""What must never be kept: national numbers and other identifiers in texts, tokens in logs."""

import logging
import re
import traceback
from dataclasses import dataclass
from enum import StrEnum

from stdnum.be import ssn

MASK = "…"


class Identifier(StrEnum):
    """What was found in a text; the first two stand for a patient and are warned of."""

    NATIONAL_NUMBER = "national-number"
    PRESCRIPTION = "prescription"
    PHONE = "phone"
    EMAIL = "email"


# Eleven digits in any grouping. A national number's own check digits are not asked for: one that
# was mistyped still tells who is meant.
_ELEVEN = r"(?<![\d+])(?:\d[\s.,\-–/_]{0,2}){10}\d(?!\d)"
_PATTERNS: tuple[tuple[Identifier, re.Pattern[str]], ...] = (
    (Identifier.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    (
        Identifier.PRESCRIPTION,
        re.compile(r"\bBE(?=\w{0,12}\d\w{0,12}\d)[A-Z]{1,2}\w{6,12}\b", re.IGNORECASE),
    ),
    (Identifier.PHONE, re.compile(r"(?<!\d)(?:\+|00)32(?:[\s./\-]{0,2}\d){8,9}(?!\d)")),
    (Identifier.NATIONAL_NUMBER, re.compile(_ELEVEN)),
    # The number of an identity card.
    (Identifier.NATIONAL_NUMBER, re.compile(r"(?<!\d)\d{3}[-–/ ]\d{7}[-–/ ]\d{2}(?!\d)")),
    (Identifier.PHONE, re.compile(r"(?<!\d)0\d(?:[\s./\-]{0,2}\d){7,8}(?!\d)")),
)
_ELEVEN_DIGITS = re.compile(_ELEVEN)
# Groupings stranger than that are hidden only where the check digits hold, so that a text which
# merely has several numbers in it stays whole. Strange is a letter O for a nought, too.
_SCATTERED = re.compile(r"(?<!\d)\d(?:\W{0,8}[\dO]){10}(?!\d)", re.IGNORECASE)
_TOKEN = re.compile(r"\d{5,16}:[\w-]{20,}|(?<=/bot)[^/\s\"']+(?=/)")


@dataclass(frozen=True)
class Masked:
    """A text with each identifier replaced by `…`, and the kinds that were found in it."""

    text: str
    found: frozenset[Identifier]


def mask(text: str) -> Masked:
    """Hides national numbers (any 11 digits), prescription codes, phones and mail addresses."""
    found = set()
    for kind, pattern in _PATTERNS:
        text, count = pattern.subn(MASK, text)
        if count:
            found.add(kind)
    scattered = _SCATTERED.sub(_mask_if_valid, text)
    if scattered != text:
        found.add(Identifier.NATIONAL_NUMBER)
    return Masked(scattered, frozenset(found))


def _mask_if_valid(match: re.Match[str]) -> str:
    """Hides a national or bis number whose check digits hold (stdnum knows both centuries)."""
    digits = re.sub(r"\D", "", match[0].upper().replace("O", "0"))
    return MASK if ssn.is_valid(digits) else match[0]


def redact(text: str) -> str:
    """A log text without tokens (also those inside Bot API addresses) and 11-digit numbers."""
    return _ELEVEN_DIGITS.sub(MASK, _TOKEN.sub(MASK, text))


class RedactingFilter(logging.Filter):
    """Put on each handler: the message, its traceback and its stack leave redacted."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; always lets it pass."""
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and record.exc_info[0]:
            record.exc_text = redact("".join(traceback.format_exception(*record.exc_info))).rstrip()
            record.exc_info = None
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True
