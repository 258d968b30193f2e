"""Status pages that speak JSON: what each variant of a format reads as."""

import json
from typing import Any

import pytest

from bot.status.model import Phase, Reading, State
from bot.status.readers.formats import READERS
from bot.status.reading_json import as_json
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.status.samples import NOON


def read(form: str, *trees: Any) -> Reading:
    """The reading of these trees, as UTF-8 JSON without a charset in any header."""
    bodies = tuple(json.dumps(tree).encode() for tree in trees)
    return READERS[form](bodies, (None,) * len(bodies), None, NOON)


def states(form: str, *trees: Any) -> dict[str, str]:
    """State words by component name, as `python -m bot read --json` prints them."""
    components: dict[str, str] = as_json(read(form, *trees))["components"]
    return components


def refused(form: str, *trees: Any) -> UnreadableReason:
    """The reason for which a reader refuses."""
    with pytest.raises(UnreadableError) as caught:
        read(form, *trees)
    return caught.value.reason


EHEALTH = {
    "id": 7,
    "name_fr": "Gestion de session",
    "name_nl": "Sessiebeheer",
    "group_name_nl": "eHealth Platform Services",
    "status_name": "Operational",
    "status_code": 1,
    "last_updated": "2026-03-02 12:59:00",
}


@pytest.mark.parametrize(
    ("name", "code", "state"),
    [
        ("Operational", 1, "operational"),
        ("Opérationnel", None, "operational"),
        ("Operationeel", 1, "operational"),
        ("Degraded Performance", 2, "degraded"),
        ("Performance Issues", 2, "degraded"),
        ("Gedeeltelijke storing", 3, "partial_outage"),
        ("Panne majeure", 4, "major_outage"),
        ("Under Maintenance", 6, "maintenance"),
        ("Operational", 4, "major_outage"),
        ("Major Outage", 1, "major_outage"),
        ("Tout va bien", 1, "unknown"),
        (None, 1, "unknown"),
        ("Tout va bien", 4, "major_outage"),
        ("Operational", True, "operational"),
    ],
)
def test_ehealth_trusts_the_word_and_lets_the_code_only_worsen(
    name: str | None, code: Any, state: str
) -> None:
    """What a code means is not published: it never makes a component fine."""
    fine = {**EHEALTH, "name_fr": "Autre", "name_nl": "Andere"}
    row = {**EHEALTH, "status_name": name, "status_code": code}
    assert states("ehealth", [row, fine])["Gestion de session"] == state


def test_ehealth_reads_a_list_and_a_data_object_and_names_in_both_languages() -> None:
    """The one client that is known accepts both shapes."""
    both = {"Gestion de session": "operational", "Sessiebeheer": "operational"}
    assert states("ehealth", [EHEALTH]) == states("ehealth", {"data": [EHEALTH, "x"]}) == both


@pytest.mark.parametrize("tree", [[], {"data": []}, {"data": None}, {}, "x", 5, [1, 2], [{"a": 1}]])
def test_ehealth_refuses_a_page_without_components(tree: Any) -> None:
    """An empty page is not a page on which all is fine."""
    assert refused("ehealth", tree) is UnreadableReason.NOT_THE_FORMAT


STATUSPAGE: dict[str, Any] = {
    "page": {"id": "p"},
    "components": [
        {"id": "a", "name": "API", "status": "operational"},
        {"id": "b", "name": "Web", "status": "full_outage"},
        {"id": "c", "name": "API", "status": "partial_outage"},
        {"id": "d", "name": "New", "status": "on_fire"},
    ],
    "incidents": [
        {
            "id": "i",
            "name": "Slow API",
            "status": "monitoring",
            "impact": "minor",
            "created_at": "2026-03-02T11:00:00+01:00",
            "components": [{"id": "a", "name": "API"}],
        }
    ],
    "scheduled_maintenances": [
        {
            "id": "m",
            "name": "Work",
            "status": "verifying",
            "scheduled_for": "2026-03-02T10:00:00Z",
            "scheduled_until": "2026-03-02T14:00:00Z",
        }
    ],
}


