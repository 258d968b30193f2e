"""What is looked at before anything else: floods, and what a question may carry."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.clock import Clock
from bot.privacy import Identifier, mask

QUESTION_LIMIT = 1000
"""Characters of a question; dictated ones have a few hundred."""

FLOOD_MESSAGES = 20
FLOOD_MINUTE = timedelta(minutes=1)
_REMEMBERED = 10_000


class Passage(StrEnum):
    """Whether an update is served. The first one too many is told, the next ones are dropped."""

    SERVED = "served"
    TOLD = "told"
    DROPPED = "dropped"


class Refusal(StrEnum):
    """Why a text is no question; the value is the message that says so."""

    NO_WORDS = "no-words"
    TOO_LONG = "too-long"


class Warned(StrEnum):
    """What is told beside the answer; the value is the message."""

    NATIONAL_NUMBER = "warning-national-number"
    PRESCRIPTION = "warning-identifier"


@dataclass(frozen=True)
class Checked:
    """A text fit to be matched: identifiers hidden, with what must be told of it."""

    text: str
    refusal: Refusal | None = None
    warned: Warned | None = None


def check(text: str) -> Checked:
    """Hides identifiers; refuses what is too long or has no letter or digit in it."""
    masked = mask(text)
    checked = Checked(masked.text.strip(), warned=_warning(masked.found))
    if len(text) > QUESTION_LIMIT:
        return replace(checked, refusal=Refusal.TOO_LONG)
    if not any(sign.isalnum() for sign in checked.text):
        return replace(checked, refusal=Refusal.NO_WORDS)
    return checked


def _warning(found: frozenset[Identifier]) -> Warned | None:
    if Identifier.NATIONAL_NUMBER in found:
        return Warned.NATIONAL_NUMBER
    return Warned.PRESCRIPTION if Identifier.PRESCRIPTION in found else None


@dataclass(frozen=True)
class _Bucket:
    tokens: float
    at: datetime
    told: bool = False


class Flood:
    """A token bucket for each chat: so many at once, refilled at as many a minute."""

    def __init__(self, clock: Clock, per_minute: int = FLOOD_MESSAGES) -> None:
        self._clock = clock
        self._most = per_minute
        self._buckets: dict[int, _Bucket] = {}

    def admit(self, chat_id: int) -> Passage:
        """Counts one update of the chat."""
        now = self._clock()
        bucket = self._refilled(chat_id, now)
        if bucket.tokens >= 1:
            self._buckets[chat_id] = _Bucket(bucket.tokens - 1, now)
            return Passage.SERVED
        self._buckets[chat_id] = replace(bucket, told=True)
        return Passage.DROPPED if bucket.told else Passage.TOLD

    def _refilled(self, chat_id: int, now: datetime) -> _Bucket:
        self._forget_idle(now)
        bucket = self._buckets.get(chat_id, _Bucket(self._most, now))
        gained = max(0.0, (now - bucket.at) / FLOOD_MINUTE) * self._most
        return replace(bucket, tokens=min(self._most, bucket.tokens + gained), at=now)

    def _forget_idle(self, now: datetime) -> None:
        if len(self._buckets) > _REMEMBERED:
            self._buckets = {
                chat: bucket
                for chat, bucket in self._buckets.items()
                if now - bucket.at < FLOOD_MINUTE
            }
