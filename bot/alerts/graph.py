"""Who follows what: services, what rests on them, and the professions they matter to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.knowledge.model import ALL_PROFESSIONS, Service
from bot.preferences import ALL_SERVICES
from bot.status.model import State


@dataclass(frozen=True)
class Audience:
    """Whom an event concerns.

    `services`: a subscription to any of these by name counts. `professions`: whose "every service
    of my profession" counts too; None: everyone's. `first`: professions to be told first.
    """

    services: frozenset[str]
    professions: frozenset[str] | None
    first: frozenset[str]


class Graph:
    """The part of the knowledge base that alerts rest on, worked out once for each base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.adopt(knowledge)

    def adopt(self, knowledge: Knowledge) -> None:
        """Goes on with another base, in place: whoever holds the graph follows it."""
        self._services: Mapping[str, Service] = knowledge.services
        self._ancestors = {name: self._above(name) for name in self._services}
        self._descendants: dict[str, tuple[str, ...]] = {
            name: tuple(child for child in self._services if name in self._ancestors[child])
            for name in self._services
        }
        self._blocking = {name: frozenset(p.blocking) for name, p in knowledge.professions.items()}

    def _above(self, service: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(self._depends_on(service))
        while waiting:
            parent = waiting.pop()
            if parent not in found and parent != service:
                found.add(parent)
                waiting.extend(self._depends_on(parent))
        return frozenset(found)

    def _depends_on(self, service: str) -> tuple[str, ...]:
        entry = self._services.get(service)
        return () if entry is None else tuple(entry.depends_on)

    def ancestors(self, service: str) -> frozenset[str]:
        """Every service that it rests on, near or far."""
        return self._ancestors.get(service, frozenset())

    def descendants(self, service: str) -> tuple[str, ...]:
        """Every service that rests on it, near or far, in the order of the knowledge base."""
        return self._descendants.get(service, ())

    def code(self, service: str) -> str:
        """The three letters of its incident codes."""
        entry = self._services.get(service)
        return "XXX" if entry is None else entry.code

    def audience(self, service: str) -> Audience:
        """Whom an event of the service concerns: its followers, and those of what rests on it."""
        services = frozenset((service, *self.descendants(service)))
        return Audience(services, self._professions(services), self._blocked(services))

    def follows(self, subscriptions: frozenset[str], profession: str | None, service: str) -> bool:
        """Whether a chat with these choices is in the audience of the service."""
        return any(
            self.follows_itself(subscriptions, profession, name)
            for name in (service, *self.descendants(service))
        )

    def follows_itself(
        self, subscriptions: frozenset[str], profession: str | None, service: str
    ) -> bool:
        """Whether a chat with these choices asked for this very service."""
        if service in subscriptions:
            return True
        professions = self._professions((service,))
        return ALL_SERVICES in subscriptions and (
            profession is None or professions is None or profession in professions
        )

    def blocks(self, service: str, state: State, profession: str | None) -> bool:
        """Whether it is down in a way that stops this profession's work at once."""
        if state is not State.MAJOR_OUTAGE or profession is None:
            return False
        blocking = self._blocking.get(profession, frozenset())
        return not blocking.isdisjoint((service, *self.descendants(service)))

    def _professions(self, services: Iterable[str]) -> frozenset[str] | None:
        entries = [self._services[name] for name in services if name in self._services]
        named = frozenset(p for entry in entries for p in entry.professions)
        return None if ALL_PROFESSIONS in named else named

    def _blocked(self, services: frozenset[str]) -> frozenset[str]:
        return frozenset(
            name for name, blocking in self._blocking.items() if not services.isdisjoint(blocking)
        )