def test_statuspage_keeps_the_worse_of_two_components_with_one_name() -> None:
    """A second "API" in another group must not hide the first one's trouble."""
    assert states("statuspage", STATUSPAGE) == {
        "API": "partial_outage",
        "Web": "major_outage",
        "New": "unknown",
    }


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Operativo", "operational"),
        ("Operacional", "operational"),
        ("Rendimiento degradado", "degraded"),
        ("Problemas de rendimiento", "degraded"),
        ("Desempenho degradado", "degraded"),
        ("Interrupción parcial", "partial_outage"),
        ("Interrupção parcial", "partial_outage"),
        ("Interrupción grave", "major_outage"),
        ("Interrupção total", "major_outage"),
        ("En mantenimiento", "maintenance"),
        ("Em manutenção", "maintenance"),
        ("No operativo", "unknown"),
        ("Parcialmente operativo", "unknown"),
    ],
)
def test_state_words_are_read_in_spanish_and_portuguese(word: str, state: str) -> None:
    """A word that is not in the table is unknown, however much of one stands in it."""
    page = {"page": {}, "components": [{"id": "a", "name": "API", "status": word}]}
    assert states("statuspage", page) == {"API": state}


def test_statuspage_reads_incidents_and_windows() -> None:
    """Phases in canonical words, times in UTC, affected components by name."""
    got = as_json(read("statuspage", STATUSPAGE))
    assert got["incidents"] == [
        {
            "id": "i",
            "title": "Slow API",
            "phase": "monitoring",
            "started_at": "2026-03-02T10:00:00+00:00",
            "resolved_at": None,
            "components": ["API"],
        }
    ]
    assert got["maintenances"][0]["phase"] == "in_progress"
    assert got["maintenances"][0]["ends_at"] == "2026-03-02T14:00:00+00:00"


@pytest.mark.parametrize("key", ["components", "incidents", "scheduled_maintenances"])
def test_each_statuspage_list_is_read_by_itself(key: str) -> None:
    """components.json, incidents.json and scheduled-maintenances.json each hold one list."""
    got = as_json(read("statuspage", {"page": {}, key: STATUSPAGE[key]}))
    wanted = as_json(read("statuspage", STATUSPAGE))
    shown = {"scheduled_maintenances": "maintenances"}.get(key, key)
    assert got[shown] == wanted[shown]


def test_incident_io_widget_and_rootly_are_read() -> None:
    """Pages that speak nearly the same shape."""
    widget = {
        "ongoing_incidents": [
            {
                "id": "1",
                "name": "Down",
                "status": "investigating",
                "current_worst_impact": "full_outage",
                "affected_components": [{"id": "c", "name": "API"}],
            }
        ],
        "in_progress_maintenances": [],
        "scheduled_maintenances": [{"id": "2", "name": "W", "status": "maintenance_scheduled"}],
    }
    got = read("statuspage", widget)
    assert got.incidents[0].impact is State.MAJOR_OUTAGE
    assert got.incidents[0].services == ("API",)
    assert got.maintenances[0].phase is Phase.SCHEDULED
    rootly = {"page": {"name": "A"}, "status": {"indicator": "none"}, "incidents": []}
    assert as_json(read("statuspage", rootly))["components"] == {}


@pytest.mark.parametrize(
    "tree",
    [
        {},
        [],
        {"page": {}},
        {"components": "all fine"},
        {"components": [1, 2]},
        {"components": [], "incidents": {}},
        {"page": 5, "components": []},
    ],
)
def test_statuspage_refuses_what_is_mistyped(tree: Any) -> None:
    """A list that is no list is another format."""
    assert refused("statuspage", tree) is UnreadableReason.NOT_THE_FORMAT


def test_cachet_3_is_read_as_json_api() -> None:
    """`{human, value}` and `{human, string}` stand where version 2 had plain values."""
    row = {
        "id": "1",
        "type": "components",
        "attributes": {"name": "API", "status": {"human": "Under maintenance", "value": 6}},
    }
    incident = {
        "id": "2",
        "type": "incidents",
        "attributes": {
            "name": "Down",
            "status": {"human": "Watching", "value": 3},
            "created": {"human": "1 hour ago", "string": "2026-03-02T11:00:00Z"},
        },
    }
    got = as_json(read("cachet", {"data": [row, incident]}))
    assert got["components"] == {"API": "maintenance"}
    assert got["incidents"][0]["phase"] == "monitoring"
    assert got["incidents"][0]["started_at"] == "2026-03-02T11:00:00+00:00"


