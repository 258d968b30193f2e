"""Hours in which a chat hears nothing, and the hour of the digest: times of day in Belgium."""

from datetime import UTC, date, datetime, time, timedelta

from bot.clock import BRUSSELS
from bot.preferences import QuietHours

DIGEST_TIME = time(8, 0)
"""When planned work, and what was over the day's limit, is told."""


def quiet_until(
    quiet: QuietHours | None, night_off_until: datetime | None, now: datetime
) -> datetime | None:
    """The end (UTC) of the quiet hours that hold at `now`; None: they do not hold.

    A window ends at its time on the wall, so the night of a clock change is an hour shorter or
    longer. During night duty (`night_off_until`) nothing is quiet.
    """
    if quiet is None or quiet.start == quiet.end:
        return None
    if night_off_until is not None and now < night_off_until:
        return None
    today = now.astimezone(BRUSSELS).date()
    for day in (today - timedelta(days=1), today):
        start, end = _window(quiet, day)
        if start <= now < end:
            return end
    return None


def next_digest(now: datetime) -> datetime:
    """The next 08:00 in Belgium after `now`, in UTC."""
    today = now.astimezone(BRUSSELS).date()
    moments = (_moment(today + timedelta(days=days), DIGEST_TIME) for days in range(2))
    return next(moment for moment in moments if moment > now)


def day_start(now: datetime) -> datetime:
    """Midnight in Belgium of the day that `now` is in, in UTC."""
    return _moment(now.astimezone(BRUSSELS).date(), time(0, 0))


def _window(quiet: QuietHours, day: date) -> tuple[datetime, datetime]:
    last = day if quiet.start < quiet.end else day + timedelta(days=1)
    return _moment(day, quiet.start), _moment(last, quiet.end)


def _moment(day: date, at: time) -> datetime:
    # A time that the wall shows twice (autumn) is taken the first time; one that it never shows
    # (spring) comes out as the same distance after the skip.
    return datetime.combine(day, at, tzinfo=BRUSSELS).astimezone(UTC)
