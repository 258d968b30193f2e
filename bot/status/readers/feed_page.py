"""One body of a feed entry: its text, and the log of labels with their dates that stands in it.

Statuspage writes `<small>date</small><br><strong>Resolved</strong> - text`, newest first;
Instatus the same, oldest first; incident.io `<b>Status: Resolved</b>`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import islice, takewhile
from operator import attrgetter

from bot.status.model import Phase
from bot.status.readers.dates import parse_date
from bot.status.readers.feed_dates import Stamp, ascending, moment_of, stamps
from bot.status.readers.text import HTML_LIMIT, fold, pieces
from bot.status.readers.words import CLOSED_PHASES, phase_of

MAX_LABELS = 300
MAX_PIECES = 1_000
_TAGS = frozenset({"strong", "b", "h1", "h2", "h3", "h4"})
_UPDATES = frozenset({"update", "miseajour", "aktualisierung", "bijwerking"})
_STATUS = re.compile(r"^(?:status|statut|état|toestand|stand)\s*[:\-–]\s*(.{1,40})$", re.IGNORECASE)
_PLAIN_LABEL = re.compile(r" - ([^\W\d][^-–:.,]{3,29})(?= - )")
_PLAIN_STATUS = re.compile(
    r"\b(?:status|state) ?: ([a-zé]{4,15}(?: progress)?)\b(?! ?\?| (?:for|in|but|except)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\W{0,3}([^\W\d][\w ]{3,28}?) ?(?:\]|:|[-–—] )")
"""A label at the very beginning: `[Resolved] text`, `Resolved: text`, `Investigating - text`."""
_END = re.compile(r"resolved(?: at)?: (.{10,60})$", re.IGNORECASE)
_ELSEWHERE = timezone(timedelta(hours=1))
"""A date that is another one there bears no zone."""
_ANEW = frozenset({Phase.INVESTIGATING, Phase.IDENTIFIED})
_NEAR = 16
"""Signs between a date and the label that it belongs to: a zone that is not known, a dash."""


@dataclass(frozen=True)
class Label:
    """A phase named in the log (None: "Update"), and the date before it.

    `called`: it stands behind the word "Status".
    """

    phase: Phase | None
    begin: int
    stamp: Stamp | None = None
    dashed: bool = False
    called: bool = False


class Page:
    """The text of a body in one line, and its labels, the newest first.

    `until`: what no date of its log is after; it tells the year of those that bear none.
    """

    def __init__(self, markup: str, until: datetime | None) -> None:
        self._until = until
        self.raw = markup[:HTML_LIMIT]
        self.pieces = tuple((tag, " ".join(text.split())) for tag, text in pieces(self.raw))
        self.flat = " ".join(text for _, text in self.pieces if text)
        self.labels = self._newest_first()
        self._own = self._dates_alone()

    def phase(self) -> Phase | None:
        """As it stands above the log; else closed where a label closes it and none opened it anew.

        Else the newest named phase.
        """
        if above := _above(self.labels):
            return above.phase
        named = [label for label in self.labels if label.phase]
        closing = next((label for label in named if label.phase in CLOSED_PHASES), None)
        newest = next(iter(named), None)
        told = newest if closing is None or self._is_later(newest, closing) else closing
        return told.phase if told else None

    def _is_later(self, newest: Label | None, closing: Label) -> bool:
        """Whether trouble was opened anew: told by the dates, because not all logs run one way."""
        if newest is None or newest.phase not in _ANEW or not (newest.stamp and closing.stamp):
            return False
        is_same = newest.stamp.written == closing.stamp.written
        return not is_same and not ascending([newest.stamp, closing.stamp], self._until)

    def began(self) -> datetime | None:
        """The oldest date of the log."""
        moments = (moment_of(label.stamp, self._until) for label in self.labels)
        return min((moment for moment in moments if moment), default=min(self._own, default=None))

    def begun(self) -> datetime | None:
        """The date of the oldest label by which planned work was under way."""
        under_way = [label for label in self.labels if label.phase is Phase.IN_PROGRESS]
        return moment_of(under_way[-1].stamp, self._until) if under_way else None

    def closed(self) -> datetime | None:
        """The date of the label that closed it, not of a postmortem or a word that came later."""
        last = takewhile(lambda one: not one.phase or one.phase in CLOSED_PHASES, self.labels)
        closing = [label for label in last if label.phase]
        found = moment_of(closing[-1].stamp, self._until) if closing else None
        return found or self._told_end() or max(self._own, default=None)

    def _told_end(self) -> datetime | None:
        """Of a line `Resolved: date` that stands apart from the log."""
        lines = (_END.match(text) for _, text in self.pieces[:MAX_PIECES])
        return next(filter(None, (_zoned(line[1]) for line in lines if line)), None)

    def _dates_alone(self) -> tuple[datetime, ...]:
        """Of a log whose labels stand apart from its dates: those that fill an element."""
        closing = (label for label in self.labels if label.phase in CLOSED_PHASES)
        if not self.labels or any(label.stamp for label in closing):
            return ()
        texts = (text for tag, text in self.pieces[:MAX_PIECES] if tag in _TAGS and ":" in text)
        return tuple(filter(None, map(_zoned, texts)))

    def _newest_first(self) -> tuple[Label, ...]:
        found = _first(self._marked()) or _first(self._plain())
        if not any(label.phase for label in found):
            return ()
        if any(label.dashed and label.phase for label in found):
            above = _above(found)
            found = [label for label in found if label.dashed or label is above]
        dated = self._dated(found)
        written = [label.stamp for label in dated if label.stamp]
        return tuple(dated[::-1] if ascending(written, self._until) else dated)

    def _marked(self) -> Iterator[Label]:
        begin = 0
        for number, (tag, text) in enumerate(self.pieces):
            label = text[:80].rstrip(" :")
            status = _STATUS.match(label) if tag in _TAGS else None
            phase = phase_of(status.group(1) if status else label) if tag in _TAGS else None
            if tag in _TAGS and (phase or _is_label(label)) and not self._is_inside(number):
                yield Label(phase, begin, None, self._is_dashed(number), status is not None)
            begin += len(text) + 1 if text else 0

    def _is_inside(self, number: int) -> bool:
        """Whether it is a word of a sentence: "this is not yet <b>resolved</b>"."""
        before = self.pieces[number - 1][1] if number else ""
        return before[-1:].isalpha() and not any(map(str.isdigit, before[-_NEAR:]))

    def _is_dashed(self, number: int) -> bool:
        after = next((text for _, text in self.pieces[number + 1 : number + 4] if text), "")
        return after.startswith(("-", "–", "—"))

    def _plain(self) -> Iterator[Label]:
        words = islice(_PLAIN_LABEL.finditer(self.flat), MAX_LABELS)
        between = [found for found in words if _is_label(found[1])]
        told = between or list(islice(_PLAIN_STATUS.finditer(self.flat), MAX_LABELS))
        for found in told or filter(None, [_LEADING.match(self.flat)]):
            yield Label(phase_of(found[1]), found.start())

    def _dated(self, labels: list[Label]) -> list[Label]:
        written = stamps(self.flat) if labels else ()
        return [replace(one, stamp=_before(one.begin, written)) for one in labels]


def _above(labels: Sequence[Label]) -> Label | None:
    """The one status that stands above a log and bears no date: that of the whole entry."""
    first = min(labels, key=attrgetter("begin"), default=None)
    if first is None or first.stamp or [label for label in labels if label.called] != [first]:
        return None
    return first


def _zoned(text: str) -> datetime | None:
    moment = parse_date(text)
    return moment if moment == parse_date(text, _ELSEWHERE) else None


def _is_label(word: str) -> bool:
    return phase_of(word) is not None or fold(word) in _UPDATES


def _first(labels: Iterator[Label]) -> list[Label]:
    return list(islice(labels, MAX_LABELS))


def _before(begin: int, written: tuple[Stamp, ...]) -> Stamp | None:
    found = bisect_right(written, begin, key=attrgetter("end"))
    stamp = written[found - 1] if found else None
    return stamp if stamp and begin - stamp.end <= _NEAR else None
