"""What a feed entry says in words, where its log bears no labels: in its title and sentences."""

import re

from bot.status.model import Phase, State
from bot.status.readers.feed_doubts import ends, goes_on, says
from bot.status.readers.words import CLOSED_PHASES, phase_of, state_of

_Table = tuple[tuple[re.Pattern[str], Phase], ...]
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
_IS_FR = (
    r"\b(est|sont|été) (maintenant |désormais |à nouveau |de nouveau )?"
    r"((entièrement|complètement|totalement) )?"
)
_IS_NL = (
    r"\b(is|zijn|werd|werden) (nu |intussen |ondertussen |inmiddels |weer |opnieuw )?(volledig )?"
)
_IS_DE = (
    r"\b(ist|sind|wurden?|konnten?) (nun |inzwischen |mittlerweile )?"
    r"((vollständig|erfolgreich) )?"
)
_SENTENCES = (
    (
        re.compile(
            r"\b(been|is|was|are|were|have|we['’]ve) (now |since |already )?"
            r"((fully|completely|entirely|successfully) )?resolved\b"
            rf"|{_IS_FR}résolue?s?\b|{_IS_NL}opgelost\b|{_IS_DE}gelöst\b"
            r"|^((issue|problem|incident) )?resolved[.!]*$|^(problème|incident) résolu[.!]*$"
            r"|^(probleem|storing) (opgelost|verholpen)[.!]*$|^(problem|störung) behoben[.!]*$"
        ),
        Phase.RESOLVED,
    ),
    (
        re.compile(
            r"\bwe(['’]re| are) ((now|currently|still|actively|closely|also) )*monitoring\b"
            r"|\bcontinu\w+ to monitor\b"
            r"|\bnous surveillons\b|\bcontinu\w+ (à|de) surveiller\b"
            r"|\b(we|wij) volgen\b.{0,40}\bop\b|\b(we|wij) blijven\b.{0,40}\b(op)?volgen\b"
            r"|\b(we|wij) blijven\b.{0,40}\b(monitoren|in de gaten houden)\b"
            r"|\bwir (beobachten|überwachen)\b"
            r"|\b(been|is now|is) (now |fully )?mitigated\b"
        ),
        Phase.MONITORING,
    ),
    (
        re.compile(
            r"\b(been|is now|is) (now |fully )?fixed\b"
            r"|\b(services?|access|connectivity|functionality) (has|have|is|are|was|were)"
            r" (now )?(been )?((fully|completely) )?restored\b"
            rf"|{_IS_FR}(rétabli|corrigé)e?s?\b|{_IS_NL}(hersteld|verholpen)\b"
            rf"|{_IS_DE}(behoben|wiederhergestellt)\b"
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
            r"\b(are|we['’]re|currently|now|actively|still) (actively |currently |still |also )?"
            r"investigating\b|\bcontinu\w+ to investigate\b|\bunder (active )?investigation\b"
            r"|\b(nous (enquêtons|examinons|analysons))\b"
            r"|\b(we onderzoeken|wordt onderzocht)\b|\b(wir untersuchen|wird untersucht)\b"
        ),
        Phase.INVESTIGATING,
    ),
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s")
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
    return _told(_TITLES, [folded]) or _phase_of_change(folded)


def _phase_of_change(folded: str) -> Phase | None:
    """Of a feed that has an entry for each component, or each state into which one goes."""
    found = _CHANGE.search(folded)
    state = state_of(found.group(1)) if found else None
    if state is State.OPERATIONAL:
        return Phase.RESOLVED
    return Phase.INVESTIGATING if state and state.is_outage else None


def phase_in_sentences(flat: str) -> Phase | None:
    """By a sentence that says it outright: neither denied, nor hoped for, nor set a condition."""
    return _told(_SENTENCES, _SENTENCE_ENDS.split(flat.casefold()))


def _told(table: _Table, sentences: list[str]) -> Phase | None:
    """The first phase that a sentence tells; none that closes where another says it goes on."""
    for pattern, phase in table:
        closes = phase in CLOSED_PHASES
        tells = ends if closes else says
        told = any(tells(pattern, sentence) for sentence in sentences)
        if told and not (closes and any(map(goes_on, sentences))):
            return phase
    return None


def is_planned(title: str) -> bool:
    """Whether a title calls it planned work."""
    return _PLANNED.search(title.casefold()) is not None
