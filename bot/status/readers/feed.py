"""RSS 2.0 and Atom feeds of status pages: they tell incidents, never that a component is fine.

Written for those of Statuspage, incident.io, Instatus, Better Stack, Kener, Uptime Kuma, AWS,
Google and the first Cachet.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from itertools import accumulate
from xml.etree.ElementTree import Element

from bot.knowledge.model import Source
from bot.status.model import Incident, Phase, Reading
from bot.status.readers import feed_log
from bot.status.readers.dates import parse_date
from bot.status.readers.feed_events import Event, put_together
from bot.status.readers.feed_log import Entry
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
_ATOM = frozenset({"", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})
_BODIES = ("description", "encoded", "content", "summary", "message")
_PUBLISHED = ("published", "issued", "pubDate", "date", "created_at")
_ENDS = ("maintenanceEndDate",)
_UPDATE_OF = re.compile(r"^(tag:[^:]{1,200}:feed:\w{1,40})\.\w{1,40}$")
"""As Google names an entry: the incident, and which update of it."""
_UPDATED = ("updated", "modified", "updated_at", "pubDate", "date")


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
    shared = _shared_links(entries)
    kept = put_together(_event(entry, source_id(source), shared, read_at) for entry in entries)
    return Reading(
        source=source_id(source),
        read_at=read_at,
        incidents=tuple(incident for incident, planned in kept if not planned),
        maintenances=tuple(incident for incident, planned in kept if planned),
        remarks=remarks,
    )


def _entries(root: Element) -> Iterator[Element]:
    kind = local(root)
    if kind == "rss":
        channel = next(children(root, "channel"), None)
        if channel is None:
            raise not_the_format("RSS without a channel")
        yield from children(channel, "item")
    elif kind == "RDF":
        yield from children(root, "item")
    elif kind == "feed" and namespace(root) in _ATOM:
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


def _event(entry: Element, source: str, shared: frozenset[str | None], read_at: datetime) -> Event:
    title, texts = _title(entry), _texts(entry)
    published = _date(entry, _PUBLISHED)
    updated = _date(entry, _UPDATED) or published
    key = _key(entry, title, published or updated, shared)
    categories = tuple(_category(child) for child in children(entry, "category", "status"))
    ends_at = _date(entry, _ENDS)
    log = feed_log.read(Entry(key, title, texts, categories, published, updated, ends_at, read_at))
    planned = log.planned or log.phase is Phase.COMPLETED
    closed = log.phase in CLOSED_PHASES and not planned
    incident = Incident(
        id=key,
        source=source,
        title=title,
        phase=log.phase,
        services=log.components or _component(entry),
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


def _component(entry: Element) -> tuple[str, ...]:
    name = clean(text_in(entry, "component") or "")
    return (name,) if name else ()


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


def _shared_links(entries: list[Element]) -> frozenset[str | None]:
    """Links of more than one entry: some feeds give each the address of the whole page."""
    times = Counter(map(_link, entries))
    return frozenset(link for link, number in times.items() if number > 1)


def _key(entry: Element, title: str, at: datetime | None, shared: frozenset[str | None]) -> str:
    """The guid or id; else a link of its own; else hashed, title and link or title and date."""
    link = _link(entry)
    told = _UPDATE_OF.sub(r"\1", text_in(entry, "guid", "id") or "")
    found = told or (link if link not in shared else None)
    if found:
        return clean(found)
    return hashlib.sha256(f"{title}|{link or at}".encode(errors="replace")).hexdigest()[:24]
