"""Types of the knowledge base. Field names are the keys of the YAML files."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["fr", "nl", "de", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "nl", "de", "en")
ALL_PROFESSIONS = "all"
FEED, ROUTES = "feed", "ehealth-bcp"
"""Formats of sources that are judged otherwise than the rest."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
Words = Annotated[tuple[Text, ...], Field(min_length=1)]


class Entry(BaseModel):
    """Frozen and closed: a typing slip in a key is seen. Defaults are for code; files name all."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_serialization_defaults_required=True
    )


class Localized(Entry):
    """One text in the four languages."""

    fr: Text
    nl: Text
    de: Text
    en: Text

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, language if language in LANGUAGES else "en"))


class LocalizedLists(Entry):
    """Lists of words or questions in the four languages; they are no translations of each other."""

    fr: Words
    nl: Words
    de: Words
    en: Words

    def __getitem__(self, language: str) -> tuple[str, ...]:
        return tuple(getattr(self, language if language in LANGUAGES else "en"))


class Standing(StrEnum):
    """`needs-verification` is shown with a caution to check with the source."""

    SOURCED = "sourced"
    NEEDS_VERIFICATION = "needs-verification"


class Profession(Entry):
    """A profession that the bot answers. `aliases`: what people write for it.

    `blocking`: services without which this profession cannot serve a patient at once; a major
    outage of one is told even beyond the day's limit of pings.
    """

    id: Identifier
    names: Localized
    aliases: LocalizedLists
    blocking: tuple[Identifier, ...] = ()


class Service(Entry):
    """An e-health service, or a topic (kind `topic`) that procedures are grouped under.

    `code`: the three letters of its incident codes. `depends_on`: services it rests on.
    `derived_from`: parts that a service without a source of its own is made of.
    `insurer`: true for the insurers (mutualities) under MyCareNet.
    `monitored`: whether any machine-readable source is known to watch it.
    """

    id: Identifier
    kind: Literal["service", "topic"] = "service"
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{3}$")]
    names: Localized
    aliases: LocalizedLists
    operator: str | None = None
    professions: tuple[Identifier, ...]
    depends_on: tuple[Identifier, ...] = ()
    derived_from: tuple[Identifier, ...] = ()
    insurer: bool = False
    monitored: bool = False
    sources: tuple[Identifier, ...] = ()


class Selectors(Entry):
    """CSS selectors of a page without an API (format `html`)."""

    rows: str
    name: str
    state: str
    canary: str
    words: Mapping[str, str]
    response_time: str | None = None
    updated_at: str | None = None
    no_incidents: str | None = None


class Source(Entry):
    """Where states are read. Format `none`: no machine source, only a page for people.

    `services`: component id or name of that source -> our service ids; what is not listed is
    reported, not guessed. `every`: seconds between reads.
    """

    id: Identifier
    names: Localized
    format: Literal[
        "none",
        "ehealth",
        "ehealth-bcp",
        "statuspage",
        "feed",
        "cachet",
        "uptime-kuma",
        "gatus",
        "instatus",
        "betterstack",
        "html",
    ]
    url: str | None = None
    second_url: str | None = None
    every: int = Field(default=60, ge=1)
    page: str
    enabled: bool = True
    hosts: tuple[str, ...] = ()
    services: Mapping[str, Identifier | tuple[Identifier, ...]] = Field(default_factory=dict)
    selectors: Selectors | None = None
    note: str | None = None

    @property
    def is_feed(self) -> bool:
        """Whether it is a list of what happened lately, which lets go of its older entries."""
        return self.format == FEED

    @property
    def tells_routes(self) -> bool:
        """Whether it tells emergency routes alone."""
        return self.format == ROUTES


class Contact(Entry):
    """A helpdesk. What no source confirms is None, not guessed."""

    id: Identifier
    names: Localized
    phone: str | None = None
    email: str | None = None
    url: str | None = None
    hours: Localized | None = None
    note: Localized | None = None
    standing: Standing
    sources: Annotated[tuple[Identifier, ...], Field(min_length=1)]


class Reference(Entry):
    """A page facts rest on. `published` None: it bears no date. `cited_by`: what rests on it."""

    id: Identifier
    url: str | None
    title: Text
    publisher: Text
    published: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")] | None
    seen: date
    kind: Literal["official", "professional_body", "mutuality", "vendor", "press", "third_party"]
    languages: tuple[Language, ...]
    partial: bool
    cited_by: tuple[Identifier, ...] = ()


class Procedure(Entry):
    """What to do when something fails: one entry of `procedures/`.

    `siblings`: entries that may share the first place on each other's questions.
    `replaces`: withdrawn ids that lead here. `outage_of`: services in whose outage this is the
    first thing to do: pings show it then, and no other entry.
    """

    id: Identifier
    professions: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    services: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    standing: Standing
    title: Localized
    trigger: Localized
    automatic: Localized | None = None
    steps: Annotated[tuple[Localized, ...], Field(min_length=1)]
    proof: Localized | None = None
    limits: Localized | None = None
    afterwards: Localized | None = None
    contacts: tuple[Identifier, ...] = ()
    sources: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    siblings: tuple[Identifier, ...] = ()
    replaces: tuple[Identifier, ...] = ()
    outage_of: tuple[Identifier, ...] = ()
    questions: LocalizedLists
    keywords: LocalizedLists

    def serves(self, profession: str | None) -> bool:
        """Whether it is meant for the profession; None asks for no one in particular."""
        if profession is None or ALL_PROFESSIONS in self.professions:
            return True
        return profession in self.professions
