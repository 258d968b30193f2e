"""One good body of each format: Alpha is fine, Beta is down, Gamma is degraded or unknown."""

import json
from pathlib import Path
from typing import Any

_PAGE = Path(__file__).parent / "pages" / "dashboard.html"

TREES: dict[str, tuple[Any, ...]] = {
    "ehealth": (
        {
            "data": [
                {"id": 1, "name_fr": "Alpha", "status_name": "Operational", "status_code": 1},
                {"id": 2, "name_fr": "Beta", "status_name": "Major Outage", "status_code": 4},
                {"id": 3, "name_fr": "Gamma", "status_name": "Performances dégradées"},
            ]
        },
    ),
    "statuspage": (
        {
            "page": {"id": "p", "name": "Alpha page"},
            "components": [
                {"id": "a", "name": "Alpha", "status": "operational", "group": False},
                {"id": "b", "name": "Beta", "status": "major_outage", "group": False},
                {"id": "c", "name": "Gamma", "status": "degraded_performance"},
            ],
            "incidents": [
                {
                    "id": "i",
                    "name": "Beta is down",
                    "status": "investigating",
                    "components": [{"id": "b", "name": "Beta", "status": "operational"}],
                    "incident_updates": [{"status": "investigating", "body": "We look."}],
                }
            ],
            "scheduled_maintenances": [],
            "status": {"indicator": "none", "description": "operational"},
        },
    ),
    "cachet": (
        {
            "data": [
                {"id": 1, "name": "Alpha", "status": 1, "status_name": "Operational", "order": 0},
                {"id": 2, "name": "Beta", "status": 4, "status_name": "Major Outage", "order": 1},
                {"id": 3, "name": "Gamma", "status": 0, "status_name": "Unknown", "order": 1},
            ]
        },
    ),
    "uptime-kuma": (
        {
            "config": {"slug": "s"},
            "incident": None,
            "publicGroupList": [
                {
                    "id": 1,
                    "name": "Group",
                    "monitorList": [
                        {"id": 1, "name": "Alpha"},
                        {"id": 2, "name": "Beta"},
                        {"id": 3, "name": "Gamma"},
                    ],
                }
            ],
            "maintenanceList": [],
        },
        {
            "heartbeatList": {
                "1": [{"status": 1, "time": "2026-03-02 11:59:00.000", "ping": 50}],
                "2": [{"status": 0, "time": "2026-03-02 11:59:00.000", "ping": None}],
                "3": [{"status": 2, "time": "2026-03-02 11:59:00.000", "ping": None}],
            },
            "uptimeList": {"1_24": 1},
        },
    ),
    "gatus": (
        [
            {"name": "Alpha", "key": "a", "results": [{"success": True, "duration": 5}]},
            {"name": "Beta", "key": "b", "results": [{"success": False, "duration": 5}]},
            {"name": "Gamma", "key": "c", "results": []},
        ],
    ),
    "instatus": (
        {
            "components": [
                {"id": "a", "name": "Alpha", "status": "OPERATIONAL", "group": None},
                {
                    "id": "b",
                    "name": "Beta",
                    "status": "MAJOROUTAGE",
                    "children": [{"id": "c", "name": "Gamma", "status": "DEGRADEDPERFORMANCE"}],
                },
            ]
        },
    ),
    "betterstack": (
        {
            "data": {"type": "status_page", "attributes": {"aggregate_state": "operational"}},
            "included": [
                {
                    "id": str(number),
                    "type": "status_page_resource",
                    "attributes": {"public_name": name, "status": status},
                }
                for number, (name, status) in enumerate(
                    [("Alpha", "operational"), ("Beta", "downtime"), ("Gamma", "not_monitored")]
                )
            ],
        },
    ),
}
_FEED = b"""<rss version="2.0"><channel><title>S</title><item><title>Beta is down</title>
<guid>1</guid><description>&lt;strong>Investigating&lt;/strong> - We look.</description></item>
</channel></rss>"""
_LIST = b"""<ServiceList xmlns="urn:be:fgov:ehealth:bcp:protocol:v1" Environment="Production">
<Service Id="uddi:x:alpha:v1" Name="ALPHA"><Endpoint Order="0" Status="ACTIVE">https://a.example/
</Endpoint></Service></ServiceList>"""

GOOD: dict[str, tuple[bytes, ...]] = {
    **{form: tuple(json.dumps(tree).encode() for tree in trees) for form, trees in TREES.items()},
    "feed": (_FEED,),
    "ehealth-bcp": (_LIST,),
    "html": (_PAGE.read_bytes(),),
}


def body_of(form: str) -> bytes:
    """The first body of a format."""
    return GOOD[form][0]
