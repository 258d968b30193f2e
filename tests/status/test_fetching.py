"""Fetching over real HTTP on loopback: what is sent, what is taken, and each way to fail."""

import asyncio
import gzip
import re
import socket
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from bot.status.body import Limits
from bot.status.fetched import Answer, RetryLaterError, Validators
from bot.status.fetching import Fetcher
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.status.far_sides import (
    Behaviour,
    Request,
    answering,
    hanging_up,
    redirecting,
    senseless,
    serving,
    silent,
    streaming,
)
from tests.status.samples import NOON, source

LIMITS = Limits(connect=0.5, read=0.3, total=0.8, wire=50_000, decoded=200_000)


@pytest.fixture(name="fetch")
async def _fetch() -> AsyncIterator[Fetcher]:
    fetcher = Fetcher("ops@example.org", allow_private=True, limits=LIMITS, clock=lambda: NOON)
    async with fetcher as fetch:
        yield fetch


async def reason(fetch: Fetcher, behaviour: Behaviour, **fields: Any) -> UnreadableReason:
    """Why a server that behaves so cannot be read."""
    async with serving(behaviour) as server:
        with pytest.raises(UnreadableError) as caught:
            await fetch(source(url=server.url, **fields), Validators())
    return caught.value.reason


async def test_a_body_is_taken_with_its_validators_and_these_are_sent_back(fetch: Fetcher) -> None:
    """304 is a good read of the same body; the validators are repeated as they were given."""

    async def once(request: Request, writer: asyncio.StreamWriter) -> None:
        seen = request.headers.get("if-none-match") == 'W/"1"'
        status = "304 Not Modified" if seen else "200 OK"
        answer = answering(b"" if seen else b"[1]", status, ETag='W/"1"', Last_Modified="then")
        await answer(request, writer)

    async with serving(once) as server:
        first = await fetch(source(url=server.url), Validators())
        second = await fetch(source(url=server.url), first.validators)
    assert first.validators.answers == {server.url: Answer(b"[1]", None, 'W/"1"', "then")}
    assert second == first
    asked = server.requests[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('W/"1"', "then")


async def test_the_bot_says_who_it_is_and_takes_gzip_alone(fetch: Fetcher) -> None:
    """So that the owner of a page can reach us."""
    packed = answering(gzip.compress(b"[1]"), Content_Encoding="gzip", Content_Type="a/b")
    async with serving(packed) as server:
        got = await fetch(source(url=server.url), Validators())
    headers = server.requests[0].headers
    assert headers["user-agent"].startswith("bis-bot/")
    assert headers["user-agent"].endswith("(+ops@example.org)")
    assert headers["from"] == "ops@example.org"
    assert headers["accept-encoding"] == "gzip"
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert (got.bodies, got.content_types) == ((b"[1]",), ("a/b",))


async def test_a_bot_whose_operator_gave_no_contact_claims_none() -> None:
    """No address that nobody vouches for."""
    async with (
        serving(answering(b"[1]")) as server,
        Fetcher(None, allow_private=True) as fetch,
    ):
        await fetch(source(url=server.url), Validators())
    headers = server.requests[0].headers
    assert re.fullmatch(r"bis-bot/[\w.+]+", headers["user-agent"])
    assert "from" not in headers


async def test_the_checked_address_is_the_one_that_is_called() -> None:
    """The name is resolved once; a second answer of a hostile name server finds nobody."""
    asked: list[str] = []

    async def resolver(host: str, port: int) -> tuple[str, ...]:
        del port
        asked.append(host)
        return ("127.0.0.1",)

    async with (
        serving(answering(b"[1]")) as server,
        Fetcher("x", allow_private=True, resolver=resolver) as fetch,
    ):
        url = f"http://status.example:{server.port}/"
        got = await fetch(source(url=url), Validators())
    assert got.bodies == (b"[1]",)
    assert asked == ["status.example"]
    assert server.requests[0].headers["host"] == f"status.example:{server.port}"


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (silent, UnreadableReason.TIMEOUT),
        (streaming(b"x", pause=0.1), UnreadableReason.TIMEOUT),
        (streaming(b"x" * 4096), UnreadableReason.TOO_LARGE),
        (hanging_up, UnreadableReason.UNREACHABLE),
        (senseless, UnreadableReason.UNREACHABLE),
        (answering(b"[1]", length=500), UnreadableReason.UNREACHABLE),
        (answering(b"[]", length=60_000), UnreadableReason.TOO_LARGE),
        (answering(b"x" * 60_000), UnreadableReason.TOO_LARGE),
        (
            answering(gzip.compress(b"0" * 10**7), Content_Encoding="gzip"),
            UnreadableReason.TOO_LARGE,
        ),
        (
            answering(gzip.compress(b"x" * 999)[:-9], Content_Encoding="gzip"),
            UnreadableReason.ENCODING,
        ),
        (answering(b"[]", Content_Encoding="gzip"), UnreadableReason.ENCODING),
        (answering(zlib.compress(b"[]"), Content_Encoding="deflate"), UnreadableReason.ENCODING),
        (answering(b"[]", Content_Encoding="br"), UnreadableReason.ENCODING),
        (answering(b"", "404 Not Found"), UnreadableReason.HTTP_STATUS),
        (answering(b"", "500 Oops"), UnreadableReason.HTTP_STATUS),
        (answering(b"", "304 Not Modified"), UnreadableReason.HTTP_STATUS),
        (answering(b"", "204 No Content"), UnreadableReason.HTTP_STATUS),
        (redirecting("/again"), UnreadableReason.REDIRECT),
        (redirecting("https://elsewhere.example/"), UnreadableReason.REDIRECT),
        (redirecting("ftp://127.0.0.1/"), UnreadableReason.REDIRECT),
        (redirecting("http://a:b@127.0.0.1/"), UnreadableReason.REDIRECT),
        (redirecting("http://[/"), UnreadableReason.REDIRECT),
        (redirecting(""), UnreadableReason.REDIRECT),
    ],
    ids=range(23),
)
async def test_each_misbehaviour_has_its_reason(
    fetch: Fetcher, behaviour: Behaviour, expected: UnreadableReason
) -> None:
    """Slow, endless, lying about its length, bombs, wrong statuses, circles, other hosts."""
    assert await reason(fetch, behaviour) is expected


