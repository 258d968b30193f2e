"""What a fetch gives, and what it takes to ask again."""

from dataclasses import dataclass

from bot.status.unreadable import UnreadableError, UnreadableReason


@dataclass(frozen=True)
class Validators:
    """What a source gave to ask again with: sent back verbatim."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Fetched:
    """The bodies of a source, or `not_modified` with none of them."""

    bodies: tuple[bytes, ...] = ()
    content_types: tuple[str | None, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False

    @property
    def validators(self) -> Validators:
        """What to ask again with."""
        return Validators(self.etag, self.last_modified)


class RetryLaterError(UnreadableError):
    """The source asks not to be read again for so many seconds (Retry-After)."""

    def __init__(self, detail: str, seconds: float) -> None:
        super().__init__(UnreadableReason.HTTP_STATUS, detail)
        self.seconds = seconds
