"""The state or phase that a word of a status page stands for, and the worse of two states."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from bot.status.model import Phase, State
from bot.status.readers.text import fold
from bot.status.readers.vocabulary import PHASES, STATES

_Meaning = TypeVar("_Meaning", State, Phase)

MAINTENANCE_PHASES = frozenset({Phase.SCHEDULED, Phase.IN_PROGRESS, Phase.COMPLETED})
CLOSED_PHASES = frozenset({Phase.RESOLVED, Phase.COMPLETED})
_WORK_PHASES = {
    Phase.INVESTIGATING: Phase.IN_PROGRESS,
    Phase.IDENTIFIED: Phase.IN_PROGRESS,
    Phase.MONITORING: Phase.IN_PROGRESS,
    Phase.RESOLVED: Phase.COMPLETED,
}
"""What an incident's phase means where the page uses it for planned work."""
IMPACTS = {
    "none": State.OPERATIONAL,
    "minor": State.DEGRADED,
    "medium": State.DEGRADED,
    "major": State.PARTIAL_OUTAGE,
    "critical": State.MAJOR_OUTAGE,
}


def _folded(table: Mapping[_Meaning, str]) -> Iterator[tuple[str, _Meaning]]:
    for meaning, words in table.items():
        yield from ((fold(word), meaning) for word in words.split(","))


_BY_STATE_WORD = dict(_folded(STATES))
_BY_PHASE_WORD = dict(_folded(PHASES))


def state_of(word: str | None) -> State | None:
    """The state that a page's word stands for; None: no word, a question, or not in the table."""
    return _BY_STATE_WORD.get(fold(word)) if word and "?" not in word else None


def phase_of(word: str | None) -> Phase | None:
    """The phase that a page's word stands for; None as above."""
    return _BY_PHASE_WORD.get(fold(word)) if word and "?" not in word else None


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


def phase_of_work(phase: Phase | None) -> Phase | None:
    """The phase of planned work, also where a page uses an incident's word for it."""
    return _WORK_PHASES.get(phase, phase) if phase else None
