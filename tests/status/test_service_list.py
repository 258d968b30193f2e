"""The list of emergency routes: declared detours, never health."""

import pytest

from bot.status.model import Reading
from bot.status.readers.formats import READERS
from bot.status.reading_json import as_json
from bot.status.unreadable import UnreadableError
from tests.status.samples import NOON

NORMAL = ((0, "ACTIVE", "main.example"), (1, "INACTIVE", "detour.example"))
DETOUR = ((0, "INACTIVE", "main.example"), (1, "ACTIVE", "detour.example"))

Routes = tuple[tuple[object, str, str], ...]


def listed(*services: tuple[str, Routes], version: int = 1) -> bytes:
    """A service list; version 2 wraps the endpoints."""
    rows = []
    for name, routes in services:
        endpoints = "".join(
            f'<Endpoint Order="{order}" Status="{status}">https://{host}/a</Endpoint>'
            for order, status, host in routes
        )
        if version > 1:
            endpoints = f"<EndpointList>{endpoints}</EndpointList><Cache/>"
        rows.append(f'<Service Id="uddi:x:{name}:v1" Name="{name}">{endpoints}</Service>')
    return (
        f'<ServiceList xmlns="urn:be:fgov:ehealth:bcp:protocol:v{version}"'
        ' Environment="Production" IssueInstant="2026-03-02T09:23:19.375+01:00">'
        f'{"".join(rows)}<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></ServiceList>'
    ).encode()


def read(body: bytes) -> Reading:
    """The reading of a list."""
    return READERS["ehealth-bcp"]((body,), (None,), None, NOON)


@pytest.mark.parametrize("version", [1, 2])
def test_a_detour_is_told_with_its_host_and_beginning(version: int) -> None:
    """The normal route off and another on: software switches by itself."""
    got = read(listed(("MCN", DETOUR), ("STS", NORMAL), version=version))
    assert as_json(got)["emergency"] == {
        "MCN": {"active": True, "route": "detour.example"},
        "STS": {"active": False, "route": None},
    }
    assert got.components == ()
    assert got.issued_at is not None
    assert got.issued_at.isoformat() == "2026-03-02T08:23:19.375000+00:00"
    assert got.emergency[0].key == "uddi:x:MCN"


@pytest.mark.parametrize(
    "routes",
    [
        ((0, "INACTIVE", "a.example"),),
        ((0, "ON", "a.example"), (1, "ACTIVE", "b.example")),
        (("x", "ACTIVE", "a.example"),),
        ((0, "ACTIVE", "a.example"), (0, "INACTIVE", "b.example")),
        ((1, "ACTIVE", "a.example"),),
        (),
    ],
)
def test_routes_that_make_no_sense_are_left_out_and_remarked(routes: Routes) -> None:
    """No active route, unknown words, normal routes that disagree: for the operator to look at."""
    got = read(listed(("ODD", routes), ("STS", NORMAL)))
    assert [switch.name for switch in got.emergency] == ["STS"]
    assert "ODD" in got.remarks[0]


@pytest.mark.parametrize(
    ("hosts", "route"),
    [(("", "b.example"), "b.example"), (("b.example", ""), "b.example"), (("", ""), None)],
)
def test_a_detour_without_a_host_is_a_detour_all_the_same(
    hosts: tuple[str, str], route: str | None
) -> None:
    """It does not make the list unreadable; of two in one place, the one that has a host."""
    routes = ((0, "INACTIVE", "a.example"), (1, "ACTIVE", hosts[0]), (1, "ACTIVE", hosts[1]))
    got = read(listed(("MCN", routes), ("STS", NORMAL)))
    assert as_json(got)["emergency"]["MCN"] == {"active": True, "route": route}


def test_normal_routes_that_agree_are_one() -> None:
    """Two addresses of the normal route, both on or both off."""
    both = ((0, "INACTIVE", "a.example"), (0, "INACTIVE", "b.example"), (1, "ACTIVE", "c.example"))
    assert as_json(read(listed(("MCN", both))))["emergency"]["MCN"]["active"]


def test_the_normal_route_beside_a_detour_is_normal_and_remarked() -> None:
    """Two active routes: the first in order is the one that software takes."""
    got = read(listed(("TWO", ((0, "ACTIVE", "a.example"), (1, "ACTIVE", "b.example")))))
    assert not got.emergency[0].active
    assert "both active" in got.remarks[0]


@pytest.mark.parametrize(
    "body",
    [
        listed(),
        listed(("STS", NORMAL), version=3),
        listed(("ODD", ())),
        b"<ServiceList/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + listed(("STS", NORMAL)),
        listed(("STS", NORMAL))[:-20],
    ],
)
def test_a_list_that_cannot_be_trusted_is_refused(body: bytes) -> None:
    """Empty, of an unknown version, senseless, with a document type, truncated."""
    with pytest.raises(UnreadableError):
        read(body)
