"""How requests leave: python-telegram-bot over aiohttp instead of httpx.

It takes half of the processor's time, and does not slow down above ten requests at once
(https://github.com/encode/httpx/issues/3215). A library that joins the two takes a connection that
was cut after the message for one that was never made, and that would send it twice.
"""

import ssl
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

POOL_SECONDS = CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
"""A send that is not answered may have happened: better to wait than to doubt."""
IDLE_SECONDS = 5.0
"""How long a connection is kept for the next request: an older one may be closed unnoticed."""
NEVER_LEFT = (
    aiohttp.ClientConnectorError,  # refused, no such name, no TLS, no proxy
    aiohttp.ConnectionTimeoutError,  # also: no connection was free
    aiohttp.ClientHttpProxyError,  # the proxy opened no tunnel
)
"""Causes of a NetworkError after which the request was surely not received."""
USUAL: Any = BaseRequest.DEFAULT_NONE
JSON = {"Content-Type": "application/json"}


class Wire(BaseRequest):
    """Requests to one Bot API server, at most `connections` at once.

    Proxies are those of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY), certificates those that
    httpx trusts. No error names the address: the token stands in it.
    """

    def __init__(self, api_url: str, connections: int, read_seconds: float = READ_SECONDS) -> None:
        self._api_url = api_url
        self._connections = connections
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Opens the pool of connections, in the loop that will use it."""
        if self._session is not None:
            return
        connector = aiohttp.TCPConnector(
            limit=self._connections,
            keepalive_timeout=IDLE_SECONDS,
            ssl=trusted(),
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=proxy_for(self._api_url),
        )

    async def shutdown(self) -> None:
        """Closes the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = USUAL,
        write_timeout: Any = USUAL,
        connect_timeout: Any = USUAL,
        pool_timeout: Any = USUAL,
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`. `classify` reads the cause of what is raised."""
        if self._session is None:
            raise RuntimeError("the wire is not open")
        read = _seconds(read_timeout, self._read_seconds)
        write = _seconds(write_timeout, self._read_seconds)
        connect = _seconds(connect_timeout, CONNECT_SECONDS)
        pool = _seconds(pool_timeout, POOL_SECONDS)
        timeout = aiohttp.ClientTimeout(
            total=_sum(pool, connect, write, read),  # a write alone has no limit in aiohttp
            connect=_sum(pool, connect),
            sock_connect=connect,
            sock_read=read,
        )
        try:
            async with self._session.request(
                method, url, timeout=timeout, allow_redirects=False, **_content(request_data)
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that httpx trusts: read once, since each reading takes 20 ms and 0.7 MB."""
    return httpx.create_ssl_context()


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for this address. One without a scheme speaks HTTP."""
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    named = getproxies()
    proxy = named.get(parts.scheme) or named.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


def _seconds(given: Any, usual: float) -> float | None:
    """What this request asks for: None is no limit."""
    seconds: float | None = usual if given is USUAL else given
    return seconds


def _sum(*limits: float | None) -> float | None:
    known = [limit for limit in limits if limit is not None]
    return sum(known) if len(known) == len(limits) else None


def _content(data: RequestData | None) -> dict[str, Any]:
    """The parameters as JSON, which costs a third of a form; with files, as multipart.

    Telegram takes either (https://core.telegram.org/bots/api#making-requests).
    """
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": JSON}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=kind)
    return {"data": form}
