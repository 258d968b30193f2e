"""Servers on loopback that behave well or badly, in raw bytes so that nothing mends them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Behaviour = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Request:
    """What a client asked: the path, and its headers in small letters."""

    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """A server on loopback; `requests` holds what was asked of it."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    open_at_once: int = 0
    most_at_once: int = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/"


@asynccontextmanager
async def serving(
    behaviour: Behaviour, *, greedy: bool = False, port: int = 0
) -> AsyncIterator[Server]:
    """Runs a server until the block ends. `greedy`: it answers whatever bytes come first.

    `port`: one that is free again, to come back under the same address.
    """
    server = Server()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.open_at_once += 1
        server.most_at_once = max(server.most_at_once, server.open_at_once)
        try:
            request = await (_anything(reader) if greedy else _request(reader))
            server.requests.append(request)
            await behaviour(request, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return
        finally:
            server.open_at_once -= 1
            writer.close()

    listener = await asyncio.start_server(handle, "127.0.0.1", port)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()


async def _anything(reader: asyncio.StreamReader) -> Request:
    await reader.read(1)
    return Request("", {})


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.split("\r\n")
    pairs = (line.partition(":") for line in rest if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Request(first.split(" ")[1], headers)


def answering(
    body: bytes = b"[]", status: str = "200 OK", length: int | None = None, **headers: str
) -> Behaviour:
    """Answers each request alike. `length`: the announced one, where it lies."""

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        del request
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()

    return answer


def redirecting(location: str) -> Behaviour:
    """Sends everybody elsewhere."""
    return answering(b"", "302 Found", Location=location)


def streaming(chunk: bytes, pause: float = 0.0) -> Behaviour:
    """Sends a body that does not end."""

    async def stream(request: Request, writer: asyncio.StreamWriter) -> None:
        del request
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not writer.is_closing():
            writer.write(chunk)
            await writer.drain()
            await asyncio.sleep(pause)

    return stream


async def silent(request: Request, writer: asyncio.StreamWriter) -> None:
    """Takes the request and never answers."""
    del request, writer
    await asyncio.sleep(3600)


async def senseless(request: Request, writer: asyncio.StreamWriter) -> None:
    """Answers in no protocol."""
    del request
    writer.write(b"\x16\x03\x01 hello\r\n\r\n")
    await writer.drain()


async def hanging_up(request: Request, writer: asyncio.StreamWriter) -> None:
    """Closes without a word."""
    del request, writer
