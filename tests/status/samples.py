"""Small parts that the tests of the status room share."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.knowledge.base import Knowledge
from bot.knowledge.model import Localized, LocalizedLists, Selectors, Service, Source
from bot.status.model import Component, Reading, State

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A moment in no daylight saving time, at which tests begin."""


def after(**parts: float) -> datetime:
    """NOON and so much."""
    return NOON + timedelta(**parts)


def names(word: str) -> Localized:
    """The same word in the four languages."""
    return Localized(fr=word, nl=word, de=word, en=word)


def service(name: str, **fields: Any) -> Service:
    """A service with this id and whatever else is given."""
    return Service(
        id=name,
        code="AAA",
        names=names(name),
        aliases=LocalizedLists(fr=(name,), nl=(name,), de=(name,), en=(name,)),
        professions=("all",),
        **fields,
    )


def source(name: str = "pages", form: Any = "statuspage", **fields: Any) -> Source:
    """A source; without `services`, it shows a component for each of sts and recip-e."""
    return Source(
        id=name,
        names=names(name),
        format=form,
        url=fields.pop("url", f"https://{name}.example/"),
        page=f"https://{name}.example/page",
        services=fields.pop("services", {"sts": "sts", "recip-e": "recip-e"}),
        **fields,
    )


def knowledge(*parts: Service | Source) -> Knowledge:
    """A knowledge base of these services and sources; sts and recip-e where none is given."""
    services = [part for part in parts if isinstance(part, Service)]
    services = services or [service("sts"), service("recip-e", depends_on=("sts",))]
    sources = [part for part in parts if isinstance(part, Source)]
    return Knowledge(
        professions={},
        services={each.id: each for each in services},
        sources={each.id: each for each in sources},
        contacts={},
        references={},
        procedures={},
    )


def reading(states: Mapping[str, State], name: str = "pages", **fields: Any) -> Reading:
    """A reading whose components bear the names of services."""
    return Reading(
        source=name,
        read_at=fields.pop("read_at", NOON),
        components=tuple(Component(key, (key,), state) for key, state in states.items()),
        **fields,
    )


SELECTORS = Selectors(
    rows="table.services tbody tr",
    name="td.name",
    state="td.state span",
    response_time="td.time",
    updated_at="p.updated time",
    canary="h1.dashboard",
    no_incidents="p.no-incidents",
    words={
        "Disponible": "operational",
        "Perturbé": "degraded",
        "Indisponible": "major_outage",
        "state-ok": "operational",
        "state-slow": "degraded",
        "state-down": "major_outage",
    },
)
