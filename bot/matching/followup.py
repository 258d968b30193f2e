"""Short texts that say nothing alone: "et pour un dentiste ?", "in het Frans", "merci"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType

from bot.knowledge import LANGUAGES
from bot.knowledge.lexicon import Cues
from bot.matching.model import Context
from bot.matching.professions import Professions, each_word
from bot.matching.text import words

WITHIN = timedelta(minutes=10)
LONGEST = 14


@dataclass(frozen=True)
class Leaning:
    """What a text that leans on an answer asks to be changed. `still`: that did not help."""

    profession: str | None = None
    language: str | None = None
    still: bool = False


@dataclass(frozen=True)
class FollowUps:
    """The words that such texts are made of."""

    professions: Professions
    languages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Name of a language -> language."""
    still: frozenset[str] = field(default_factory=frozenset)
    denials: frozenset[str] = field(default_factory=frozenset)
    leaning: frozenset[str] = field(default_factory=frozenset)
    courtesies: frozenset[tuple[str, ...]] = field(default_factory=frozenset)

    def read(self, text: str) -> Leaning | None:
        """What the text asks of the answer before it; None where it stands on its own."""
        found = words(text)
        if not found or len(found) > LONGEST:
            return None
        language = next((self.languages[word] for word in found if word in self.languages), None)
        profession = self.professions.said(text)
        still = bool(self.still & set(found)) and bool(self.denials & set(found))
        if not (language or profession or still) or set(found) - self._of_cues:
            return None
        return Leaning(profession, language, still)

    def is_courtesy(self, text: str, fillers: frozenset[str]) -> bool:
        """Whether the text greets or thanks, and asks nothing."""
        found = words(text)
        return not set(found) - self._of_courtesies - fillers and any(
            found[at : at + len(run)] == run for run in self.courtesies for at in range(len(found))
        )

    @cached_property
    def _of_courtesies(self) -> frozenset[str]:
        return frozenset(word for run in self.courtesies for word in run)

    @cached_property
    def _of_cues(self) -> frozenset[str]:
        own = self.leaning | self.still | self.denials
        return own | self.professions.words() | frozenset(self.languages)


def last_answer(context: Context, now: datetime) -> str | None:
    """The procedure that a text may lean on: the chat's last, for ten minutes."""
    if context.procedure is None or context.asked_at is None or now - context.asked_at > WITHIN:
        return None
    return context.procedure


def follow_ups(cues: Cues | None, professions: Professions) -> FollowUps:
    """As the knowledge base words them."""
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
        courtesies=frozenset(map(words, cues.courtesies)),
    )
