"""Short texts that say nothing alone: "et pour un dentiste ?", "in het Frans", "et après ?"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from bot.knowledge import LANGUAGES
from bot.knowledge.lexicon import FollowUpWords, Lexicon
from bot.matching.model import Context, Part
from bot.matching.professions import Professions, Run, each_word
from bot.matching.text import words

WITHIN = timedelta(minutes=10)
LONGEST = 14
GAP = "…"
"""In a phrase of the lexicon: other words may stand there."""
Phrase = tuple[Run, ...]


@dataclass(frozen=True)
class Leaning:
    """What a text that leans on an answer asks to be changed, or which `part` of it.

    `still`: that did not help. `other`: that was not what was meant.
    """

    profession: str | None = None
    language: str | None = None
    still: bool = False
    part: Part | None = None
    other: bool = False


@dataclass(frozen=True)
class FollowUps:
    """The words that such texts are made of."""

    professions: Professions
    languages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Name of a language -> language."""
    still: frozenset[str] = field(default_factory=frozenset)
    denials: frozenset[str] = field(default_factory=frozenset)
    leaning: frozenset[str] = field(default_factory=frozenset)
    courtesies: frozenset[Run] = field(default_factory=frozenset)
    asked: Mapping[Part | None, tuple[Phrase, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """What asks for a part; of None, what says that something else was meant."""
    beside: frozenset[str] = field(default_factory=frozenset)

    def read(self, text: str) -> Leaning | None:
        """What the text asks of the answer before it; None where it stands on its own."""
        found = words(text)
        if not found or len(found) > LONGEST:
            return None
        language = next((self.languages[word] for word in found if word in self.languages), None)
        profession = self.professions.said(text)
        still = bool(self.still & set(found)) and bool(self.denials & set(found))
        if not (language or profession or still) or set(found) - self._of_cues:
            return self._asked(found)
        return Leaning(profession, language, still)

    def _asked(self, found: Run) -> Leaning | None:
        """The part that is asked for, where all other words say nothing of their own."""
        if set(found) - self._of_parts:  # most questions: a word of their own
            return None
        for part, phrases in self.asked.items():
            left = _without(found, phrases)
            if len(left) < len(found) and not set(left) - self.beside:
                return Leaning(part=part, other=part is None)
        return None

    def is_courtesy(self, text: str, fillers: frozenset[str]) -> bool:
        """Whether the text greets or thanks, and asks nothing."""
        found = words(text)
        return not set(found) - self._of_courtesies - fillers and any(
            found[at : at + len(run)] == run for run in self.courtesies for at in range(len(found))
        )

    @cached_property
    def _of_parts(self) -> frozenset[str]:
        phrases = chain.from_iterable(self.asked.values())
        return self.beside | {word for phrase in phrases for run in phrase for word in run}

    @cached_property
    def _of_courtesies(self) -> frozenset[str]:
        return frozenset(word for run in self.courtesies for word in run)

    @cached_property
    def _of_cues(self) -> frozenset[str]:
        own = self.leaning | self.still | self.denials
        return own | self.professions.words() | frozenset(self.languages)


def _without(found: Run, phrases: Iterable[Phrase]) -> Run:
    """The words that are in none of the phrases; longer ones come first."""
    for phrase in phrases:
        left: Run | None = found
        for run in phrase:
            left = None if left is None else _cut(left, run)
        found = found if left is None else left
    return found


def _cut(found: Run, run: Run) -> Run | None:
    """The words before and after the run; None where it does not stand there."""
    size = len(run)
    starts = (at for at in range(len(found) - size + 1) if found[at : at + size] == run)
    at = next(starts, None)
    return None if at is None else found[:at] + found[at + size :]


def last_answer(context: Context, now: datetime) -> str | None:
    """The procedure that a text may lean on: the chat's last, for ten minutes."""
    if context.procedure is None or context.asked_at is None or now - context.asked_at > WITHIN:
        return None
    return context.procedure


def follow_ups(lexicon: Lexicon, professions: Professions) -> FollowUps:
    """As the knowledge base words them."""
    cues = lexicon.cues
    if cues is None:
        return FollowUps(professions)
    named = {
        word: language for language in LANGUAGES for word in each_word(cues.languages[language])
    }
    return FollowUps(
        professions,
        languages=MappingProxyType(named),
        still=each_word(cues.still),
        denials=each_word(cues.denials),
        leaning=each_word(cues.leaning),
        courtesies=_runs(cues.courtesies),
        asked=_parts(lexicon.follow_ups),
        beside=each_word((*_beside(lexicon.follow_ups), *cues.leaning)),
    )


def _parts(said: FollowUpWords | None) -> Mapping[Part | None, tuple[Phrase, ...]]:
    if said is None:
        return MappingProxyType({})
    parts = {part: _phrases(getattr(said, part.value)) for part in Part}
    return MappingProxyType({**parts, None: _phrases(said.not_that)})


def _phrases(said: Iterable[str]) -> tuple[Phrase, ...]:
    phrases = {tuple(words(run) for run in one.split(GAP)) for one in said}
    return tuple(sorted(phrases, key=lambda phrase: (-sum(map(len, phrase)), phrase)))


def _beside(said: FollowUpWords | None) -> tuple[str, ...]:
    return said.beside if said else ()


def _runs(said: Iterable[str]) -> frozenset[Run]:
    return frozenset(map(words, said))
