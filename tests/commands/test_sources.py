"""`sources`: each source read now over real HTTP, with what was understood or why not."""

import gzip
import json
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import yaml

from bot.commands.sources import print_sources
from bot.settings import CHECKOUT_KNOWLEDGE, Settings
from tests.status.far_sides import (
    Behaviour,
    answering,
    hanging_up,
    redirecting,
    senseless,
    serving,
    streaming,
)

COMPONENTS = json.dumps([{"id": 1, "name_fr": "STS", "status_name": "Operational"}]).encode()
PLACES = {
    "page": {},
    "components": [
        {"id": "a", "name": "STS", "status": "operational"},
        {"id": "b", "name": "New", "status": "operational"},
        {"id": "c", "name": "Odd", "status": "wobbly"},
    ],
    "incidents": [{"id": "i", "name": "Slow", "status": "identified", "components": []}],
}
ROUTES = b"""<ServiceList xmlns="urn:be:fgov:ehealth:bcp:protocol:v1" Environment="Production">
<Service Id="x:sts:v1" Name="STS V1"><Endpoint Order="0" Status="INACTIVE">https://a.invalid/</Endpoint>
<Endpoint Order="1" Status="ACTIVE">https://b.invalid/</Endpoint></Service></ServiceList>"""
BAD: Mapping[str, tuple[Behaviour, str]] = {
    "circle": (redirecting("/"), "redirect"),
    "elsewhere": (redirecting("https://elsewhere.invalid/"), "redirect"),
    "endless": (streaming(b"x" * 65536), "too_large"),
    "longer-than-told": (answering(COMPONENTS, length=10), "not_the_format"),
    "shorter-than-told": (answering(COMPONENTS, length=5000), "unreachable"),
    "bomb": (answering(gzip.compress(b"0" * 10**7), Content_Encoding="gzip"), "too_large"),
    "hangs-up": (hanging_up, "unreachable"),
    "no-http": (senseless, "unreachable"),
    "unasked-304": (answering(b"", "304 Not Modified"), "http_status"),
    "error": (answering(b"", "500 Oops"), "http_status"),
    "html": (answering(b"<!doctype html><html></html>"), "not_the_format"),
}


@pytest.fixture(name="settings")
async def _settings(tmp_path: Path) -> AsyncIterator[Settings]:
    """The shipped knowledge, but for its sources: three good servers, many bad ones, a dead one."""
    folder = tmp_path / "knowledge"
    shutil.copytree(CHECKOUT_KNOWLEDGE, folder)
    good = {
        "fine": ("ehealth", answering(COMPONENTS)),
        "page": ("statuspage", answering(json.dumps(PLACES).encode())),
        "routes": ("ehealth-bcp", answering(ROUTES)),
    }
    bad = {name: ("ehealth", behaviour) for name, (behaviour, _) in BAD.items()}
    async with AsyncExitStack() as stack:
        rows = []
        for name, (form, behaviour) in (good | bad).items():
            server = await stack.enter_async_context(serving(behaviour))
            rows.append(row(name, form, server.url))
        async with serving(senseless) as gone:
            rows.append(row("dead", "ehealth", gone.url))
        (folder / "sources.yaml").write_text(yaml.safe_dump(rows))
        yield Settings(
            _env_file=None, data_dir=tmp_path, knowledge_dir=folder, allow_private_sources=True
        )


def row(name: str, form: str, url: str) -> dict[str, object]:
    """An entry of sources.yaml."""
    return {
        "id": name,
        "names": dict.fromkeys(("fr", "nl", "de", "en"), name),
        "format": form,
        "url": url,
        "page": "https://page.invalid",
        "services": {"STS": "sts", "STS V1": "sts"},
    }


async def test_each_source_is_told_with_its_reason(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that cannot be read makes the command fail; the others are read all the same."""
    assert await print_sources(settings, as_json=True) == 1
    told = {one["source"]: one for one in json.loads(capsys.readouterr().out)}
    reasons = {name: told[name]["reason"] for name in BAD}
    assert reasons == {name: expected for name, (_, expected) in BAD.items()}
    assert told["dead"]["reason"] == "unreachable"
    assert (told["fine"]["reason"], told["fine"]["components"]) == (None, {"STS": "operational"})
    assert told["page"]["unmapped"] == ["New", "Odd"]
    assert [one["title"] for one in told["page"]["incidents"]] == ["Slow"]
    assert told["routes"]["emergency"] == {"STS V1": {"active": True, "route": "b.invalid"}}


async def test_a_person_reads_what_was_understood_and_what_not(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Components, incidents and routes; what nobody mapped; unknown words; why not."""
    await print_sources(settings, as_json=False)
    told = capsys.readouterr().out
    assert "fine (ehealth) https://page.invalid\n  operational: STS\n" in told
    assert "  unknown: Odd\n" in told
    assert "  incident, identified: Slow\n" in told
    assert "  not listed in sources.yaml: New\n" in told
    assert "wobbly" in told
    assert "  emergency route on: STS V1\n" in told
    assert "  not read: redirect: more than 3 redirects\n" in told
