"""An XML body as a bounded tree: no document type, no entities of its own, no network."""

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.status.readers.decoding import decode
from bot.status.readers.jsontree import not_the_format
from bot.status.unreadable import UnreadableError, UnreadableReason

MAX_TAGS = 150_000
MAX_ATTRIBUTES = 100_000
MAX_DEPTH = 40
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"^[^<]{0,8}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")


def parse_xml(body: bytes, content_type: str | None) -> Element:
    """The root element.

    Raises UnreadableError: NOT_THE_FORMAT for HTML, truncated or doctype-bearing XML, TOO_LARGE
    for a bomb of tags, ENCODING.
    """
    declared = _ENCODING.match(body[:400])
    text = decode(body, content_type, declared.group(1).decode() if declared else None)
    if text.count("<") > MAX_TAGS or text.count('="') + text.count("='") > MAX_ATTRIBUTES:
        raise UnreadableError(UnreadableReason.TOO_LARGE, "too many tags or attributes")
    try:
        root: Element = fromstring(_DECLARATION.sub("", text, count=1), forbid_dtd=True)
    except DefusedXmlException as error:
        raise not_the_format("a document type or entity is refused") from error
    except (ParseError, ValueError) as error:
        raise not_the_format(f"not XML: {str(error)[:80]}") from error
    _check_depth(root)
    return root


def _check_depth(root: Element) -> None:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise not_the_format("nested too deep")


def local(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]


def namespace(element: Element) -> str:
    """The namespace of the tag, or nothing."""
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Children with one of these tags, whatever their namespace, in the order of `names`."""
    for name in names:
        yield from (child for child in element if local(child) == name)


def text_in(element: Element, *names: str) -> str | None:
    """All the text of the first child of these names that has any."""
    for child in children(element, *names):
        found = "".join(child.itertext()).strip()
        if found:
            return found
    return None


def markup_in(element: Element) -> str:
    """What it holds as HTML: its text where that is escaped HTML, else its elements written out."""
    return "".join((element.text or "", *map(_written, element)))


def _written(element: Element) -> str:
    tag = local(element)
    texts = (escape(element.text or ""), *map(_written, element))
    return f"<{tag}>{''.join(texts)}</{tag}>{escape(element.tail or '')}"
