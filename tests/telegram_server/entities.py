"""Telegram's HTML, read as strictly as the real server does (td, MessageEntity.cpp).

Offsets in error texts are in bytes of UTF-8, offsets of entities in UTF-16 code units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .records import Json

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "tg-spoiler": "spoiler", "span": "spoiler",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot)(?![a-zA-Z]));?")
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
PLAIN = re.compile(rb"[^<&]+")
SPACES = b" \t\r\n\v\0"
TOKEN = re.compile(rb"[A-Za-z0-9.-]*")


class EntitiesError(ValueError):
    """The text is not Telegram HTML; the message is what the server says after the prefix."""


@dataclass(frozen=True)
class Formatted:
    """A text without its markup, and the formatting that the markup asked for."""

    text: str
    entities: tuple[Json, ...] = ()


@dataclass(frozen=True)
class OpenTag:
    """A start tag that waits for its end tag."""

    name: str
    argument: str
    offset: int
    position: int


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, Telegram's measure of a text."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> Formatted:
    """Read Telegram HTML, or raise `EntitiesError` with the server's words."""
    return HtmlReader(source).read()


class HtmlReader:
    """One pass over the bytes of a text; the zero byte at the end stops every loop."""

    def __init__(self, source: str) -> None:
        """Start at the first byte."""
        self.data = source.replace("\0", "").encode() + b"\0"
        self.at = 0
        self.parts: list[str] = []
        self.units = 0
        self.open_tags: list[OpenTag] = []
        self.entities: list[Json] = []

    def read(self) -> Formatted:
        """Read to the end; a tag left open is an error."""
        while self.at < len(self.data) - 1:
            self._step()
        if self.open_tags:
            name = self.open_tags[-1].name
            raise EntitiesError(f'Can\'t find end tag corresponding to start tag "{name}"')
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.parts), tuple(ordered))

    def _step(self) -> None:
        current = self._byte()
        if current == b"&":
            self._append(self._reference())
        elif current != b"<":
            self._append(self._take(PLAIN).rstrip(b"\0").decode())
        elif self.data[self.at + 1 : self.at + 2] == b"/":
            self._end_tag()
        else:
            self._start_tag()

    def _byte(self) -> bytes:
        return self.data[self.at : self.at + 1]

    def _take(self, pattern: re.Pattern[bytes]) -> bytes:
        match = pattern.match(self.data, self.at)
        found = match.group() if match else b""
        self.at += len(found)
        return found

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.units += utf16_length(text)

    def _reference(self) -> str:
        """Decode `&lt;` and the like; what is no reference stays as it was typed."""
        match = REFERENCE.match(self.data, self.at)
        character = decode_reference(match) if match else ""
        self.at += len(match.group()) if match and character else 1
        return character or "&"

    def _until(self, stops: bytes) -> bytes:
        begin = self.at
        while self._byte() not in [bytes([stop]) for stop in stops]:
            self.at += 1
        return self.data[begin : self.at]

    def _skip_spaces(self) -> None:
        while self._byte() in (b" ", b"\t", b"\r", b"\n", b"\v"):
            self.at += 1

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._until(SPACES + b">").decode().lower()
        if self._byte() == b"\0":
            raise EntitiesError(f"Unclosed start tag at byte offset {begin}")
        if name not in KINDS:
            raise EntitiesError(f'Unsupported start tag "{name}" at byte offset {begin}')
        argument = self._attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise EntitiesError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.at += 1
        self.open_tags.append(OpenTag(name, argument, self.units, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        self._skip_spaces()
        while self._byte() != b">":
            name = self._until(SPACES + b"=>").decode()
            if not name:
                raise EntitiesError(
                    f'Empty attribute name in the tag "{tag}" at byte offset {begin}'
                )
            value = self._attribute_value(tag, name, begin)
            argument = meaning_of(tag, name, value) or argument
            self._skip_spaces()
        return argument

    def _attribute_value(self, tag: str, name: str, begin: int) -> str:
        self._skip_spaces()
        if (tag, name) == ("blockquote", "expandable") and self._byte() != b"=":
            return "expandable"
        if self._byte() != b"=":
            raise EntitiesError(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" at byte offset {begin}'
            )
        self.at += 1
        self._skip_spaces()
        value = self._literal() if self._byte() in (b"'", b'"') else self._name_token()
        if self._byte() == b"\0":
            raise EntitiesError(f"Unclosed start tag at byte offset {begin}")
        return value

    def _name_token(self) -> str:
        begin = self.at
        token = self._take(TOKEN)
        if self._byte() not in [bytes([stop]) for stop in SPACES + b">"]:
            raise EntitiesError(f"Unexpected end of name token at byte offset {begin}")
        return token.decode().lower()

    def _literal(self) -> str:
        quote = self._byte()
        self.at += 1
        value = self._until(quote + b"\0")
        self.at += self._byte() == quote
        decoded = HtmlReader(value.decode().replace("<", "&lt;")).read()
        return decoded.text

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open_tags:
            raise EntitiesError(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self._until(SPACES + b">").decode().lower()
        self._skip_spaces()
        if self._byte() != b">":
            raise EntitiesError(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        tag = self.open_tags.pop()
        if name not in ("", tag.name):
            raise EntitiesError(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        """Add the entity of a closed tag; a tag around nothing leaves none."""
        length = self.units - tag.offset
        if length:
            entity: Json = {"type": KINDS[tag.name], "offset": tag.offset, "length": length}
            entity |= details(tag, "".join(self.parts[tag.position :]))
            self.entities.append(entity)


def decode_reference(match: re.Match[bytes]) -> str:
    """Return the character of a reference, or nothing where td keeps it as plain text."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    too_long = len(match.group().rstrip(b";")) >= 10
    surrogate = 0xD800 <= code <= 0xDFFF
    return "" if code == 0 or code >= 0x10FFFF or too_long or surrogate else chr(code)


def meaning_of(tag: str, attribute: str, value: str) -> str:
    """Return what an attribute says about its tag; others are read and forgotten."""
    if (tag, attribute) in (("a", "href"), ("tg-emoji", "emoji-id"), ("blockquote", "expandable")):
        return value
    if (tag, attribute) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, attribute) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return ""


def details(tag: OpenTag, inside: str) -> Json:
    """Return what an entity says beside its place: the link, the language, the emoji."""
    if tag.name == "a":
        return {"url": tag.argument or inside}
    if tag.name == "blockquote" and tag.argument:
        return {"type": "expandable_blockquote"}
    if tag.name == "code" and tag.argument:
        return {"language": tag.argument}
    if tag.name == "tg-emoji":
        if not tag.argument.isdigit() or tag.argument == "0":
            raise EntitiesError("Invalid custom emoji identifier specified")
        return {"custom_emoji_id": tag.argument}
    return {}
