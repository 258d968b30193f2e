"""The services that a text names: "recipe bug encore" names Recip-e, however it is spelled."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge import LANGUAGES, Service
from bot.matching.spelling import Spelling, spelling
from bot.matching.text import joined, words
from bot.matching.vocabulary import Speller

SHORTEST = 3
"""Letters of a name: shorter ones ("MC", "TP") stand in texts by chance."""
Run = tuple[str, ...]


@dataclass(frozen=True)
class ServiceNames:
    """Each way to write a service, as joined words -> its id."""

    runs: Mapping[Run, str]
    speller: Speller

    def named(self, text: str, ordinary: Container[str]) -> tuple[str, ...]:
        """Ids in the order of the text, each once; of overlapping names the longest counts.

        `ordinary`: words that are no slip of a name.
        """
        said = joined(words(text), self.speller.runs)
        spelled = [word if word in ordinary else self._spelling.mended(word) for word in said]
        return tuple(dict.fromkeys(self._found(spelled)))

    def in_text(self, text: str) -> frozenset[str]:
        """The same of a text of our own, which has no slips."""
        return frozenset(self._found(joined(words(text), self.speller.runs)))

    def _found(self, said: Sequence[str]) -> Iterable[str]:
        at = 0
        while at < len(said):
            size = self._longest(said, at)
            if size:
                yield self.runs[tuple(said[at : at + size])]
            at += size or 1

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
    for service in services:
        for name in _names(service) if service.kind == "service" else ():
            run = tuple(joined(words(name), speller.runs))
            if len("".join(run)) >= SHORTEST:
                runs.setdefault(run, service.id)
    return ServiceNames(runs, speller)


def _names(service: Service) -> Iterable[str]:
    """`Recip-e (elektronisch voorschrift)` is two names."""
    for language in LANGUAGES:
        yield from re.split(r"[()]", service.names[language])
        yield from service.aliases[language]
