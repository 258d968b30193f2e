"""A recorded timeline of status sources: the YAML that `python -m bot replay` plays.

```yaml
title: two outages in one day
start: 2018-08-09T08:55:00+02:00
end: 2018-08-10T09:30:00+02:00
sources:
  - {id: ehealth, format: ehealth, every: 60, services: [ehealth-platform, sts]}
timeline:
  - {at: 2018-08-09T09:00:00+02:00, source: ehealth, set: {ehealth-platform: major_outage}}
  - {at: 2018-08-09T10:00:00+02:00, source: ehealth, set: {ehealth-platform: operational}}
told:
  - [2018-08-09T09:02:00+02:00, onset, ehealth-platform]
pings:
  - [2018-08-09T09:02:00+02:00, onset, ehealth-platform]
```
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.knowledge.model import Localized, Source
from bot.status.model import ChangeKind, Phase, State

MAX_BYTES = 256 * 1024


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Played(_Entry):
    """A source of the timeline. Each service is a component of that name, fine at the start.

    The first three formats are written from what happens; the others need a recorded `body`.
    """

    id: str
    format: Literal[
        "ehealth",
        "ehealth-bcp",
        "statuspage",
        "feed",
        "cachet",
        "gatus",
        "instatus",
        "betterstack",
    ]
    every: int = Field(default=60, ge=1)
    services: tuple[str, ...]

    def as_source(self) -> Source:
        """The same as the knowledge base would have it."""
        url = f"https://{self.id}.invalid/"
        name = Localized(fr=self.id, nl=self.id, de=self.id, en=self.id)
        return Source(
            id=self.id,
            names=name,
            format=self.format,
            url=url,
            every=self.every,
            page=url,
            services={service: service for service in self.services},
        )


class Published(_Entry):
    """An incident or maintenance as the source publishes it. `starts_at` makes it planned work."""

    id: str
    title: str
    phase: Phase
    services: tuple[str, ...]
    impact: Literal["none", "minor", "major", "critical", "maintenance"] = "minor"
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None


class Happening(_Entry):
    """What changes at one moment: at one source, or with the bot itself (`restart`).

    `set`: states by service. `publish`: an incident, new or in a new phase; `withdraw`: the id of
    one that is listed no more. `routes`: host of the emergency route by service, null for the
    normal one. `body`: a recorded body that is served from then on. `reachable`: whether the
    source answers.
    """

    at: AwareDatetime
    source: str | None = None
    set: Mapping[str, State] = Field(default_factory=dict)
    publish: Published | None = None
    withdraw: str | None = None
    routes: Mapping[str, str | None] = Field(default_factory=dict)
    body: str | None = None
    reachable: bool | None = None
    restart: bool = False


class Timeline(_Entry):
    """A whole recording, with what must come of it (each in full, in order).

    `told`: changes that the tracker gives. `shown`: states on the board. `pings`: messages that a
    subscriber of every service gets: kind (or `edit`) and services. None: not looked at.
    """

    title: str
    start: AwareDatetime
    end: AwareDatetime
    depends_on: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    derived_from: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    sources: tuple[Played, ...] = Field(min_length=1)
    timeline: tuple[Happening, ...]
    told: tuple[tuple[AwareDatetime, ChangeKind, str], ...] = ()
    shown: tuple[tuple[AwareDatetime, str, State], ...] | None = None
    pings: tuple[tuple[AwareDatetime, str, str], ...] | None = None

    @model_validator(mode="after")
    def _names_its_sources(self) -> Self:
        known = {source.id for source in self.sources}
        strange = {each.source for each in self.timeline if each.source} - known
        if strange:
            raise ValueError(f"no source of this timeline: {', '.join(sorted(strange))}")
        return self

    @property
    def services(self) -> tuple[str, ...]:
        """Every service that the recording speaks of."""
        named = [service for source in self.sources for service in source.services]
        named += [*self.depends_on, *(p for above in self.depends_on.values() for p in above)]
        named += [*self.derived_from, *(p for part in self.derived_from.values() for p in part)]
        return tuple(dict.fromkeys(named))


class TimelineError(Exception):
    """A timeline that cannot be played: the file, and what is wrong with it."""


def load(path: Path) -> Timeline:
    """The timeline of a file. Raises TimelineError, OSError."""
    if path.stat().st_size > MAX_BYTES:
        raise TimelineError(f"{path}: over {MAX_BYTES} bytes")
    try:
        text = path.read_text(encoding="utf-8")
        return Timeline.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise TimelineError(f"{path}: {error}") from error


def by_time(timeline: Timeline) -> list[Happening]:
    """What happens, in order of time; what happens at once, in the order of the file."""
    return sorted(timeline.timeline, key=_moment)


def _moment(happening: Happening) -> datetime:
    return happening.at
