"""The services that a text names: "recipe bug encore" names Recip-e, however it is spelled."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge import LANGUAGES, Service
from bot.matching.spelling import Spelling, spelling
from bot.matching.text import Join, by_first_word, joined, words
from bot.matching.vocabulary import Speller

SHORTEST = 3
"""Letters of a name: shorter ones ("MC", "TP") stand in texts by chance."""
Run = tuple[str, ...]


@dataclass(frozen=True)
class Spoken:
    """What a text says: ids of services, each once, in its order, and its other words."""

    services: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class ServiceNames:
    """Each way to write a service, as joined words -> its id."""

    runs: Mapping[Run, str]
    speller: Speller
    shared: frozenset[str] = frozenset()
    """Joined words that are a service's name in all languages."""

    def spoken(self, text: str, ordinary: Container[str]) -> Spoken:
        """The services that a text names, slips mended; of overlapping names the longest counts.

        `ordinary`: words that are no slip of a name; nor are fillers ("eine" is no "kine").
        """
        said = joined(words(text), self.speller.runs)
        spelled = [
            word
            if word in ordinary or word in self.speller.fillers
            else self._spelling.mended(word)
            for word in said
        ]
        found = [*self._found(spelled)]
        services = (service for service, _ in found if service is not None)
        others = (word for service, run in found if service is None for word in run)
        return Spoken(tuple(dict.fromkeys(services)), tuple(others))

    def in_text(self, text: str) -> frozenset[str]:
        """The same of a text of our own, which has no slips."""
        found = self._found(joined(words(text), self.speller.runs))
        return frozenset(service for service, _ in found if service is not None)

    def left_out(self, text: str) -> str:
        """The text without shared names that are split: "my care net" is no English anywhere."""
        found = words(text)
        together = joined(found, self._split)
        if len(together) == len(found):
            return text
        return " ".join(word for word in together if word not in self.shared)

    @cached_property
    def _split(self) -> Mapping[str, tuple[Join, ...]]:
        """The ways to write a shared name in several words, by the first of these."""
        runs = (join for first in self.speller.runs.values() for join in first)
        return by_first_word({run: one for run, one in runs if one in self.shared and run[1:]})

    def _found(self, said: Sequence[str]) -> Iterable[tuple[str | None, Run]]:
        """The text from left to right: a name with its service, or a word that is none."""
        at = 0
        while at < len(said):
            size = self._longest(said, at) or 1
            run = tuple(said[at : at + size])
            yield self.runs.get(run), run
            at += size

    def _longest(self, said: Sequence[str], at: int) -> int:
        sizes = range(min(self._most, len(said) - at), 0, -1)
        return next((n for n in sizes if tuple(said[at : at + n]) in self.runs), 0)

    @cached_property
    def _most(self) -> int:
        return max(map(len, self.runs), default=0)

    @cached_property
    def _spelling(self) -> Spelling:
        return spelling(Counter(word for run in self.runs for word in run))


def service_names(services: Iterable[Service], speller: Speller) -> ServiceNames:
    """Names and aliases of services (topics have no state); the first to claim one keeps it."""
    runs: dict[Run, str] = {}
    shared: set[str] = set()
    for service in services:
        told = (service.names[language] for language in LANGUAGES)
        named = {tuple(joined(words(name), speller.runs)) for name in told}
        shared.update(*(run for run in named if len(named) == len(run) == 1))
        for name in _names(service) if service.kind == "service" else ():
            run = tuple(joined(words(name), speller.runs))
            if len("".join(run)) >= SHORTEST:
                runs.setdefault(run, service.id)
    return ServiceNames(runs, speller, frozenset(shared))


def _names(service: Service) -> Iterable[str]:
    """`Recip-e (elektronisch voorschrift)` is two names."""
    for language in LANGUAGES:
        yield from re.split(r"[()]", service.names[language])
        yield from service.aliases[language]
