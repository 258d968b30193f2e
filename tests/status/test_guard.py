"""Addresses that a source may not lead to; no packet is sent."""

import pytest

from bot.status.fetched import Validators
from bot.status.fetching import Fetcher
from bot.status.guard import check
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.status.samples import source

ALWAYS = [
    "169.254.169.254",
    "169.254.0.1",
    "fe80::1",
    "fd00:ec2::254",
    "168.63.129.16",
    "224.0.0.1",
    "ff02::1",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "::",
    "255.255.255.255",
    "240.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::",
    "not an address",
    "",
]
PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "::1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "fd12::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:0a00:0001::",
]
PUBLIC = ["85.91.160.10", "2a02:2c8::1", "::ffff:85.91.160.10"]


def refused(*addresses: str, allow_private: bool = False) -> bool:
    """Whether the guard refuses these addresses of one name, for the reason that it should."""
    try:
        check(addresses, allow_private=allow_private)
    except UnreadableError as error:
        return error.reason is UnreadableReason.FORBIDDEN_ADDRESS
    return False


@pytest.mark.parametrize("address", ALWAYS)
def test_link_local_metadata_and_senseless_addresses_are_always_refused(address: str) -> None:
    """Also where private sources are allowed, and however the address is wrapped."""
    assert refused(address)
    assert refused(address, allow_private=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_pass_only_where_they_are_allowed(address: str) -> None:
    """ALLOW_PRIVATE_SOURCES is for tests and demos."""
    assert refused(address)
    assert not refused(address, allow_private=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    """Version 4 and 6."""
    assert not refused(address)


def test_one_forbidden_address_among_good_ones_refuses_the_name() -> None:
    """A name that also leads inside is not to be trusted; nor is one that leads nowhere."""
    assert refused("85.91.160.10", "10.0.0.1")
    assert refused()


@pytest.mark.parametrize(
    "url",
    [
        "https://metadata.example/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1]/",
        "https://127.0.0.1/",
    ],
)
async def test_a_fetch_asks_the_guard_after_the_name_was_resolved(url: str) -> None:
    """With a resolver of the test's own: nothing is sent anywhere."""
    asked: list[str] = []

    async def resolver(host: str, port: int) -> tuple[str, ...]:
        asked.append(f"{host}:{port}")
        return ("85.91.160.10", "169.254.169.254")

    async with Fetcher("test@example.org", resolver=resolver) as fetch:
        with pytest.raises(UnreadableError) as caught:
            await fetch(source(url=url), Validators())
    assert caught.value.reason is UnreadableReason.FORBIDDEN_ADDRESS
    assert len(asked) == 1
