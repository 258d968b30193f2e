"""Bytes of a body -> text: size, byte order mark, charset; never a guess beyond the declared."""

import codecs
import re

from bot.status.unreadable import UnreadableError, UnreadableReason

MAX_BYTES = 8 * 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ONE_BYTE = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
_WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def decode(body: bytes, content_type: str | None, declared: str | None = None) -> str:
    """The text of a body.

    A byte order mark decides; else UTF-8 where the bytes are valid UTF-8; else the charset of
    the Content-Type, else the one that the document declares about itself.
    Raises UnreadableError: TOO_LARGE over 8 MiB, ENCODING where no declared charset fits.
    """
    if len(body) > MAX_BYTES:
        raise UnreadableError(UnreadableReason.TOO_LARGE, f"{len(body)} bytes")
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _strict(body[len(mark) :], name)
    names = [name for name in (_header_charset(content_type), _known(declared)) if name]
    return _strict(body, _choose(body, names))


def _choose(body: bytes, declared: list[str]) -> str:
    wide = [name for name in declared if name in _WIDE]
    if wide:
        return wide[0]
    if _is_utf8(body) or not declared:
        return "utf-8"
    return declared[0]


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header_charset(content_type: str | None) -> str | None:
    found = _CHARSET.search(content_type or "")
    return _known(found.group(1)) if found else None


def _known(charset: str | None) -> str | None:
    """The codec's own name, of the few that a status page may use; others are refused."""
    if charset is None:
        return None
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        name = ""
    if name == "utf-8" or name in _ONE_BYTE or name in _WIDE:
        return name
    raise UnreadableError(UnreadableReason.ENCODING, f"charset {charset!r} is not accepted")


def _strict(body: bytes, name: str) -> str:
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            UnreadableReason.ENCODING, f"not {name} at byte {error.start}"
        ) from error
    if "\x00" in text:
        raise UnreadableError(UnreadableReason.ENCODING, "holds zero bytes")
    return text