@pytest.mark.parametrize(
    ("status", "name", "state"),
    [
        (1, "Operational", "operational"),
        (1, "Geht", "operational"),
        (1, "Panne majeure", "major_outage"),
        (4, "Major Outage", "major_outage"),
        (0, "Unknown", "unknown"),
        (9, "Operational", "unknown"),
        ("2", "Performance Issues", "degraded"),
        (True, "Operational", "unknown"),
    ],
)
def test_cachet_counts_the_number_and_lets_the_name_only_worsen(
    status: Any, name: str, state: str
) -> None:
    """A number outside the table is unknown, whatever the name says."""
    row = {"id": 1, "name": "API", "status": status, "status_name": name, "group_id": 0}
    assert states("cachet", {"data": [row]}) == {"API": state}


def test_a_cachet_incident_without_its_fields_is_no_component() -> None:
    """Status 1 of an incident means investigating; it must never be read as operational."""
    incident = {"id": 1, "name": "Down", "status": 1}
    assert refused("cachet", {"data": [incident]}) is UnreadableReason.NOT_THE_FORMAT


KUMA_PAGE = {
    "config": {"slug": "all"},
    "incident": {"id": 1, "style": "danger", "title": "Down", "content": "x", "active": True},
    "publicGroupList": [
        {
            "name": "G",
            "monitorList": [
                {"id": 1, "name": "Up"},
                {"id": 2, "name": "Down"},
                {"id": 3, "name": "Pending"},
                {"id": 4, "name": "Work"},
                {"id": 5, "name": "Gap"},
            ],
        }
    ],
    "maintenanceList": [{"id": 1, "title": "W", "status": "under-maintenance", "timeslotList": []}],
}
KUMA_BEATS = {
    "heartbeatList": {
        "1": [{"status": 0}, {"status": 1, "time": "2026-03-02 11:59:00.000", "ping": 68}],
        "2": [{"status": 0}],
        "3": [{"status": 2}],
        "4": [{"status": 3}],
        "5": [{"status": 1}, 0],
    }
}


def test_uptime_kuma_takes_the_last_beat_of_each_monitor_in_either_order_of_bodies() -> None:
    """Down, pending, maintenance; 0 marks a place without a beat."""
    wanted = {
        "Up": "operational",
        "Down": "major_outage",
        "Pending": "unknown",
        "Work": "maintenance",
        "Gap": "operational",
    }
    assert states("uptime-kuma", KUMA_PAGE, KUMA_BEATS) == wanted
    assert states("uptime-kuma", KUMA_BEATS, KUMA_PAGE) == wanted
    got = read("uptime-kuma", KUMA_PAGE, KUMA_BEATS)
    assert [incident.title for incident in got.incidents] == ["Down"]
    assert got.maintenances[0].phase is Phase.IN_PROGRESS
    assert got.components[0].response_seconds == 0.068


@pytest.mark.parametrize("trees", [(KUMA_PAGE,), (KUMA_BEATS,), (KUMA_PAGE, KUMA_PAGE)])
def test_uptime_kuma_needs_both_bodies(trees: tuple[Any, ...]) -> None:
    """A page alone tells no state."""
    assert refused("uptime-kuma", *trees) is UnreadableReason.NOT_THE_FORMAT


def test_gatus_reads_a_list_and_a_single_endpoint() -> None:
    """The last result decides; the duration is in nanoseconds."""
    endpoint = {
        "name": "sts",
        "group": "core",
        "key": "core_sts",
        "results": [{"success": True}, {"success": True, "duration": 4_500_000_000}],
    }
    assert states("gatus", [endpoint]) == states("gatus", endpoint) == {"sts": "operational"}
    assert read("gatus", [endpoint]).components[0].response_seconds == 4.5
    assert states("gatus", [{**endpoint, "results": None}]) == {"sts": "unknown"}
    assert refused("gatus", []) is UnreadableReason.NOT_THE_FORMAT


