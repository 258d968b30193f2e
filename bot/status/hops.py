"""One hop of a fetch: where it leads, and what httpx's errors mean to us."""

import ssl

import httpx

from bot.knowledge.model import Source
from bot.status.unreadable import UnreadableError, UnreadableReason


def parse(url: str) -> httpx.URL:
    """The address. Raises UnreadableError REDIRECT where it is malformed."""
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise UnreadableError(UnreadableReason.REDIRECT, "the address is malformed") from error


def next_hop(target: httpx.URL, location: str | None) -> httpx.URL:
    """Where a redirect leads. Raises UnreadableError REDIRECT where that is nowhere."""
    if not location:
        raise UnreadableError(UnreadableReason.REDIRECT, "a redirect to nowhere")
    try:
        return target.join(parse(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise UnreadableError(UnreadableReason.REDIRECT, "the address is malformed") from error


def hosts(source: Source) -> frozenset[str]:
    """The hosts that a source may lead to: its own, and those that it declares."""
    own = (parse(url).host for url in (source.url, source.second_url) if url)
    return frozenset((*source.hosts, *own))


def translated(error: httpx.HTTPError) -> UnreadableError:
    """Our reason for httpx's error; a certificate that does not hold is never "an outage"."""
    if isinstance(error, httpx.TimeoutException):
        return UnreadableError(UnreadableReason.TIMEOUT, type(error).__name__)
    if _is_tls(error):
        return UnreadableError(UnreadableReason.TLS, "the certificate or TLS does not hold")
    return UnreadableError(UnreadableReason.UNREACHABLE, type(error).__name__)


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
