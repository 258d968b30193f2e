"""What a feed entry says in words, where its log bears no labels: in its title and sentences."""

import re

from bot.status.model import Phase, State
from bot.status.readers.words import CLOSED_PHASES, phase_of, state_of

_BRACKETS = re.compile(r"[\[(]([^\[\]()]{1,40})[\])]")
_SEPARATOR = re.compile(r" ?: | [-–—|] ")
_AT_ADDRESS = r"(?: \([^()]{1,300}\)|: .{1,300})?$"
"""What UptimeRobot writes behind it: `Shop is DOWN (https://…)`, `Monitor is UP: Shop`."""
_TITLES = (
    (
        re.compile(
            r"^service is operating normally|^resolved\b|^up: "
            rf"|\b(recovered|is (back )?up){_AT_ADDRESS}"
        ),
        Phase.RESOLVED,
    ),
    (re.compile(rf"^down: |\b(went down|is down){_AT_ADDRESS}"), Phase.INVESTIGATING),
)
_CHANGE = re.compile(r"(?:\bis now| [-–—]) (.{2,30})$")
_LAST = CLOSED_PHASES | {Phase.IN_PROGRESS}
"""What a title may end with: StatusIQ's `Shop - Under Maintenance`."""
_SENTENCES = (
    (
        re.compile(
            r"\b(been|is now|is|have|we['’]ve) (now |since |fully )?resolved\b"
            r"|\b(est|sont|été) (maintenant |désormais |à nouveau )?(résolu|rétabli)e?s?\b"
            r"|\b(is|zijn|werd|werden) (nu |intussen |volledig |weer )?"
            r"(opgelost|hersteld|verholpen)\b"
            r"|\b(ist|sind|wurde|wurden) (nun |inzwischen |vollständig )?(behoben|gelöst)\b"
        ),
        Phase.RESOLVED,
    ),
    (
        re.compile(
            r"\bwe are (now |currently )?monitoring\b|\bcontinu\w+ to monitor\b"
            r"|\bnous surveillons\b|\bwe volgen\b.{0,40}\bop\b|\bwir beobachten\b"
            r"|\b(been|is now|is) (now |fully )?mitigated\b"
        ),
        Phase.MONITORING,
    ),
    (
        re.compile(
            r"\b(been|is now|is) (now |fully )?fixed\b|\b(est|été) (maintenant )?corrigée?\b"
        ),
        Phase.RESOLVED,
    ),
    (
        re.compile(
            r"\b(have|has been|have been) identified\b|\ba été identifiée?\b|\bavons identifié\b"
            r"|\b(is|werd) geïdentificeerd\b|\bwurde identifiziert\b"
        ),
        Phase.IDENTIFIED,
    ),
    (
        re.compile(
            r"\b(are|we['’]re|currently|now) investigating\b|\bcontinu\w+ to investigate\b"
            r"|\b(nous (enquêtons|examinons|analysons))\b"
            r"|\b(we onderzoeken|wordt onderzocht)\b|\b(wir untersuchen|wird untersucht)\b"
        ),
        Phase.INVESTIGATING,
    ),
)
_SENTENCE_ENDS = re.compile(r"[.!?;]\s")
_NOT_SO = re.compile(
    r"\b(not|until|once|when|if|whether|unless|partially|hope|expect"
    r"|pas|jusqu|quand|lorsqu\w*|dès|si|une fois|partiellement|espér\w*"
    r"|niet|tot|zodra|wanneer|als|indien|gedeeltelijk|hopen|hopelijk"
    r"|nicht|bis|sobald|wenn|falls|teilweise|hoffen|hoffentlich)\b"
)
_PLANNED = re.compile(
    r"^(maintenance|planned work|onderhoud|wartung) ?[-–—:|]"
    r"|\b(scheduled|planned|upcoming) (\w+ ){0,2}maintenance\b"
    r"|\b(maintenance|intervention) (planifiée|programmée|prévue)\b"
    r"|\btravaux (planifiés|programmés)\b"
    r"|\bgeplande? (onderhoud\w*|interventie|werken)\b|\bgeplante wartung|\bwartungsarbeiten\b"
)


def phase_in_title(title: str) -> Phase | None:
    """By brackets, by the word before or after a dash, or by its wording."""
    parts = _SEPARATOR.split(title)
    words = (*_BRACKETS.findall(title), *(parts[:1] if len(parts) > 1 else ()))
    if phase := next(filter(None, map(phase_of, words)), None):
        return phase
    if len(parts) > 1 and (last := phase_of(parts[-1])) in _LAST:
        return last
    folded = title.casefold()
    told = (phase for pattern, phase in _TITLES if pattern.search(folded))
    return next(told, None) or _phase_of_change(folded)


def _phase_of_change(folded: str) -> Phase | None:
    """Of a feed that has an entry for each component, or each state into which one goes."""
    found = _CHANGE.search(folded)
    state = state_of(found.group(1)) if found else None
    if state is State.OPERATIONAL:
        return Phase.RESOLVED
    return Phase.INVESTIGATING if state and state.is_outage else None


def phase_in_sentences(flat: str) -> Phase | None:
    """By a sentence that says it outright: neither denied, nor hoped for, nor set a condition."""
    sentences = _SENTENCE_ENDS.split(flat.casefold())
    for pattern, phase in _SENTENCES:
        if any(_says(pattern, sentence) for sentence in sentences):
            return phase
    return None


def _says(pattern: re.Pattern[str], sentence: str) -> bool:
    found = pattern.search(sentence)
    return found is not None and _NOT_SO.search(sentence, 0, found.start()) is None


def is_planned(title: str) -> bool:
    """Whether a title calls it planned work."""
    return _PLANNED.search(title.casefold()) is not None
