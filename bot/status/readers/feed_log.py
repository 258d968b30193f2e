"""What the log inside a feed entry says: the phase, what is hit, and whether it was planned.

Statuspage writes `<small>date</small><br><strong>Resolved</strong> - text`, newest first;
Instatus the same, oldest first; incident.io `<b>Status: Resolved</b>` and a list of components;
others a word in the title. An entry is closed when Resolved, Postmortem or Completed stands
anywhere in its log; a label "Update" takes the phase of the last named one below it.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.status.model import Phase, State
from bot.status.readers.dates import parse_date
from bot.status.readers.feed_dates import ascending, window
from bot.status.readers.text import HTML_LIMIT, clean, fold, pieces
from bot.status.readers.words import (
    CLOSED_PHASES,
    MAINTENANCE_PHASES,
    phase_of,
    state_of,
    worst,
)

_LABELS = frozenset({"strong", "b", "h1", "h2", "h3", "h4"})
_STATUS = re.compile(r"^status\s*[:\-–]\s*(.{1,40})$", re.IGNORECASE)
_WORDS = (
    "investigating|identified|monitoring|watching|resolved|fixed|postmortem|update"
    "|scheduled|in progress|verifying|completed"
)
_PLAIN_LABEL = re.compile(rf" - ({_WORDS}) - ", re.IGNORECASE)
_PLAIN_STATUS = re.compile(rf"\bstatus: ({_WORDS})\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\[([^\[\]]{1,40})\]")
_AFFECTED_LINE = re.compile(
    r"(?:affected components|(?:^|>) {0,20}affected): *([^\n]{1,500})",
    re.IGNORECASE | re.MULTILINE,
)
_EVERYTHING = "all monitors"
_WORK_STATUS = re.compile(r"^status: ([a-z]{4,12})$", re.IGNORECASE | re.MULTILINE)
_WORK_STATUSES = {
    "scheduled": Phase.SCHEDULED,
    "ready": Phase.SCHEDULED,
    "ongoing": Phase.IN_PROGRESS,
    "completed": Phase.COMPLETED,
    "cancelled": Phase.COMPLETED,
}
_WORK_WINDOW = re.compile(r"^scheduled: ([^→\n]{10,40}) → (.{4,40})$", re.IGNORECASE | re.MULTILINE)
_AFFECTED_ITEM = re.compile(r"^(.{1,200}?) \(([^()]{1,40})\)$")
_PLANNED = re.compile(
    r"scheduled event|type: maintenance|\[(?:scheduled |planned )?maintenance\]", re.IGNORECASE
)
_TITLE_PHASES = (
    (
        re.compile(r"^service is operating normally|^resolved\b|\b(recovered|is (back )?up)$"),
        Phase.RESOLVED,
    ),
    (re.compile(r"\b(went down|is down)$"), Phase.INVESTIGATING),
)
_SENTENCES = (
    (
        re.compile(r"(?<!not )(?<!not yet )\b(been|is now|is) (now |fully )?resolved\b"),
        Phase.RESOLVED,
    ),
    (re.compile(r"\b(est|été) (maintenant )?(résolue?|rétablie?)s?\b"), Phase.RESOLVED),
    (re.compile(r"\b(is|zijn|werd) (opgelost|hersteld)\b"), Phase.RESOLVED),
    (
        re.compile(r"\bwe are (now |currently )?monitoring\b|\bcontinu\w+ to monitor\b"),
        Phase.MONITORING,
    ),
    (re.compile(r"\b(have|has been|have been) identified\b"), Phase.IDENTIFIED),
    (re.compile(r"\b(are|currently|now) investigating\b"), Phase.INVESTIGATING),
)


@dataclass(frozen=True)
class Log:
    """What was read out of an entry. `phase` None: the text does not say."""

    phase: Phase | None
    planned: bool
    components: tuple[str, ...] = ()
    impact: State = State.UNKNOWN
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def read(
    title: str,
    texts: tuple[str, ...],
    categories: tuple[str, ...],
    key: str,
    updated: datetime | None,
) -> Log:
    """The log of an entry: of its bodies, the first that has labels counts."""
    pages = tuple(_Page(text) for text in texts)
    labelled = next((page for page in pages if page.labels), None)
    flat = " ".join(page.flat for page in pages)
    phase = _phase(labelled.newest_first()) if labelled else _said(title, flat, categories)
    planned = (
        phase in MAINTENANCE_PHASES
        or bool(_PLANNED.search(f"{title} {flat}"))
        or "maintenance" in {fold(category) for category in categories}
        or key.startswith("maintenance-")
        or bool(labelled and MAINTENANCE_PHASES & set(labelled.labels))
    )
    phase = (_work_status(pages) if planned else None) or phase
    starts_at, ends_at = _window(pages, flat, updated) if planned else (None, None)
    components, impact = _affected(pages)
    return Log(_as_planned(phase, planned=planned), planned, components, impact, starts_at, ends_at)


def _work_status(pages: tuple["_Page", ...]) -> Phase | None:
    """Kener's own line about work."""
    found = (_WORK_STATUS.search(page.raw) for page in pages)
    words = (match.group(1).lower() for match in found if match)
    return next((_WORK_STATUSES[word] for word in words if word in _WORK_STATUSES), None)


