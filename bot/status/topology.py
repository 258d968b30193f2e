"""What the knowledge base says of how services hang together, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.base import Knowledge
from bot.knowledge.model import Service, Source
from bot.status.readers.text import fold

ANY = "*"
"""In a source's `services`: what its incidents concern that name no component."""


@dataclass(frozen=True)
class Topology:
    """Read-only; built from a knowledge base and kept as long as it."""

    knowledge: Knowledge

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """Those of kind service, parents before those that rest on them."""
        found = {s.id: s for s in self.knowledge.services.values() if s.kind == "service"}
        order = sorted(found, key=lambda service: len(self.parents.get(service, ())))
        return {service: found[service] for service in order}

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """For each service all that it rests on, near ones first; a circle ends by itself."""
        known = self.knowledge.services
        found: dict[str, tuple[str, ...]] = {}
        for service in known:
            queue, above = [service], dict[str, None]()
            for each in queue:
                for parent in _above(known.get(each)):
                    if parent not in above and parent != service:
                        above[parent] = None
                        queue.append(parent)
            found[service] = tuple(above)
        return found

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Those that a machine reads: enabled, with an address."""
        return {
            source.id: source
            for source in self.knowledge.sources.values()
            if source.enabled and source.format != "none" and source.url
        }

    @cached_property
    def mapping(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """For each source: folded component id or name -> our services."""
        return {
            source.id: {
                (ANY if key == ANY else fold(key)): _several(value)
                for key, value in source.services.items()
            }
            for source in self.knowledge.sources.values()
        }

    @cached_property
    def sources_of(self) -> Mapping[str, tuple[str, ...]]:
        """For each service, the machine sources that are mapped to it."""
        found: dict[str, tuple[str, ...]] = {}
        for source in self.sources:
            for services in self.mapping[source].values():
                for service in services:
                    if source not in found.get(service, ()):
                        found[service] = (*found.get(service, ()), source)
        return found

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """For each service, a page where a person can look: machine sources first.

        None of a source that is switched off: nobody has checked its page.
        """
        found: dict[str, str] = {}
        sources = [source for source in self.knowledge.sources.values() if source.enabled]
        for source in sorted(sources, key=lambda each: each.id not in self.sources):
            for services in self.mapping[source.id].values():
                for service in services:
                    found.setdefault(service, source.page)
        return found


def _above(service: Service | None) -> tuple[str, ...]:
    return (*service.depends_on, *service.derived_from) if service else ()


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
