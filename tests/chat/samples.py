"""A small knowledge base, a board and a matcher stub: enough to see every view."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.answering import Answer, AnswerKind, Candidate, Context, Match, Question, Why, answer
from bot.chat.request import Parts
from bot.knowledge import (
    Contact,
    Knowledge,
    Localized,
    LocalizedLists,
    Procedure,
    Profession,
    Reference,
    Service,
    Source,
    Standing,
)
from bot.settings import Settings
from bot.status.model import Board, Emergency, Incident, Phase, ServiceStatus, State
from bot.status.unreadable import UnreadableReason
from bot.words import Words
from tests.chat.memory import MemoryStore

NOW = datetime(2026, 11, 21, 13, 3, tzinfo=UTC)
"""14:03 in Brussels."""


def minutes_ago(minutes: int) -> datetime:
    return NOW - timedelta(minutes=minutes)


def said(text: str) -> Localized:
    """The text in four languages, told apart by the language's code."""
    return Localized(fr=f"{text} (fr)", nl=f"{text} (nl)", de=f"{text} (de)", en=f"{text} (en)")


def same(text: str) -> Localized:
    return Localized(fr=text, nl=text, de=text, en=text)


def lists(*words: str) -> LocalizedLists:
    return LocalizedLists(fr=words, nl=words, de=words, en=words)


def profession(identifier: str, fr: str, nl: str) -> Profession:
    names = Localized(fr=fr, nl=nl, de=identifier, en=identifier)
    return Profession(id=identifier, names=names, aliases=lists(fr, nl))


def service(identifier: str, name: str, code: str, **more: Any) -> Service:
    given = {"professions": ("all",), "monitored": True, "aliases": lists(name), **more}
    return Service(id=identifier, names=same(name), code=code, **given)


def procedure(identifier: str, title: str, **more: Any) -> Procedure:
    given: dict[str, Any] = {
        "professions": ("pharmacist",),
        "services": ("recip-e",),
        "standing": Standing.SOURCED,
        "trigger": said("Le lecteur ne répond pas"),
        "steps": (said("Demander la preuve papier"), said("Délivrer & noter l'heure < midi")),
        "sources": ("ehealth-page",),
        "questions": lists("panne"),
        "keywords": lists("panne"),
        **more,
    }
    return Procedure(id=identifier, title=said(title), **given)


def knowledge(**more: Any) -> Knowledge:
    """Three professions, four services and a topic, four procedures."""
    professions = (
        profession("pharmacist", "Pharmacien", "Apotheker"),
        profession("nurse", "Infirmier à domicile", "Thuisverpleegkundige"),
        profession("dentist", "Dentiste", "Tandarts"),
    )
    services = (
        service("recip-e", "Recip-e", "REC", depends_on=("sts",), professions=("pharmacist",)),
        service("sts", "STS", "STS"),
        service("insurability", "Assurabilité", "ASS", aliases=lists("verzekerbaarheid")),
        service(
            "paris", "PARIS", "PAR", monitored=False, professions=("dentist",), operator="INAMI"
        ),
        service("status", "État des services", "STA", kind="topic", monitored=False),
    )
    procedures = (
        procedure(
            "dispense-on-paper-proof",
            "Délivrer sur preuve papier",
            automatic=said("Rien"),
            proof=said("La preuve papier"),
            limits=said("Dix jours"),
            afterwards=said("Encoder la délivrance"),
            outage_of=("recip-e",),
            contacts=("recip-e",),
            sources=("ehealth-page", "old-page"),
        ),
        procedure("regularise", "Régulariser après la panne", afterwards=said("Encoder")),
        procedure(
            "nurse-manual-entry-reason",
            "Encoder à la main",
            professions=("nurse",),
            services=("insurability",),
            standing=Standing.NEEDS_VERIFICATION,
        ),
        procedure("where-to-check", "Où voir l'état", professions=("all",), services=("status",)),
    )
    given: dict[str, Any] = {
        "professions": {one.id: one for one in professions},
        "services": {one.id: one for one in services},
        "sources": {"ehealth": ehealth()},
        "contacts": {"recip-e": recipe_desk()},
        "references": {one.id: one for one in references()},
        "procedures": {one.id: one for one in procedures},
        **more,
    }
    return Knowledge(**given)


def ehealth() -> Source:
    return Source(
        id="ehealth",
        names=same("eHealth"),
        format="ehealth",
        url="https://status.example.be/api",
        page="https://status.example.be/fr",
    )


def recipe_desk() -> Contact:
    return Contact(
        id="recip-e",
        names=same("Recip-e"),
        phone="02 000 00 00",
        email="desk@example.be",
        hours=same("8-18 h"),
        standing=Standing.SOURCED,
        sources=("ehealth-page",),
    )


def references() -> tuple[Reference, Reference]:
    shared: dict[str, Any] = {
        "publisher": "eHealth",
        "seen": date(2026, 11, 1),
        "kind": "official",
        "languages": ("fr",),
        "partial": False,
    }
    return (
        Reference(
            id="ehealth-page",
            url="https://example.be/a?b=1&c=2",
            title="Continuité",
            published="2025-03",
            **shared,
        ),
        Reference(id="old-page", url=None, title="Ancienne page", published=None, **shared),
    )