async def test_nobody_listening_and_no_such_name_are_unreachable(fetch: Fetcher) -> None:
    """A dead server is our trouble in reading, never an outage of a service."""
    async with serving(silent) as server:
        url = server.url
    with pytest.raises(UnreadableError) as caught:
        await fetch(source(url=url), Validators())
    assert caught.value.reason is UnreadableReason.UNREACHABLE

    async def nowhere(host: str, port: int) -> tuple[str, ...]:
        raise OSError(host, port)

    async with Fetcher("x", resolver=nowhere) as lost:
        with pytest.raises(UnreadableError) as caught:
            await lost(source(url="https://nowhere.example/"), Validators())
    assert caught.value.reason is UnreadableReason.UNREACHABLE


def test_a_name_server_that_hangs_holds_up_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fetch ends in its time, and so does a command: nobody waits for the lookup."""
    let_go, ended = Event(), Event()

    def hang(*_: object, **__: object) -> list[object]:
        let_go.wait(60)
        ended.set()
        return []

    async def ask() -> UnreadableReason:
        async with Fetcher("x", limits=LIMITS) as fetch:
            with pytest.raises(UnreadableError) as caught:
                await fetch(source(url="https://slow.example/"), Validators())
        return caught.value.reason

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    assert asyncio.run(ask()) is UnreadableReason.TIMEOUT
    assert not ended.is_set()
    let_go.set()
    assert ended.wait(60)


async def test_tls_that_does_not_hold_has_its_own_reason() -> None:
    """A server that speaks no TLS is unreadable to us, not down."""
    async with (
        serving(answering(b"plain"), greedy=True) as server,
        Fetcher("x", allow_private=True, limits=LIMITS) as fetch,
    ):
        with pytest.raises(UnreadableError) as caught:
            await fetch(source(url=server.url.replace("http:", "https:")), Validators())
    assert caught.value.reason is UnreadableReason.TLS


async def test_http_is_refused_where_private_sources_are_not_allowed() -> None:
    """Https only, from the first address on."""
    async with Fetcher("x") as fetch:
        with pytest.raises(UnreadableError) as caught:
            await fetch(source(url="http://status.example/"), Validators())
    assert caught.value.reason is UnreadableReason.REDIRECT


async def test_a_redirect_to_a_host_of_the_source_is_followed(fetch: Fetcher) -> None:
    """At most three, to hosts that the source declares."""

    async def twice(request: Request, writer: asyncio.StreamWriter) -> None:
        steps = {"/": "/one", "/one": "/two"}
        there = request.path in steps
        answer = redirecting(steps[request.path]) if there else answering(b"[2]")
        await answer(request, writer)

    async with serving(twice) as server:
        got = await fetch(source(url=server.url), Validators())
    assert got.bodies == (b"[2]",)
    assert [request.path for request in server.requests] == ["/", "/one", "/two"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("0000000090", 90),
        ("7200", 7200),
        ("Mon, 02 Mar 2026 12:05:00 GMT", 300),
        ("Mon, 02 Mar 2026 18:00:00 GMT", 21_600),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("9" * 400, 86_400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ],
)
async def test_a_busy_source_says_when_to_come_back(
    fetch: Fetcher, value: str, seconds: float
) -> None:
    """Retry-After as seconds or as a date, up to a day; what is neither is no pause."""
    async with serving(answering(b"", "429 Too Many Requests", Retry_After=value)) as server:
        with pytest.raises(RetryLaterError) as caught:
            await fetch(source(url=server.url), Validators())
    assert caught.value.seconds == seconds
    assert await reason(fetch, answering(b"", "503 Busy", Retry_After="soon")) is (
        UnreadableReason.HTTP_STATUS
    )


async def test_one_host_gets_one_request_at_a_time(fetch: Fetcher) -> None:
    """Whatever the number of sources on it."""

    async def slowly(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        await answering()(request, writer)

    async with serving(slowly) as server:
        sources = [source(f"s{number}", url=server.url) for number in range(5)]
        await asyncio.gather(*(fetch(each, Validators()) for each in sources))
    assert len(server.requests) == 5
    assert server.most_at_once == 1


async def test_the_list_of_routes_is_read_only_when_its_fingerprint_changed(
    fetch: Fetcher,
) -> None:
    """The .sha2 first, the .xml when it differs, as eHealth asks of software."""
    fingerprint = ["one"]

    async def both(request: Request, writer: asyncio.StreamWriter) -> None:
        body = fingerprint[0] if request.path == "/list.sha2" else "<x/>"
        await answering(body.encode())(request, writer)

    async with serving(both) as server:
        routes = source(
            form="ehealth-bcp", url=f"{server.url}list.xml", second_url=f"{server.url}list.sha2"
        )
        first = await fetch(routes, Validators())
        second = await fetch(routes, first.validators)
        fingerprint[0] = "two"
        third = await fetch(routes, second.validators)
    assert first.bodies == second.bodies == third.bodies == (b"<x/>",)
    assert [request.path for request in server.requests] == [
        "/list.sha2",
        "/list.xml",
        "/list.sha2",
        "/list.sha2",
        "/list.xml",
    ]


async def test_a_format_of_two_bodies_gets_both(fetch: Fetcher) -> None:
    """Uptime Kuma: the page and its heartbeats."""

    async def path(request: Request, writer: asyncio.StreamWriter) -> None:
        await answering(request.path.encode())(request, writer)

    async with serving(path) as server:
        kuma = source(form="uptime-kuma", url=f"{server.url}a", second_url=f"{server.url}b")
        got = await fetch(kuma, Validators())
    assert got.bodies == (b"/a", b"/b")


async def test_each_address_of_two_is_asked_after_by_itself(fetch: Fetcher) -> None:
    """The page of Uptime Kuma seldom changes, its heartbeats always do."""
    beats = iter("123")

    async def kuma(request: Request, writer: asyncio.StreamWriter) -> None:
        if request.path == "/beats":
            beat = next(beats)
            await answering(beat.encode(), ETag=f'"{beat}"')(request, writer)
        elif request.headers.get("if-none-match") == '"page"':
            await answering(b"", "304 Not Modified")(request, writer)
        else:
            await answering(b"page", ETag='"page"')(request, writer)

    async with serving(kuma) as server:
        pair = source(form="uptime-kuma", url=f"{server.url}page", second_url=f"{server.url}beats")
        first = await fetch(pair, Validators())
        second = await fetch(pair, first.validators)
        third = await fetch(pair, second.validators)
    assert [got.bodies for got in (first, second, third)] == [
        (b"page", b"1"),
        (b"page", b"2"),
        (b"page", b"3"),
    ]
    asked = [request.headers.get("if-none-match") for request in server.requests]
    assert asked == [None, None, '"page"', '"1"', '"page"', '"2"']


@pytest.mark.parametrize(
    ("value", "detail"),
    [
        ("7200", "HTTP 503, left alone for 2:00:00, as it asks"),
        ("100000", "HTTP 503, left alone for 1 day, 0:00:00, though it asks for longer"),
    ],
)
async def test_the_operator_reads_how_long_a_busy_source_is_left_alone(
    fetch: Fetcher, value: str, detail: str
) -> None:
    """Also that it asked for more than a day."""
    async with serving(answering(b"", "503 Busy", Retry_After=value)) as server:
        with pytest.raises(RetryLaterError) as caught:
            await fetch(source(url=server.url), Validators())
    assert caught.value.detail == detail


async def test_limits_are_those_that_were_promised() -> None:
    """5 s to connect, 10 s between bytes, 20 s in all; 2 MiB on the wire, 8 MiB decoded."""
    assert Limits() == Limits(5, 10, 20, 2 * 1024**2, 8 * 1024**2, 3)
    assert timedelta(seconds=Limits().total) == timedelta(seconds=20)
