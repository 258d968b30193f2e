"""The sources that are shipped: what a machine reads, what only a person can."""

from pathlib import Path

import pytest
import yaml

from bot.knowledge.model import Source
from bot.status.readers.formats import READERS
from bot.status.sightings import sight
from bot.status.topology import Topology
from tests.status.samples import NOON, knowledge, service
from tests.status.test_html_reader import PAGE

PATH = Path(__file__).parent.parent.parent / "knowledge" / "sources.yaml"
SOURCES = {row["id"]: Source(**row) for row in yaml.safe_load(PATH.read_text(encoding="utf-8"))}


def test_only_what_was_checked_is_read() -> None:
    """The component list alone; the others wait for somebody to look at the live site."""
    base = knowledge(service("sts"), *SOURCES.values())
    assert set(Topology(base).sources) == {"ehealth"}
    assert all(each.format == "none" or each.url for each in SOURCES.values())
    assert all(each.every >= 60 for each in SOURCES.values())


def test_the_worked_example_reads_the_recorded_page() -> None:
    """The selectors that are shipped are those that a page like it needs."""
    example = SOURCES["dashboard-example"]
    got = READERS["html"]((PAGE.encode(),), (None,), example, NOON)
    seen = sight(got, Topology(knowledge(service("insurability"), example)))
    assert set(seen.by_service) == {"insurability", "eattest", "insurer-300"}
    assert seen.unmapped == ("eFact",)


LISTED = {
    "kgss": "kgss",
    "etkdepot": "ehealth-certificate",
    "iamattributeauthority": "sts",
    "iamsaml11tokenservice": "sts",
    "iamsecuritytokenservice": "sts",
    "metahub": "metahub",
    "timestampauthority": "timestamping",
    "insurability": "insurability",
    "genericinsurability": "insurability",
    "mycareneteattest": "eattest",
    "mycareneteagreement": "eagreement",
    "memberdata": "member-data",
    "mycarenettarification": "tariff-consultation",
    "mycarenettarificationmediprima": "tariff-consultation",
    "chapterivchapterivagreementadmission": "chapter-iv",
    "chapterivchapterivagreementconsultation": "chapter-iv",
    "recip-eexecutor": "recip-e",
    "recip-eprescriber": "recip-e",
}
"""Keys of the published service lists -> our services."""


@pytest.mark.parametrize(("key", "ours"), LISTED.items(), ids=LISTED)
def test_an_ordered_switch_is_known_by_its_key_in_any_version(key: str, ours: str) -> None:
    """A new version of a listed service, under a new name, is the same service."""
    body = (
        '<ServiceList xmlns="urn:be:fgov:ehealth:bcp:protocol:v1" Environment="Production">'
        f'<Service Id="uddi:ehealth-fgov-be:business:{key}:v9" Name="A NEW NAME V9">'
        '<Endpoint Order="0" Status="INACTIVE">https://a.invalid/</Endpoint>'
        '<Endpoint Order="1" Status="ACTIVE">https://b.invalid/</Endpoint>'
        "</Service></ServiceList>"
    )
    routes = SOURCES["ehealth-routes"]
    read = READERS["ehealth-bcp"]((body.encode(),), (None,), routes, NOON)
    seen = sight(read, Topology(knowledge(service(ours), routes)))
    switch = seen.by_service[ours].emergency
    assert switch is not None
    assert (switch.active, seen.unmapped) == (True, ())


def test_no_page_of_a_source_that_is_switched_off_is_shown() -> None:
    """The worked example bears an address that there is not: nobody is sent there."""
    off = {source.page for source in SOURCES.values() if not source.enabled}
    assert off
    base = knowledge(service("insurer-300"), service("ehealth-certificate"), *SOURCES.values())
    assert off.isdisjoint(Topology(base).pages.values())