def status(identifier: str, state: State = State.OPERATIONAL, **more: Any) -> ServiceStatus:
    given: dict[str, Any] = {
        "since": minutes_ago(61),
        "source": "ehealth",
        "checked_at": minutes_ago(1),
        **more,
    }
    return ServiceStatus(identifier, state, **given)


def incident(**more: Any) -> Incident:
    given: dict[str, Any] = {
        "id": "1",
        "source": "ehealth",
        "title": "Panne <b>Recip-e</b>",
        "phase": Phase.INVESTIGATING,
        "services": ("recip-e",),
        "started_at": minutes_ago(61),
        "updates": ("On cherche",),
        **more,
    }
    return Incident(**given)


def board(**more: Any) -> Board:
    """Recip-e down with STS, insurability unknown, PARIS without a source."""
    statuses = (
        status("sts", State.MAJOR_OUTAGE),
        status(
            "recip-e",
            State.PARTIAL_OUTAGE,
            affected_by=("sts",),
            emergency=Emergency(minutes_ago(5), "b.example.be"),
        ),
        status(
            "insurability",
            State.UNKNOWN,
            since=None,
            checked_at=minutes_ago(20),
            stale=True,
            reason=UnreadableReason.TIMEOUT,
        ),
        ServiceStatus(
            "paris",
            State.UNKNOWN,
            reason=UnreadableReason.NO_MACHINE_SOURCE,
            page="https://paris.example.be",
        ),
    )
    given: dict[str, Any] = {
        "services": {one.service: one for one in statuses},
        "incidents": (incident(),),
        **more,
    }
    return Board(NOW, **given)


class Matcher:
    """Answers by the first word of the question; no matching is tested here."""

    def match(
        self, question: Question, context: Context, down: frozenset[str], now: datetime
    ) -> Match:
        first = question.text.split()[0].casefold()
        kind, found = _MATCHES.get(first, _NOTHING)
        candidates = tuple(Candidate(one, 0.5) for one in found)
        language = question.language or "nl"
        match = Match(kind, language, question.profession, candidates)
        return replace(match, **_NAMED.get(first, {}))


_NOTHING: tuple[AnswerKind, tuple[str, ...]] = (AnswerKind.UNKNOWN, ())
_MATCHES: dict[str, tuple[AnswerKind, tuple[str, ...]]] = {
    "recip-e": (AnswerKind.ANSWER, ("dispense-on-paper-proof",)),
    "recip-e?": (AnswerKind.ANSWER, ("dispense-on-paper-proof",)),
    "sts?": (AnswerKind.CHOICE, ("regularise", "dispense-on-paper-proof")),
    "assurabilité?": (AnswerKind.CHOICE, ("regularise", "dispense-on-paper-proof")),
    "lecteur": (AnswerKind.ANSWER, ("nurse-manual-entry-reason",)),
    "après": (AnswerKind.CHOICE, ("regularise", "dispense-on-paper-proof")),
    "sts": (AnswerKind.CHOICE, ("regularise", "dispense-on-paper-proof")),
    "ailleurs": (AnswerKind.UNKNOWN, ("where-to-check",)),
    "assurabilité": (AnswerKind.UNKNOWN, ()),
}
_NAMED: dict[str, dict[str, Any]] = {
    "sts": {"named": ("sts", "paris")},
    "ailleurs": {
        "named": ("recip-e",),
        "uncovered": ("recip-e",),
        "elsewhere": ("dispense-on-paper-proof",),
    },
    "paris": {"named": ("paris",), "uncovered": ("paris",)},
    "assurabilité": {"named": ("insurability",)},
    "bonjour": {"why": Why.COURTESY},
    "recip-e?": {"named": ("recip-e",), "look": "where-to-check"},
    "sts?": {"named": ("sts",), "look": "where-to-check"},
    "assurabilité?": {"named": ("insurability",), "look": "where-to-check"},
    "plante": {"why": Why.NO_TOOL, "asks_state": True},
    "malaise": {"why": Why.DANGER, "danger": True},
    "pareil": {"why": Why.NO_THREAD},
}


class Asked:
    """The parts of a bot over the samples, and what its matcher was asked."""

    def __init__(self, known: Knowledge | None = None, messages_per_minute: int = 20) -> None:
        self.store = MemoryStore()
        self.questions: list[Question] = []
        self.now = NOW
        self.board = board()
        self.known = known or knowledge()
        self.parts = Parts(
            knowledge=lambda: self.known,
            answer=self.answer,
            board=lambda: self.board,
            preferences=self.store,
            words=Words(),
            clock=lambda: self.now,
            settings=Settings(_env_file=None),
            messages_per_minute=messages_per_minute,
        )

    def answer(self, question: Question, context: Context) -> Answer:
        self.questions.append(question)
        return answer(question, context, self.known, Matcher(), self.board)
