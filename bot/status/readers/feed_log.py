"""What a feed entry says: the phase, what is hit, whether it was planned, when it began and ended.

An entry is closed when Resolved, Postmortem or Completed stands anywhere in its log, unless a label
of later date opens it anew; a label "Update" takes the phase of the last named one below it.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.status.contract import CLOCKS
from bot.status.model import Phase, State
from bot.status.readers.dates import parse_date
from bot.status.readers.feed_affected import affected
from bot.status.readers.feed_dates import latest, span, window
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
_SCHEDULED = re.compile(r"this is a scheduled event", re.IGNORECASE)
_TYPE = re.compile(r"\btype: maintenance\b", re.IGNORECASE)
_IN_TITLE = re.compile(r"\[(?:scheduled |planned )?maintenance\]", re.IGNORECASE)
_TROUBLE = frozenset({Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING})


@dataclass(frozen=True)
class Entry:
    """What an entry bears: `texts` its bodies, `ends_at` the end of work where it has its own."""

    key: str
    title: str
    texts: tuple[str, ...]
    categories: tuple[str, ...]
    published: datetime | None
    updated: datetime | None
    ends_at: datetime | None
    read_at: datetime


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


def read(entry: Entry) -> Log:
    """The log of an entry: of its bodies, the first that has labels counts."""
    until = latest(entry.updated, entry.read_at)
    pages = tuple(Page(text, until) for text in entry.texts)
    labelled = next((page for page in pages if page.labels), None)
    flat = " ".join(page.flat for page in pages)
    phase = labelled.phase() if labelled else _said(entry, flat)
    planned = phase in MAINTENANCE_PHASES or _planned(entry, flat, labelled)
    phase = (_work_status(pages) if planned else None) or phase
    starts_at, ends_at = _window(entry, pages, labelled) if planned else (None, None)
    components, impact = affected(pages)
    began, ended = span(flat)
    return Log(
        phase=_work_phase(phase, starts_at, entry.read_at) if planned else phase,
        planned=planned,
        components=components,
        impact=impact,
        starts_at=starts_at,
        ends_at=ends_at,
        began_at=began or (labelled.began() if labelled else None),
        closed_at=ended or (labelled.closed() if labelled else _closed_by(entry)),
    )


def _said(entry: Entry, flat: str) -> Phase | None:
    """Where no label stands: the title, categories, then the body."""
    told = (phase_in_title(entry.title), *map(phase_of, entry.categories))
    return next(filter(None, told), None) or phase_in_sentences(f"{entry.title}. {flat}")


def _planned(entry: Entry, flat: str, labelled: Page | None) -> bool:
    """Whether anything but the phase says so; a title does not where the log tells of trouble."""
    phases = {label.phase for label in labelled.labels} if labelled else set()
    return (
        bool(MAINTENANCE_PHASES & phases)
        or bool(_TYPE.search(flat) or _SCHEDULED.search(flat) or _IN_TITLE.search(entry.title))
        or "maintenance" in {fold(category) for category in entry.categories}
        or entry.key.startswith("maintenance-")
        or entry.ends_at is not None
        or (is_planned(entry.title) and not _TROUBLE & phases)
        or (entry.published or entry.read_at) > entry.read_at + CLOCKS
    )


def _work_status(pages: tuple[Page, ...]) -> Phase | None:
    """Kener's own line about work."""
    found = (_WORK_STATUS.search(page.raw) for page in pages)
    words = (match.group(1).lower() for match in found if match)
    return next((_WORK_STATUSES[word] for word in words if word in _WORK_STATUSES), None)


def _closed_by(entry: Entry) -> datetime | None:
    """Of an incident of cstate, which writes its end as a category."""
    dates = (parse_date(category) for category in entry.categories if ":" in category)
    return next(filter(None, dates), None)


def _window(
    entry: Entry, pages: tuple[Page, ...], labelled: Page | None
) -> tuple[datetime | None, datetime | None]:
    """Told in the text, or else by the dates of the entry and of its log."""
    for page in pages:
        if written := _WORK_WINDOW.search(page.raw):
            return parse_date(written.group(1)), parse_date(written.group(2))
    flat = " ".join(page.flat for page in pages)
    starts_at, ends_at = window(flat, entry.updated)
    ends_at = ends_at or entry.ends_at
    if starts_at is None and _TYPE.search(flat):
        starts_at = entry.published
    return starts_at or _begin(entry, labelled), ends_at


def _begin(entry: Entry, labelled: Page | None) -> datetime | None:
    """Statuspage dates planned work by its beginning while it lies ahead, then by its last update.

    Instatus always does the first, so that it does not come here.
    """
    begun = labelled.begun() if labelled else None
    published, ends_at = entry.published, entry.ends_at
    if begun or published is None or (labelled and labelled.phase() is not Phase.SCHEDULED):
        return begun
    is_ahead = published < ends_at if ends_at else published > entry.read_at
    return published if is_ahead else None


def _work_phase(phase: Phase | None, starts_at: datetime | None, read_at: datetime) -> Phase | None:
    """Instatus announces work in an incident's words, long before it begins."""
    ahead = starts_at is not None and starts_at > read_at
    return Phase.SCHEDULED if ahead and phase in _TROUBLE else phase_of_work(phase)