def _window(
    pages: tuple["_Page", ...], flat: str, updated: datetime | None
) -> tuple[datetime | None, datetime | None]:
    for page in pages:
        if written := _WORK_WINDOW.search(page.raw):
            return parse_date(written.group(1)), parse_date(written.group(2))
    return window(flat, updated)


class _Page:
    """One body of an entry: its texts with their tags, and the phases that its labels name."""

    def __init__(self, markup: str) -> None:
        self.raw = markup[:HTML_LIMIT]
        self.pieces = tuple(pieces(self.raw))
        self.flat = " ".join(" ".join(text for _, text in self.pieces).split())
        self.labels = self._marked() or self._plain()

    def _marked(self) -> tuple[Phase | None, ...]:
        found: list[Phase | None] = []
        for tag, text in self.pieces:
            if tag in _LABELS:
                label = text.strip()[:80].rstrip(":")
                status = _STATUS.match(label)
                phase = phase_of(status.group(1) if status else label)
                if phase is not None or fold(label) == "update":
                    found.append(phase)
        return tuple(found) if any(found) else ()

    def _plain(self) -> tuple[Phase | None, ...]:
        words = _PLAIN_LABEL.findall(self.flat) or _PLAIN_STATUS.findall(self.flat)
        found = tuple(phase_of(word) for word in words)
        return found if any(found) else ()

    def newest_first(self) -> tuple[Phase | None, ...]:
        """The labels, newest first, whichever way the page writes its log."""
        return self.labels[::-1] if ascending(self.flat) else self.labels


def _phase(labels: tuple[Phase | None, ...]) -> Phase | None:
    closed = next((phase for phase in labels if phase in CLOSED_PHASES), None)
    return closed or next((phase for phase in labels if phase), None)


def _as_planned(phase: Phase | None, *, planned: bool) -> Phase | None:
    return Phase.COMPLETED if planned and phase is Phase.RESOLVED else phase


def _said(title: str, flat: str, categories: tuple[str, ...]) -> Phase | None:
    """Where no label stands: brackets and wording of the title, categories, then the body."""
    for word in (*_IN_BRACKETS.findall(title), *categories):
        if phase := phase_of(word):
            return phase
    for pattern, phase in _TITLE_PHASES:
        if pattern.search(title.casefold()):
            return phase
    lowered = flat.casefold()
    return next((phase for pattern, phase in _SENTENCES if pattern.search(lowered)), None)


def _affected(pages: tuple[_Page, ...]) -> tuple[tuple[str, ...], State]:
    named: dict[str, State] = {}
    for page in pages:
        for tag, text in page.pieces:
            item = _AFFECTED_ITEM.match(clean(text)) if tag == "li" else None
            if item and (state := state_of(item.group(2))):
                named[clean(item.group(1))] = state
    if named:
        return tuple(named), worst(tuple(named.values()))
    for page in pages:
        if line := _AFFECTED_LINE.search(page.raw):
            names = (clean(name) for name in line.group(1).partition("<")[0].split(","))
            named_so = (name for name in names if name and name.lower() != _EVERYTHING)
            return tuple(named_so), State.UNKNOWN
    return (), State.UNKNOWN
