"""State and phase words of status pages, in English, French, Dutch and German.

The wordings are those of Statuspage, Cachet (https://github.com/cachethq/cachet, its own
translations), incident.io, Instatus, Better Stack and iLert. A word that is not here is unknown.
"""

from bot.status.model import Phase, State
from bot.status.readers.text import fold

_STATES: dict[State, tuple[str, ...]] = {
    State.OPERATIONAL: ("operational", "opérationnel", "operationeel", "funktionsfähig"),
    State.DEGRADED: (
        "degraded",
        "degraded performance",
        "performance issues",
        "minor outage",
        "problèmes de performance",
        "problèmes de performances",
        "performances dégradées",
        "performance dégradée",
        "dégradé",
        "prestatieproblemen",
        "verminderde prestaties",
        "leistungsprobleme",
        "eingeschränkte leistung",
        "degraded service",
        "dégradation des performances",
        "performances réduites",
        "service dégradé",
        "verminderde prestatie",
        "verstoord",
        "beeinträchtigt",
    ),
    State.PARTIAL_OUTAGE: (
        "partial outage",
        "partial system outage",
        "panne partielle",
        "gedeeltelijke storing",
        "gedeeltelijke uitval",
        "gedeeltelijke onderbreking",
        "gedeeltelijk onbeschikbaar",
        "interruption partielle",
        "partiellement indisponible",
        "teilweiser ausfall",
        "teilausfall",
    ),
    State.MAJOR_OUTAGE: (
        "major outage",
        "major system outage",
        "full outage",
        "downtime",
        "panne majeure",
        "panne totale",
        "grote storing",
        "volledige storing",
        "volledige onderbreking",
        "onbeschikbaar",
        "buiten dienst",
        "indisponible",
        "hors service",
        "interruption majeure",
        "interruption totale",
        "down",
        "unavailable",
        "schwerer ausfall",
        "totalausfall",
        "nicht verfügbar",
    ),
    State.MAINTENANCE: (
        "maintenance",
        "under maintenance",
        "en maintenance",
        "maintenance planifiée",
        "maintenance en cours",
        "scheduled maintenance",
        "in onderhoud",
        "gepland onderhoud",
        "onderhoud",
        "wartungsarbeiten",
        "wartung",
    ),
    State.UNKNOWN: (
        "unknown",
        "inconnu",
        "onbekend",
        "unbekannt",
        "not monitored",
    ),
}
_PHASES: dict[Phase, tuple[str, ...]] = {
    Phase.INVESTIGATING: (
        "investigating",
        "under investigation",
        "enquête en cours",
        "in onderzoek",
        "untersuchungen laufen",
    ),
    Phase.IDENTIFIED: ("identified", "identifié", "geïdentificeerd", "identifiziert"),
    Phase.MONITORING: (
        "monitoring",
        "watching",
        "sous surveillance",
        "aan het opvolgen",
        "unter beobachtung",
    ),
    Phase.RESOLVED: (
        "resolved",
        "fixed",
        "postmortem",
        "résolu",
        "corrigé",
        "opgelost",
        "behoben",
        "gelöst",
    ),
    Phase.SCHEDULED: (
        "scheduled",
        "upcoming",
        "planned",
        "not started yet",
        "maintenance scheduled",
        "planifié",
        "gepland",
        "geplant",
    ),
    Phase.IN_PROGRESS: (
        "in progress",
        "verifying",
        "under maintenance",
        "maintenance in progress",
        "en cours",
        "in uitvoering",
        "in bearbeitung",
    ),
    Phase.COMPLETED: (
        "completed",
        "complete",
        "maintenance complete",
        "ended",
        "terminé",
        "voltooid",
        "abgeschlossen",
        "cancelled",
        "canceled",
        "annulé",
        "geannuleerd",
        "abgesagt",
    ),
}
MAINTENANCE_PHASES = frozenset({Phase.SCHEDULED, Phase.IN_PROGRESS, Phase.COMPLETED})
CLOSED_PHASES = frozenset({Phase.RESOLVED, Phase.COMPLETED})
IMPACTS = {
    "none": State.OPERATIONAL,
    "minor": State.DEGRADED,
    "major": State.PARTIAL_OUTAGE,
    "critical": State.MAJOR_OUTAGE,
}

_BY_STATE_WORD = {fold(word): state for state, words in _STATES.items() for word in words}
_BY_PHASE_WORD = {fold(word): phase for phase, words in _PHASES.items() for word in words}


def state_of(word: str | None) -> State | None:
    """The state that a page's word stands for; None: no word, or one that is not in the table."""
    return _BY_STATE_WORD.get(fold(word)) if word else None


def phase_of(word: str | None) -> Phase | None:
    """The phase that a page's word stands for; None as above."""
    return _BY_PHASE_WORD.get(fold(word)) if word else None


def impact_of(word: str | None) -> State:
    """Statuspage's impact, or a state word; UNKNOWN where the page does not say."""
    if word is None:
        return State.UNKNOWN
    return IMPACTS.get(word.casefold()) or state_of(word) or State.UNKNOWN


def worse(one: State, other: State) -> State:
    """The worse of two; beside each other, unknown hides maintenance and never the reverse."""
    if one.severity == other.severity:
        return State.UNKNOWN if State.UNKNOWN in {one, other} else one
    return one if one.severity > other.severity else other


def worst(states: tuple[State, ...]) -> State:
    """The worst of several; of none, unknown."""
    if not states:
        return State.UNKNOWN
    found = states[0]
    for state in states[1:]:
        found = worse(found, state)
    return found
