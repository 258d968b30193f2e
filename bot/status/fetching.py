"""Reading a source over HTTP: bounded in time, size, redirects and addresses, one per host at once.

Timeouts: 5 s to connect, 10 s between bytes, 20 s in all. At most 2 MiB on the wire and 8 MiB
decoded (gzip only). Redirects are followed by hand, at most three, each checked again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx

from bot import __version__
from bot.clock import Clock, system_clock
from bot.knowledge.model import Source
from bot.status import guard, retry_after
from bot.status.body import Limits, read_body
from bot.status.fetched import Answer, Fetched, RetryLaterError, Validators
from bot.status.hops import hosts, next_hop, parse, translated
from bot.status.unreadable import UnreadableError, UnreadableReason

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_ACCEPT = "application/json, application/xml, application/rss+xml, text/html;q=0.8, */*;q=0.5"


@dataclass(frozen=True)
class _Response:
    status: int
    headers: httpx.Headers
    body: bytes


@dataclass
class Fetcher:
    """Fetches sources; an async context manager that owns the connections.

    `contact`: an e-mail address or a URL for the owners of the pages, if any. `allow_private`:
    http and private addresses may be read (tests, demos).
    """

    contact: str | None
    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)
    resolver: guard.Resolver = guard.resolve
    clock: Clock = system_clock
    _client: httpx.AsyncClient | None = None
    _busy: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def __aenter__(self) -> Self:
        limits = self.limits
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            headers=self._headers(),
            follow_redirects=False,
            trust_env=False,
            # Addresses stand for names here: a kept connection or cookie of one name must not
            # serve another name at the same address.
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _headers(self) -> Mapping[str, str]:
        headers = {
            "User-Agent": f"bis-bot/{__version__}",
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
        }
        if self.contact is None:
            return headers
        headers["User-Agent"] += f" (+{self.contact})"
        is_mail = "@" in self.contact and "/" not in self.contact
        return {**headers, "From": self.contact} if is_mail else headers

    async def __call__(self, source: Source, known: Validators) -> Fetched:
        """Reads a source once; what has not changed since `known` is not sent again.

        Raises UnreadableError with the reason; RetryLaterError where the source says when.
        """
        if source.url is None:
            raise UnreadableError(UnreadableReason.NO_MACHINE_SOURCE)
        try:
            async with asyncio.timeout(self.limits.total):
                return await self._fetch(source, source.url, known)
        except TimeoutError as error:
            raise UnreadableError(
                UnreadableReason.TIMEOUT, f"over {self.limits.total:g} s in all"
            ) from error

    async def _fetch(self, source: Source, url: str, known: Validators) -> Fetched:
        second = source.second_url
        if second is not None and source.tells_routes:
            return await self._after_fingerprint(source, url, second, known)
        addresses = (url,) if second is None else (url, second)
        return Fetched.of({each: await self._ask(source, each, known) for each in addresses})

    async def _ask(self, source: Source, url: str, known: Validators) -> Answer:
        """What an address says now: 304 is as good an answer as the body that it confirms."""
        kept = known.answers.get(url)
        given = await self._get(source, url, kept.questions if kept else {})
        if kept is not None and given.status == httpx.codes.NOT_MODIFIED:
            return kept
        headers = given.headers
        return Answer(
            given.body,
            headers.get("content-type"),
            headers.get("etag"),
            headers.get("last-modified"),
        )

    async def _after_fingerprint(
        self, source: Source, url: str, fingerprint_url: str, known: Validators
    ) -> Fetched:
        """The list only when its fingerprint changed, as eHealth asks of software.

        The fingerprint is opaque: it is compared, never computed.
        """
        given = await self._get(source, fingerprint_url, {})
        fingerprint = given.body[:4096].decode("latin-1").strip()
        kept = known.answers.get(url)
        if kept is not None and fingerprint == kept.etag:
            return Fetched.of({url: kept})
        given = await self._get(source, url, {})
        answer = Answer(given.body, given.headers.get("content-type"), fingerprint)
        return Fetched.of({url: answer})

    async def _get(self, source: Source, url: str, headers: Mapping[str, str]) -> _Response:
        target = parse(url)
        for _ in range(self.limits.redirects + 1):
            self._check(source, target)
            async with self._busy[target.netloc.decode()]:
                answer = await self._send(target, headers)
            if answer.status not in _REDIRECTS:
                return self._accepted(answer, conditional=bool(headers))
            target = next_hop(target, answer.headers.get("location"))
        raise UnreadableError(
            UnreadableReason.REDIRECT, f"more than {self.limits.redirects} redirects"
        )

    def _check(self, source: Source, target: httpx.URL) -> None:
        """Each hop again: https, no password in the address, a host of the source."""
        schemes = {"https", "http"} if self.allow_private else {"https"}
        if target.scheme not in schemes or not target.host or target.userinfo:
            raise UnreadableError(UnreadableReason.REDIRECT, f"not https: {target.scheme}")
        if target.host not in hosts(source):
            raise UnreadableError(
                UnreadableReason.REDIRECT, f"{target.host} is no host of this source"
            )

    async def _send(self, target: httpx.URL, headers: Mapping[str, str]) -> _Response:
        port = target.port or (443 if target.scheme == "https" else 80)
        try:
            addresses = await self.resolver(target.host, port)
        except (OSError, UnicodeError) as error:
            raise UnreadableError(UnreadableReason.UNREACHABLE, "the name is not known") from error
        fit = guard.check(addresses, allow_private=self.allow_private)
        for address in fit[:-1]:
            try:
                return await self._send_to(address, target, headers)
            except httpx.ConnectError:
                continue
            except httpx.HTTPError as error:
                raise translated(error) from error
        try:
            return await self._send_to(fit[-1], target, headers)
        except httpx.HTTPError as error:
            raise translated(error) from error

    async def _send_to(
        self, address: str, target: httpx.URL, headers: Mapping[str, str]
    ) -> _Response:
        """To the very address that was checked; the name stays for TLS and the Host header."""
        if self._client is None:
            raise RuntimeError("a Fetcher is used as a context manager")
        request = self._client.build_request(
            "GET",
            target.copy_with(host=address),
            headers={**headers, "Host": target.netloc.decode()},
            extensions={"sni_hostname": target.host},
        )
        response = await self._client.send(request, stream=True)
        try:
            wanted = response.status_code == httpx.codes.OK
            body = await read_body(response, self.limits) if wanted else b""
        finally:
            await response.aclose()
        return _Response(response.status_code, response.headers, body)

    def _accepted(self, answer: _Response, *, conditional: bool) -> _Response:
        unchanged = answer.status == httpx.codes.NOT_MODIFIED and conditional
        if answer.status == httpx.codes.OK or unchanged:
            return answer
        detail = f"HTTP {answer.status}"
        asked = retry_after.asked_for(answer.headers.get("retry-after"), self.clock())
        if answer.status in _BUSY and asked is not None:
            raise RetryLaterError(f"{detail}, {retry_after.told(asked)}", retry_after.obeyed(asked))
        raise UnreadableError(UnreadableReason.HTTP_STATUS, detail)
