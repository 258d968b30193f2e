"""What a fetch gives, and what it takes to ask again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.status.unreadable import UnreadableError, UnreadableReason


@dataclass(frozen=True)
class Answer:
    """What one address gave: a body, and the validators to ask with whether it still stands."""

    body: bytes
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def questions(self) -> Mapping[str, str]:
        """The headers that ask for another body only; each validator goes back verbatim."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Validators:
    """The answers of the last good read that can be asked after, by address.

    The body is kept with them: a 304 confirms nothing but a body that is at hand.
    """

    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Fetched:
    """The bodies of a source as they stand now, also where it said that they are unchanged."""

    bodies: tuple[bytes, ...]
    content_types: tuple[str | None, ...]
    validators: Validators = field(default_factory=Validators)

    @classmethod
    def of(cls, answers: Mapping[str, Answer]) -> "Fetched":
        """The answers of all addresses, in the order in which a reader takes their bodies."""
        again = {url: answer for url, answer in answers.items() if answer.questions}
        bodies = tuple(answer.body for answer in answers.values())
        types = tuple(answer.content_type for answer in answers.values())
        return cls(bodies, types, Validators(again))


class RetryLaterError(UnreadableError):
    """The source asks not to be read again for so many seconds (Retry-After)."""

    def __init__(self, detail: str, seconds: float) -> None:
        super().__init__(UnreadableReason.HTTP_STATUS, detail)
        self.seconds = seconds
