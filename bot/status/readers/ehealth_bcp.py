"""The service list by which eHealth orders practice software to switch routes (v1 and v2).

It tells the emergency route only, never health: nothing is green by it. The endpoints that it
lists are not called. https://www.ehealth.fgov.be/nl/support/tools/ehealth-business-continuity-plan
"""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from bot.knowledge.model import Source
from bot.status.model import Reading
from bot.status.readers.dates import parse_date
from bot.status.readers.jsontree import not_the_format
from bot.status.readers.protocol import Bodies, ContentTypes, Remarks, content_type_of, source_id
from bot.status.readers.text import clean
from bot.status.readers.xmltree import children, local, namespace, parse_xml
from bot.status.switch import EmergencySwitch

_NAMESPACES = frozenset(
    {"urn:be:fgov:ehealth:bcp:protocol:v1", "urn:be:fgov:ehealth:bcp:protocol:v2"}
)
_VERSION = re.compile(r":v\d+$")
_STATUSES = {"ACTIVE": True, "INACTIVE": False}


def read(
    bodies: Bodies, content_types: ContentTypes, source: Source | None, read_at: datetime
) -> Reading:
    """See `Reader`. A service whose routes make no sense is left out and remarked."""
    root = parse_xml(bodies[0], content_type_of(content_types))
    if local(root) != "ServiceList" or namespace(root) not in _NAMESPACES:
        raise not_the_format("no ServiceList of a known version")
    services = list(children(root, "Service"))
    if not services:
        raise not_the_format("the list names no service")
    remarks = Remarks()
    if root.get("Environment") != "Production":
        remarks.note(f"environment {root.get('Environment')!r}, not Production")
    found = (_switch(service, remarks) for service in services)
    switches = tuple(switch for switch in found if switch)
    if not switches:
        raise not_the_format("no service whose routes can be read")
    return Reading(
        source=source_id(source),
        read_at=read_at,
        emergency=switches,
        issued_at=parse_date(root.get("IssueInstant")),
        remarks=remarks.all(),
    )


def _switch(service: Element, remarks: Remarks) -> EmergencySwitch | None:
    name, key = clean(service.get("Name") or ""), clean(service.get("Id") or "")
    routes = list(_routes(service))
    normal = [active for order, active, _ in routes if order == 0]
    if not name or not key or len(set(normal)) != 1 or any(None in route[:2] for route in routes):
        remarks.note(f"routes of {name or key or 'a service without name'!r} are not understood")
        return None
    detours = sorted(
        (order or 0, not host, host or "") for order, active, host in routes if active and order
    )
    if not normal[0] and not detours:
        remarks.note(f"no active route for {name!r}")
        return None
    if normal[0] and detours:
        remarks.note(f"normal and emergency route of {name!r} are both active")
    switched = not normal[0]
    route = (detours[0][2] or None) if switched else None
    return EmergencySwitch(name, _VERSION.sub("", key), switched, route)


def _routes(service: Element) -> Iterator[tuple[int | None, bool | None, str | None]]:
    """Order, whether active (None: a word that is not known), and host of each endpoint."""
    lists = [service, *children(service, "EndpointList")]
    for holder in lists:
        for endpoint in children(holder, "Endpoint"):
            order = endpoint.get("Order") or ""
            number = int(order[:3]) if order.isascii() and order.isdigit() else None
            yield number, _STATUSES.get(endpoint.get("Status") or ""), _host(endpoint)


def _host(endpoint: Element) -> str | None:
    try:
        return urlsplit((endpoint.text or "").strip()).hostname
    except ValueError:
        return None
