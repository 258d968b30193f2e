"""The whole knowledge base, as everything else reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import (
    ALL_PROFESSIONS,
    Contact,
    Procedure,
    Profession,
    Reference,
    Service,
    Source,
)


@dataclass(frozen=True)
class Knowledge:
    """The whole base, by id, in the order of the files. `version`: hash of its content."""

    professions: Mapping[str, Profession]
    services: Mapping[str, Service]
    sources: Mapping[str, Source]
    contacts: Mapping[str, Contact]
    references: Mapping[str, Reference]
    procedures: Mapping[str, Procedure]
    lexicon: Lexicon = field(default_factory=Lexicon)
    replaced: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    version: str = ""

    def procedure(self, procedure_id: str) -> Procedure | None:
        """The entry of this id, or the one that replaced it."""
        return self.procedures.get(self.replaced.get(procedure_id, procedure_id))

    def services_under(self, procedure: Procedure) -> tuple[Service, ...]:
        """The services (no topics) that a procedure rests on: these have a state."""
        own = (self.services[one] for one in procedure.services if one in self.services)
        return tuple(service for service in own if service.kind == "service")

    def services_of(self, profession: str | None) -> tuple[Service, ...]:
        """The services (no topics) that a profession works with; None: all."""
        return tuple(
            service
            for service in self.services.values()
            if service.kind == "service"
            and (
                profession is None
                or ALL_PROFESSIONS in service.professions
                or profession in service.professions
            )
        )
