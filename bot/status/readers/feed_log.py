"""What a feed entry says: the phase, what is hit, whether it was planned, when it began and ended.

An entry is closed when Resolved, Postmortem or Completed stands anywhere in its log; a label
"Update" takes the phase of the last named one below it.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.status.model import Phase, State
from bot.status.readers.dates import parse_date
from bot.status.readers.feed_affected import affected
from bot.status.readers.feed_dates import window
from bot.status.readers.feed_page import Page
from bot.status.readers.feed_words import is_planned, phase_in_sentences, phase_in_title
from bot.status.readers.text import fold
from bot.status.readers.words import MAINTENANCE_PHASES, phase_of, phase_of_work

_WORK_STATUS = re.compile(r"^status: ([a-z]{4,12})$", re.IGNORECASE | re.MULTILINE)
_WORK_STATUSES = {
    "scheduled": Phase.SCHEDULED,
    "ready": Phase.SCHEDULED,
    "ongoing": Phase.IN_PROGRESS,
    "completed": Phase.COMPLETED,
    "cancelled": Phase.COMPLETED,
}
_WORK_WINDOW = re.compile(r"^scheduled: ([^→\n]{10,40}) → (.{4,40})$", re.IGNORECASE | re.MULTILINE)
_WORK_TEXT = re.compile(r"this is a scheduled event|type: maintenance", re.IGNORECASE)
_WORK_TITLE = re.compile(r"\[(?:scheduled |planned )?maintenance\]", re.IGNORECASE)
_TROUBLE = frozenset({Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING})


@dataclass(frozen=True)
class Log:
    """What was read out of an entry. `phase` None: the text does not say."""

    phase: Phase | None
    planned: bool
    components: tuple[str, ...] = ()
    impact: State = State.UNKNOWN
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    began_at: datetime | None = None
    closed_at: datetime | None = None


def read(
    title: str,
    texts: tuple[str, ...],
    categories: tuple[str, ...],
    key: str,
    updated: datetime | None,
) -> Log:
    """The log of an entry: of its bodies, the first that has labels counts."""
    pages = tuple(Page(text) for text in texts)
    labelled = next((page for page in pages if page.labels), None)
    flat = " ".join(page.flat for page in pages)
    phase = labelled.phase() if labelled else _said(title, flat, categories)
    planned = phase in MAINTENANCE_PHASES or _planned(title, flat, categories, key, labelled)
    phase = (_work_status(pages) if planned else None) or phase
    starts_at, ends_at = _window(pages, flat, updated) if planned else (None, None)
    components, impact = affected(pages)
    return Log(
        phase=phase_of_work(phase) if planned else phase,
        planned=planned,
        components=components,
        impact=impact,
        starts_at=starts_at,
        ends_at=ends_at,
        began_at=labelled.began(updated) if labelled else None,
        closed_at=labelled.closed(updated) if labelled else None,
    )


def _said(title: str, flat: str, categories: tuple[str, ...]) -> Phase | None:
    """Where no label stands: the title, categories, then the body."""
    told = (phase_in_title(title), *map(phase_of, categories))
    return next(filter(None, told), None) or phase_in_sentences(flat)


def _planned(
    title: str, flat: str, categories: tuple[str, ...], key: str, labelled: Page | None
) -> bool:
    """Whether anything but the phase says so; a title does not where the log tells of trouble."""
    phases = {label.phase for label in labelled.labels} if labelled else set()
    return (
        bool(MAINTENANCE_PHASES & phases)
        or bool(_WORK_TEXT.search(flat) or _WORK_TITLE.search(title))
        or "maintenance" in {fold(category) for category in categories}
        or key.startswith("maintenance-")
        or (is_planned(title) and not _TROUBLE & phases)
    )


def _work_status(pages: tuple[Page, ...]) -> Phase | None:
    """Kener's own line about work."""
    found = (_WORK_STATUS.search(page.raw) for page in pages)
    words = (match.group(1).lower() for match in found if match)
    return next((_WORK_STATUSES[word] for word in words if word in _WORK_STATUSES), None)


def _window(
    pages: tuple[Page, ...], flat: str, updated: datetime | None
) -> tuple[datetime | None, datetime | None]:
    for page in pages:
        if written := _WORK_WINDOW.search(page.raw):
            return parse_date(written.group(1)), parse_date(written.group(2))
    return window(flat, updated)
