"""Hours in which a chat hears nothing, and the hour of the digest: times of day in Belgium."""

from datetime import date, datetime, time, timedelta

from bot.clock import BRUSSELS, moment_of, next_time
from bot.preferences import QuietHours, on_duty

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
    if on_duty(night_off_until, now):
        return None
    today = now.astimezone(BRUSSELS).date()
    for day in (today - timedelta(days=1), today):
        start, end = _window(quiet, day)
        if start <= now < end:
            return end
    return None


def next_digest(now: datetime) -> datetime:
    """The next 08:00 in Belgium after `now`, in UTC."""
    return next_time(DIGEST_TIME, now)


def day_start(now: datetime) -> datetime:
    """Midnight in Belgium of the day that `now` is in, in UTC."""
    return moment_of(now.astimezone(BRUSSELS).date(), time(0, 0))


def _window(quiet: QuietHours, day: date) -> tuple[datetime, datetime]:
    last = day if quiet.start < quiet.end else day + timedelta(days=1)
    return moment_of(day, quiet.start), moment_of(last, quiet.end)