def test_instatus_reads_summary_components_and_nested_children() -> None:
    """Words in capitals without spaces; a maintenance lasts so many minutes."""
    summary = {
        "page": {"name": "A", "status": "HASISSUES"},
        "activeIncidents": [
            {"id": "1", "name": "Down", "status": "IDENTIFIED", "impact": "PARTIALOUTAGE"}
        ],
        "activeMaintenances": [
            {
                "id": "2",
                "name": "W",
                "status": "NOTSTARTEDYET",
                "start": "2026-03-02T13:00:00Z",
                "duration": "60",
            }
        ],
    }
    got = read("instatus", summary)
    assert (got.incidents[0].phase, got.incidents[0].impact) == (
        Phase.IDENTIFIED,
        State.PARTIAL_OUTAGE,
    )
    maintenance = as_json(got)["maintenances"][0]
    assert (maintenance["phase"], maintenance["ends_at"]) == (
        "scheduled",
        "2026-03-02T14:00:00+00:00",
    )
    components = [
        {
            "id": "g",
            "name": "Group",
            "status": "OPERATIONAL",
            "children": [{"id": "c", "name": "Child", "status": "MAJOROUTAGE"}],
        },
        {"id": "d", "name": "Slow", "status": "DEGRADEDPERFORMANCE", "group": {"name": "Group"}},
    ]
    assert states("instatus", {"components": components}) == {
        "Group": "operational",
        "Child": "major_outage",
        "Slow": "degraded",
    }
    assert states("instatus", {"page": {"status": "UP"}, "activeMaintenances": None}) == {}
    assert refused("instatus", {"page": {"status": []}}) is UnreadableReason.NOT_THE_FORMAT


def test_better_stack_reads_resources_and_reports() -> None:
    """Resources bear states; a report is an incident, or a maintenance by its type."""
    tree = {
        "data": {"id": "9", "type": "status_page", "attributes": {"aggregate_state": "degraded"}},
        "included": [
            _resource("1", "API", "operational"),
            _resource("2", "Web", "downtime"),
            _resource("3", "Dark", "not_monitored"),
            _resource("4", "None", None),
            _report("5", "Web is down", "manual", "2026-03-02T11:00:00Z", "downtime"),
            _report("6", "Old", "manual", "2026-03-01T11:00:00Z", "resolved"),
            _report("7", "Work", "maintenance", "2026-03-03T11:00:00Z", "maintenance"),
        ],
    }
    got = as_json(read("betterstack", tree))
    assert got["components"] == {
        "API": "operational",
        "Web": "major_outage",
        "Dark": "unknown",
        "None": "unknown",
    }
    assert [(one["title"], one["phase"]) for one in got["incidents"]] == [
        ("Web is down", "investigating"),
        ("Old", "resolved"),
    ]
    assert got["incidents"][0]["components"] == ["Web"]
    assert [(one["title"], one["phase"]) for one in got["maintenances"]] == [("Work", "scheduled")]


def _resource(key: str, name: str, status: str | None) -> dict[str, Any]:
    return {
        "id": key,
        "type": "status_page_resource",
        "attributes": {"public_name": name, "status": status},
    }


def _report(key: str, title: str, kind: str, starts_at: str, state: str) -> dict[str, Any]:
    return {
        "id": key,
        "type": "status_report",
        "attributes": {
            "title": title,
            "report_type": kind,
            "starts_at": starts_at,
            "ends_at": None,
            "aggregate_state": state,
            "affected_resources": [{"status_page_resource_id": "2", "status": "downtime"}],
        },
    }


def test_a_history_out_of_order_counts_by_its_worse_end() -> None:
    """The last entry decides; where another one is newer, nobody knows which is meant."""
    fine, down = {"success": True}, {"success": False}
    early, late = {"timestamp": "2026-03-02T11:00:00Z"}, {"timestamp": "2026-03-02T11:05:00Z"}
    mixed = [{**fine, **early}, {**down, **late}, {**fine, **early}]
    assert states("gatus", [{"name": "A", "results": mixed}]) == {"A": "major_outage"}
    assert states("gatus", [{"name": "A", "results": mixed[1::-1]}]) == {"A": "major_outage"}
    sound = [{**down, **early}, {**fine, **late}]
    assert states("gatus", [{"name": "A", "results": sound}]) == {"A": "operational"}
