"""Announced work: who is told of it, when, and what becomes of that where it changes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.quiet import next_digest
from bot.alerts.rulings import WORK, Notice, OpenIncident, Reason, Ruling, To
from bot.alerts.scene import RESOUND_AFTER, TIME_TO_LIVE, Scene, notice_of
from bot.status.model import Change, ChangeKind, State

AHEAD = timedelta(minutes=60)
SOON = timedelta(hours=24)


@dataclass(frozen=True)
class _Work:
    """`felt`: unless its source says that it has no effect."""

    starts_at: datetime
    ends_at: datetime | None
    felt: bool

    def is_known(self, found: OpenIncident) -> bool:
        """Whether that is what was told."""
        told = (found.starts_at, found.ends_at, found.felt)
        return told == (self.starts_at, self.ends_at, self.felt)

    def is_brought_forward(self, found: OpenIncident, at: datetime) -> bool:
        """Whether it is felt, too soon for a reminder of its own, and was not heard of so."""
        earlier = found.starts_at is None or self.starts_at < found.starts_at
        late = self.starts_at - AHEAD <= at and not _is_reminded(found, at)
        return self.felt and (late or (earlier and self.starts_at - at < AHEAD + RESOUND_AFTER))

    def needs_reminder(self, found: OpenIncident, at: datetime) -> bool:
        """Whether who was told hears of it aloud no other time: the change itself is silent."""
        soon = at < self.starts_at - AHEAD < self.told_from(at) + RESOUND_AFTER
        return self.felt and soon and not _is_reminded(found, at)

    def told_from(self, at: datetime) -> datetime:
        """The morning's digest; at once where it is near and felt."""
        near = self.starts_at - at < SOON
        return at if near and self.felt else next_digest(at)


def planned(scene: Scene) -> Ruling:
    """Told in the morning's digest (at once where it is near), and an hour ahead where it is felt.

    Who was told of it otherwise hears of the change without a sound, in reply to what was told;
    all are told aloud where it is too late to tell them an hour ahead of what they did not know.
    """
    work = _work(scene.change)
    if work is None:
        return scene.ruling(Reason.NOTHING_OPEN)
    if work.starts_at <= scene.change.at:
        return _begun(scene, work)
    if scene.found is None:
        return _new(scene, work)
    if work.is_known(scene.found):
        return scene.ruling(Reason.ALREADY_TOLD)
    reason, notices = _changed(scene.change, work, scene.found)
    return scene.ruling(reason, replaces=WORK, notices=notices)


def called_off(scene: Scene) -> Ruling:
    """Who was told of it hears that without a sound; who was not hears nothing."""
    if scene.found is None:
        return scene.ruling(Reason.NOTHING_OPEN)
    notice = notice_of(scene.change, ChangeKind.CALLED_OFF, To.TOLD)
    return scene.ruling(Reason.CALLED_OFF, closes=True, replaces=WORK, notices=(notice,))


def _work(change: Change) -> _Work | None:
    told = change.incident
    if told is None or told.starts_at is None:
        return None
    return _Work(told.starts_at, told.ends_at, told.impact is not State.OPERATIONAL)


def _begun(scene: Scene, work: _Work) -> Ruling:
    """Begun before the hours that were told: nothing more is said of those."""
    change = scene.change
    if scene.found is None:
        return scene.ruling(Reason.NOTHING_OPEN)
    until = work.ends_at or change.at + TIME_TO_LIVE[ChangeKind.REPLANNED]
    silent = notice_of(change, ChangeKind.REPLANNED, To.TOLD, span=(change.at, until))
    notices = () if _is_reminded(scene.found, change.at) else (silent,)
    return scene.ruling(Reason.WINDOW_CHANGED, replaces=WORK, notices=notices)


def _new(scene: Scene, work: _Work) -> Ruling:
    notices = tuple(_notices(scene.change, work, To.FOLLOWERS))
    later = Reason.PLANNED_LATER if notices else Reason.NO_MORNING_BEFORE
    soon = work.told_from(scene.change.at) == scene.change.at
    reason = Reason.PLANNED_SOON if soon else later
    return scene.ruling(reason, opens=True, replaces=WORK, notices=notices)


def _changed(change: Change, work: _Work, found: OpenIncident) -> tuple[Reason, tuple[Notice, ...]]:
    span = (change.at, work.starts_at)
    if work.is_brought_forward(found, change.at):
        aloud = notice_of(change, ChangeKind.PLANNED, To.FOLLOWERS, span=span)
        return Reason.BROUGHT_FORWARD, (aloud,)
    silent = notice_of(change, ChangeKind.REPLANNED, To.TOLD, span=span)
    notices = (silent, *_notices(change, work, To.UNTOLD))
    if work.needs_reminder(found, change.at):
        ahead = (work.starts_at - AHEAD, work.starts_at)
        notices += (notice_of(change, ChangeKind.PLANNED, To.TOLD, span=ahead),)
    return Reason.WINDOW_CHANGED, notices


def _is_reminded(found: OpenIncident, at: datetime) -> bool:
    """Whether the hour ahead of it has come as it was told."""
    return found.felt and found.starts_at is not None and found.starts_at - AHEAD <= at


def _notices(change: Change, work: _Work, to: To) -> Iterator[Notice]:
    told_from = work.told_from(change.at)
    kind, ahead = ChangeKind.PLANNED, work.starts_at - AHEAD
    if told_from < work.starts_at:
        yield notice_of(change, kind, to, span=(told_from, work.starts_at))
    if work.felt and ahead >= told_from + RESOUND_AFTER:
        yield notice_of(change, kind, To.FOLLOWERS, span=(ahead, work.starts_at))
