"""How one chat is spoken to: its language, the names of things in it, and what time it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.knowledge import Knowledge, Procedure, Profession
from bot.status.by_hand import TEAM
from bot.status.model import State
from bot.words import Words

FEW, NAME_LIMIT = 3, 40
"""Strange names that are told, and characters of one."""
_ROUTES = {
    "prod.mycarenet.be": "route-mutualities",
    "services.ehealth2.be": "route-second-site",
}
"""Hosts of emergency routes that the published service lists are known to hold."""


@dataclass(frozen=True)
class Voice:
    """Gives plain text; nothing here is escaped yet."""

    words: Words
    language: str
    knowledge: Knowledge
    now: datetime

    def say(self, message_id: str, /, **arguments: str | int) -> str:
        """A message of locales/."""
        return self.words.text(self.language, message_id, **arguments)

    def state(self, state: State) -> str:
        """A state in words."""
        return self.say(f"state-{state.value.replace('_', '-')}")

    def service(self, service_id: str) -> str:
        """A service's name; of an unknown one, its id."""
        service = self.knowledge.services.get(service_id)
        return service.names[self.language] if service else service_id

    def services(self, service_ids: Iterable[str]) -> str:
        """Names in a row."""
        return ", ".join(self.service(one) for one in service_ids)

    def missed(self, names: Sequence[str]) -> str:
        """Names that were not understood; where all were, nothing."""
        if not names:
            return ""
        return self.say("names-missed", names=", ".join(one[:NAME_LIMIT] for one in names[:FEW]))

    def profession(self, profession_id: str | None) -> str:
        """A profession's name; of none, that it is not set."""
        profession = self.knowledge.professions.get(profession_id or "")
        return profession.names[self.language] if profession else self.say("profession-none")

    def source(self, source_id: str | None) -> str:
        """A source's name; of an unknown one, its id."""
        if source_id == TEAM:
            return self.say("team-name")
        source = self.knowledge.sources.get(source_id or "")
        return source.names[self.language] if source else source_id or "?"

    def title(self, procedure: Procedure) -> str:
        """A procedure's title."""
        return procedure.title[self.language]

    def route(self, host: str | None) -> str:
        """An emergency route: whose it is where that is known, else its host."""
        if host is None:
            return self.say("route-unnamed")
        known = _ROUTES.get(host.partition(":")[0])
        return self.say(known) if known else self.say("route-host", host=host)

    def short_title(self, procedure: Procedure) -> str:
        """A title for a button: without the profession that stands before its colon."""
        whole = self.title(procedure)
        head, _, rest = whole.partition(":")
        named = (self.knowledge.professions.get(one) for one in procedure.professions)
        called = (name for one in named if one for name in _called(one, self.language))
        if not rest or head.strip().casefold() not in called:
            return whole
        return rest.strip()[:1].upper() + rest.strip()[1:]

    def moment(self, at: datetime) -> str:
        """`14:02`, with the day where it is another one."""
        return self.words.moment(self.language, at, self.now)

    def age(self, at: datetime) -> str:
        """How long ago: `2 min`."""
        return self.words.duration(self.language, self.now - at)


def _called(profession: Profession, language: str) -> Iterable[str]:
    return map(str.casefold, (profession.names[language], *profession.aliases[language]))
