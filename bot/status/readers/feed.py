"""RSS 2.0 and Atom feeds of status pages: they tell incidents, never that a component is fine.

Written for those of Statuspage, incident.io, Instatus, Better Stack, Kener, Uptime Kuma and AWS.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from itertools import accumulate
from xml.etree.ElementTree import Element

from bot.knowledge.model import Source
from bot.status.model import Incident, Phase, Reading
from bot.status.readers import feed_log
from bot.status.readers.dates import parse_date
from bot.status.readers.jsontree import not_the_format
from bot.status.readers.protocol import Bodies, ContentTypes, content_type_of, source_id
from bot.status.readers.text import BODY_LIMIT, HTML_LIMIT, clean, plain
from bot.status.readers.words import CLOSED_PHASES
from bot.status.readers.xmltree import children, local, markup_in, namespace, parse_xml, text_in
from bot.status.unreadable import UnreadableError, UnreadableReason

MAX_LISTED = 5_000
MAX_ENTRIES = 500
MAX_COST = 3 * 512 * 1024
_COST_OF_A_TAG = 10
_BODIES = ("description", "encoded", "content", "summary")
_PUBLISHED = ("published", "issued", "pubDate", "date")
_UPDATED = ("updated", "modified", "pubDate", "date")


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`. An empty feed is read: it lists no incident, and nothing is green by it."""
    root = parse_xml(bodies[0], content_type_of(content_types))
    listed = list(_entries(root))
    if len(listed) > MAX_LISTED:
        raise UnreadableError(UnreadableReason.TOO_LARGE, f"{len(listed)} entries")
    entries = _newest(listed)
    remarks = ("the oldest entries are left out",) if len(entries) < len(listed) else ()
    kept = _once(_incident(entry, source_id(source), read_at) for entry in entries)
    return Reading(
        source=source_id(source),
        read_at=read_at,
        incidents=tuple(incident for incident, planned in kept if not planned),
        maintenances=tuple(incident for incident, planned in kept if planned),
        remarks=remarks,
    )


def _once(events: Iterator[tuple[Incident, bool]]) -> tuple[tuple[Incident, bool], ...]:
    """Entries of one id tell of one event: the latest says how it stands, the first when it began.

    They are told by their dates, whichever way the feed runs; of equal ones the upper counts.
    """
    kept: dict[str, tuple[Incident, bool]] = {}
    for event, planned in events:
        known, was_planned = kept.get(event.id, (event, planned))
        later = _touched(event) > _touched(known)
        latest, how = (event, planned) if later else (known, was_planned)
        starts = [start for start in (known.started_at, event.started_at) if start]
        kept[event.id] = replace(latest, started_at=min(starts, default=None)), how
    return tuple(kept.values())


def _touched(event: Incident) -> float:
    return event.updated_at.timestamp() if event.updated_at else 0.0


def _entries(root: Element) -> Iterator[Element]:
    kind = local(root)
    if kind == "rss":
        channel = next(children(root, "channel"), None)
        if channel is None:
            raise not_the_format("RSS without a channel")
        yield from children(channel, "item")
    elif kind == "RDF":
        yield from children(root, "item")
    elif kind == "feed" and namespace(root) in {"", "http://www.w3.org/2005/Atom"}:
        yield from children(root, "entry")
    else:
        raise not_the_format(f"a <{kind[:40]}> is no feed")


def _newest(listed: list[Element]) -> list[Element]:
    """In their order, as many of the latest entries as are read within a second."""
    latest = sorted(listed, key=_age, reverse=True)[:MAX_ENTRIES]
    costs = accumulate(map(_cost, latest))
    kept = {id(entry) for entry, cost in zip(latest, costs, strict=True) if cost <= MAX_COST}
    return [entry for entry in listed if id(entry) in kept]


def _age(entry: Element) -> float:
    moment = _date(entry, _UPDATED)
    return moment.timestamp() if moment else 0.0


def _cost(entry: Element) -> int:
    """Characters of its bodies that would be read; a tag costs as much as several."""
    texts = [text[:HTML_LIMIT] for text in _texts(entry)]
    return sum(len(text) + _COST_OF_A_TAG * _tags(text) for text in texts)


def _tags(text: str) -> int:
    return text.count("<") + text.count("&lt;")


def _texts(entry: Element) -> tuple[str, ...]:
    """Its bodies; many feeds carry the same one twice, as summary and as content."""
    found = map(markup_in, children(entry, *_BODIES))
    return tuple(dict.fromkeys(text for text in found if text))


def _incident(entry: Element, source: str, read_at: datetime) -> tuple[Incident, bool]:
    """An entry, and whether it tells of planned work: what lies ahead always does."""
    title = _title(entry)
    texts = _texts(entry)
    categories = tuple(_category(child) for child in children(entry, "category", "status"))
    published = _date(entry, _PUBLISHED)
    updated = _date(entry, _UPDATED) or published
    key = _key(entry, title, published or updated)
    log = feed_log.read(title, texts, categories, key, updated)
    planned = log.planned or log.phase is Phase.COMPLETED or (published or read_at) > read_at
    closed = log.phase in CLOSED_PHASES and not planned
    incident = Incident(
        id=key,
        source=source,
        title=title,
        phase=log.phase,
        services=log.components,
        impact=log.impact,
        started_at=min(filter(None, (log.began_at, published)), default=None),
        resolved_at=(log.closed_at or updated) if closed else None,
        updated_at=updated,
        starts_at=log.starts_at,
        ends_at=log.ends_at,
        updates=(plain(texts[0], BODY_LIMIT),) if texts else (),
        url=_link(entry),
    )
    return incident, planned


def _title(entry: Element) -> str:
    child = next(children(entry, "title"), None)
    if child is None:
        return ""
    text = "".join(child.itertext())
    return plain(text) if child.get("type") == "html" else clean(unescape(text))


def _category(child: Element) -> str:
    return (child.get("term") or child.text or "").strip()


def _date(entry: Element, names: tuple[str, ...]) -> datetime | None:
    for name in names:
        found = parse_date(text_in(entry, name))
        if found:
            return found
    return None


def _link(entry: Element) -> str | None:
    for child in children(entry, "link"):
        if child.get("rel", "alternate") == "alternate":
            found = (child.get("href") or child.text or "").strip()
            if found:
                return clean(found)
    return None


def _key(entry: Element, title: str, at: datetime | None) -> str:
    """The guid or id; else the link; else title and date, hashed."""
    found = text_in(entry, "guid", "id") or _link(entry)
    if found:
        return clean(found)
    return hashlib.sha256(f"{title}|{at}".encode(errors="replace")).hexdigest()[:24]
