"""Sockets on the loopback that behave as a broken network does, for the tests of the transport."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

ANSWER = (
    b'{"ok":true,"result":{"message_id":7,"date":0,"chat":{"id":100,"type":"private",'
    b'"first_name":"Anna"},"text":"x"}}'
)
FULL = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER)
RESET = struct.pack("ii", 1, 0)
Behaviour = Callable[["Peer"], Awaitable[None]]


class Peer:
    """One connection, as its server sees it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def head(self) -> str:
        """The request's first lines."""
        return (await self.reader.readuntil(b"\r\n\r\n")).decode()

    async def says(self, what: bytes) -> None:
        """These bytes, as they are."""
        self.writer.write(what)
        await self.writer.drain()

    def resets(self) -> None:
        """RST instead of FIN."""
        raw: socket.socket = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.writer.close()


@asynccontextmanager
async def peer(behaviour: Behaviour) -> AsyncIterator[str]:
    """Where it listens, as host:port."""
    calls: set[asyncio.Task[None]] = set()

    async def call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        calls.add(task)
        try:
            await behaviour(Peer(reader, writer))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(call, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    yield f"{host}:{port}"
    server.close()
    for task in calls:
        task.cancel()
    await asyncio.gather(*calls, return_exceptions=True)


@contextmanager
def deaf() -> Iterator[str]:
    """A port whose queue is full: no connection to it is ever made."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for one in (first, second):
            one.settimeout(0)
            one.connect_ex(listener.getsockname())
        host, port = listener.getsockname()
        yield f"{host}:{port}"


async def silent(one: Peer) -> None:
    """Takes the request and says nothing."""
    await one.reader.read()


async def closes(one: Peer) -> None:
    """Reads the request and hangs up."""
    await one.head()


async def resets(one: Peer) -> None:
    """Reads the request and is gone."""
    await one.head()
    one.resets()


async def stops_half_way(one: Peer) -> None:
    """Begins its answer."""
    await one.head()
    await one.says(FULL[:-10])


async def stalls_half_way(one: Peer) -> None:
    """Begins its answer and never ends it."""
    await one.head()
    await one.says(FULL[:-10])
    await one.reader.read()


async def babbles(one: Peer) -> None:
    """Does not speak HTTP."""
    await one.head()
    await one.says(b"220 smtp.example ESMTP\r\n")


async def answers(one: Peer) -> None:
    """As Telegram does."""
    await one.head()
    await one.says(FULL)


async def refuses_tunnels(one: Peer) -> None:
    """A proxy that wants to know who asks."""
    await one.head()
    await one.says(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
