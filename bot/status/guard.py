"""Which addresses a source may be read from, decided after its name was resolved.

So that a name in sources.yaml, or a redirect, cannot make us read our own network or a cloud's
metadata service: https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
"""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from typing import Any

from bot.status.unreadable import UnreadableError, UnreadableReason

Resolver = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""Gives the addresses of a host name and port. Raises OSError where there are none."""

_METADATA = frozenset({ip_address("168.63.129.16"), ip_address("fd00:ec2::254")})
_TRANSLATED = tuple(ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48"))


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses that the system's resolver knows, each once.

    Asked in a thread that nobody waits for: a name server that hangs must not hold up the readers,
    who share the loop's own threads, nor the end of the process.
    """
    found = asyncio.get_running_loop().create_future()
    Thread(target=_look_up, args=(found, host, port), daemon=True).start()
    return tuple(dict.fromkeys(str(address[4][0]).partition("%")[0] for address in await found))


def _look_up(found: asyncio.Future[Any], host: str, port: int) -> None:
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        settle = partial(_settle, found, found.set_exception, error)
    else:
        settle = partial(_settle, found, found.set_result, addresses)
    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody asks any more
        found.get_loop().call_soon_threadsafe(settle)


def _settle(found: asyncio.Future[Any], tell: Callable[[Any], None], answer: object) -> None:
    if not found.done():  # whoever asked may have given up
        tell(answer)


def check(addresses: Iterable[str], *, allow_private: bool) -> tuple[str, ...]:
    """The addresses, all of them fit to be read from.

    Raises UnreadableError FORBIDDEN_ADDRESS if one is not: a name that also leads inside is not
    to be trusted. `allow_private` lets loopback and private networks pass, never link-local,
    multicast or metadata addresses.
    """
    found = tuple(addresses)
    if not found or any(not _fit(address, allow_private=allow_private) for address in found):
        raise UnreadableError(UnreadableReason.FORBIDDEN_ADDRESS, "leads to a forbidden address")
    return found


def _fit(text: str, *, allow_private: bool) -> bool:
    try:
        address = _plain(ip_address(text))
    except ValueError:
        return False
    if address in _METADATA or address.is_multicast or address.is_link_local:
        return False
    if address.is_unspecified or (address.is_reserved and not address.is_loopback):
        return False
    return address.is_global or (allow_private and address.is_private)


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address carries within it, where it carries one."""
    if isinstance(address, IPv4Address):
        return address
    if any(address in network for network in _TRANSLATED):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address
