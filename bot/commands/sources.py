"""`sources`: each source read now, what was understood of it, what not, and why."""

import json
import sys
from collections.abc import Iterator, Mapping

from bot.commands.read import event_lines
from bot.knowledge import Source
from bot.loading import load_base
from bot.looking import opened_watcher
from bot.settings import Settings
from bot.status.reading_json import as_json as reading_as_json
from bot.status.unreadable import UnreadableReason
from bot.status.watcher import Watched


async def print_sources(settings: Settings, *, as_json: bool) -> int:
    """Prints every source. Exit code 1 where one that is enabled could not be read."""
    knowledge = load_base(settings)
    async with opened_watcher(settings, knowledge) as watcher:
        await watcher.poll_once()
        watched = watcher.watched
    rows = [source_data(source, watched) for source in knowledge.sources.values()]
    if as_json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
    else:
        for source in knowledge.sources.values():
            sys.stdout.write("\n".join(_lines(source, watched.get(source.id))) + "\n\n")
    failed = any(one.error is not None for one in watched.values())
    return 1 if failed else 0


def source_data(source: Source, watched: Mapping[str, Watched]) -> dict[str, object]:
    """One source as plain data."""
    one = watched.get(source.id)
    reading = one.reading if one else None
    return {
        "source": source.id,
        "format": source.format,
        "enabled": source.enabled,
        "page": source.page,
        "read": reading is not None,
        "reason": _reason(source, one),
        "detail": one.error.detail if one and one.error else None,
        **(reading_as_json(reading) if reading else {"components": {}}),
        "unmapped": list(one.sightings.unmapped) if one else [],
        "remarks": list(reading.remarks) if reading else [],
    }


def _reason(source: Source, watched: Watched | None) -> str | None:
    if source.format == "none":
        return UnreadableReason.NO_MACHINE_SOURCE.value
    if watched is None:
        return "disabled"
    return watched.error.reason.value if watched.error else None


def _lines(source: Source, watched: Watched | None) -> Iterator[str]:
    yield f"{source.id} ({source.format}) {source.page}"
    reason = _reason(source, watched)
    if watched is None or watched.reading is None:
        detail = f": {watched.error.detail}" if watched and watched.error else ""
        yield f"  not read: {reason}{detail}"
        return
    for component in watched.reading.components:
        yield f"  {component.state.value}: {' / '.join(component.names)}"
    for line in event_lines(reading_as_json(watched.reading)):
        yield f"  {line}"
    for name in watched.sightings.unmapped:
        yield f"  not listed in sources.yaml: {name}"
    for remark in watched.reading.remarks:
        yield f"  not understood: {remark}"
