"""A response's body, bounded on the wire and after decoding: gzip or nothing."""

import zlib
from dataclasses import dataclass

import httpx

from bot.status.unreadable import UnreadableError, UnreadableReason

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Seconds to connect, between bytes and in all; bytes on the wire and decoded; redirects."""

    connect: float = 5
    read: float = 10
    total: float = 20
    wire: int = 2 * MIB
    decoded: int = 8 * MIB
    redirects: int = 3


async def read_body(response: httpx.Response, limits: Limits) -> bytes:
    """Reads and decodes as it comes, so that a bomb is let go of before it has grown.

    Raises UnreadableError: TOO_LARGE over either limit, ENCODING for anything but whole gzip.
    """
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:12]) > limits.wire:
        raise _too_large(limits.wire, "announced")
    decoder = _decoder(response.headers.get("content-encoding", "identity"), limits)
    received = 0
    async for chunk in response.aiter_raw():
        received += len(chunk)
        if received > limits.wire:
            raise _too_large(limits.wire, "on the wire")
        decoder.feed(chunk)
    return decoder.finish()


class _Identity:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.decoded = bytearray()

    def feed(self, chunk: bytes) -> None:
        self.decoded += chunk
        if len(self.decoded) > self.limits.decoded:
            raise _too_large(self.limits.decoded, "decoded")

    def finish(self) -> bytes:
        return bytes(self.decoded)


class _Gzip(_Identity):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.stream = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def feed(self, chunk: bytes) -> None:
        room = self.limits.decoded - len(self.decoded) + 1
        try:
            super().feed(self.stream.decompress(chunk, room))
        except zlib.error as error:
            raise UnreadableError(UnreadableReason.ENCODING, "broken gzip") from error

    def finish(self) -> bytes:
        if not self.stream.eof or self.stream.unused_data:
            raise UnreadableError(UnreadableReason.ENCODING, "gzip that breaks off or goes on")
        return super().finish()


_DECODERS = {"identity": _Identity, "": _Identity, "gzip": _Gzip, "x-gzip": _Gzip}


def _decoder(name: str, limits: Limits) -> _Identity:
    kind = _DECODERS.get(name.strip().lower())
    if kind is None:
        raise UnreadableError(UnreadableReason.ENCODING, f"content encoding {name[:40]!r}")
    return kind(limits)


def _too_large(limit: int, where: str) -> UnreadableError:
    return UnreadableError(UnreadableReason.TOO_LARGE, f"over {limit} bytes {where}")
