"""Why a source could not be read: the one error of fetching and readers."""

from enum import StrEnum


class UnreadableReason(StrEnum):
    """Why a source could not be read; each has its words in locales/."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    HTTP_STATUS = "http_status"
    TOO_LARGE = "too_large"
    REDIRECT = "redirect"
    FORBIDDEN_ADDRESS = "forbidden_address"
    ENCODING = "encoding"
    NOT_THE_FORMAT = "not_the_format"
    CONTRACT = "contract"
    NOT_YET_READ = "not_yet_read"
    NO_MACHINE_SOURCE = "no_machine_source"


class UnreadableError(Exception):
    """A source could not be read or trusted: the reason, and the place or detail in plain words."""

    def __init__(self, reason: UnreadableReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
