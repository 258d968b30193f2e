"""`read`: what a reader makes of a saved body."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.faults import WrongUsageError
from bot.knowledge import Source
from bot.loading import load_base
from bot.settings import Settings
from bot.status.readers.formats import READERS
from bot.status.reading_json import as_json as reading_as_json
from bot.status.reading_json import read_files
from bot.status.unreadable import UnreadableError


def print_reading(
    settings: Settings, format_name: str, files: Sequence[Path], *, as_json: bool
) -> int:
    """Prints the reading, or the reason why it cannot be trusted. Returns the exit code.

    For `html`, the selectors are those of the first source of that format in sources.yaml.
    """
    if format_name not in READERS:
        raise WrongUsageError(f"no format '{format_name}'; there are: {', '.join(READERS)}")
    try:
        source = _selectors(settings) if format_name == "html" else None
        data = reading_as_json(read_files(format_name, tuple(files), source))
    except UnreadableError as error:
        sys.stderr.write(f"unreadable: {error}\n")
        return 1
    except OSError as error:
        raise WrongUsageError(f"{error.filename}: {error.strerror}") from None
    if as_json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(data)) + "\n")
    return 0


def _selectors(settings: Settings) -> Source | None:
    described = (s for s in load_base(settings).sources.values() if s.format == "html")
    return next(described, None)


def _lines(data: Mapping[str, Any]) -> list[str]:
    components = [f"{state}: {name}" for name, state in data["components"].items()]
    return [*components, *event_lines(data)] or ["nothing: the page lists no component"]


def event_lines(data: Mapping[str, Any]) -> list[str]:
    """Incidents, planned work and emergency routes, a line each."""
    told = [
        f"{kind[:-1]}, {one['phase'] or 'phase not said'}: {one['title']}"
        for kind in ("incidents", "maintenances")
        for one in data[kind]
    ]
    switched = [
        f"emergency route {'on' if one['active'] else 'off'}: {name}"
        for name, one in data.get("emergency", {}).items()
    ]
    return told + switched
