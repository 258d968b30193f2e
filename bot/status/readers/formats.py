"""All readers by format, each behind a last net."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from bot.knowledge.model import Source
from bot.status.model import Reading
from bot.status.readers import (
    betterstack,
    cachet,
    ehealth,
    ehealth_bcp,
    feed,
    gatus,
    html,
    instatus,
    statuspage,
    uptime_kuma,
)
from bot.status.readers.protocol import Bodies, ContentTypes, Reader
from bot.status.unreadable import UnreadableError, UnreadableReason


def _guarded(reader: Reader) -> Reader:
    """The last net: a mistake of ours in a reader must not stop the watching of all sources."""

    def read(
        bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
    ) -> Reading:
        try:
            return reader(bodies, content_types, source, read_at)
        except UnreadableError:
            raise
        except (Exception, RecursionError) as error:
            detail = f"the reader failed: {type(error).__name__}"
            raise UnreadableError(UnreadableReason.NOT_THE_FORMAT, detail) from error

    return read


_READS: Mapping[str, Reader] = MappingProxyType(
    {
        "ehealth": ehealth.read,
        "ehealth-bcp": ehealth_bcp.read,
        "statuspage": statuspage.read,
        "feed": feed.read,
        "cachet": cachet.read,
        "uptime-kuma": uptime_kuma.read,
        "gatus": gatus.read,
        "instatus": instatus.read,
        "betterstack": betterstack.read,
        "html": html.read,
    }
)
READERS: Mapping[str, Reader] = MappingProxyType(
    {name: _guarded(read) for name, read in _READS.items()}
)

__all__ = ["READERS", "Bodies", "ContentTypes", "Reader"]
