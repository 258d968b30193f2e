"""The base's own questions, asked of a base that does not hold them.

An entry's questions in the four languages are partly translations of each other. Where the four
lists are equally long, those at the same place are held out together, else an answer would be
found by its translation.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.knowledge import LANGUAGES, Knowledge, LocalizedLists

SEED = 11


@dataclass(frozen=True)
class Held:
    """A question that was held out. `right`: the entries that answer it; none for a decoy."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True)
class Fold:
    """A base without some of its questions, and those."""

    base: Knowledge
    held: tuple[Held, ...]


def folds(knowledge: Knowledge, count: int) -> Iterator[Fold]:
    """`count` folds; each question and each decoy is held out once."""
    lists = {p.id: p.questions for p in knowledge.procedures.values()}
    decoys = knowledge.lexicon.decoys
    chance = random.Random(SEED)
    chosen = {name: _numbered(questions, count, chance) for name, questions in lists.items()}
    apart = _numbered(decoys, count, chance) if decoys else {}
    for fold in range(count):
        kept = {
            p.id: p.model_copy(update={"questions": _without(p.questions, chosen[p.id], fold)})
            for p in knowledge.procedures.values()
        }
        held = [
            Held(text, frozenset((p.id, *p.siblings)))
            for p in knowledge.procedures.values()
            for text in _held(p.questions, chosen[p.id], fold)
        ]
        lexicon = knowledge.lexicon
        if decoys is not None:
            lexicon = lexicon.model_copy(update={"decoys": _without(decoys, apart, fold)})
            held += [Held(text, frozenset()) for text in _held(decoys, apart, fold)]
        yield Fold(replace(knowledge, procedures=kept, lexicon=lexicon, version=""), tuple(held))


Numbered = dict[tuple[str, int], int]
"""(language, place) -> fold."""


def _numbered(lists: LocalizedLists, count: int, chance: random.Random) -> Numbered:
    longest = max(len(lists[language]) for language in LANGUAGES)
    together = [chance.randrange(count) for _ in range(longest)]
    alike = all(len(lists[language]) == longest for language in LANGUAGES)
    return {
        (language, place): together[place] if alike else chance.randrange(count)
        for language in LANGUAGES
        for place in range(len(lists[language]))
    }


def _without(lists: LocalizedLists, numbered: Numbered, fold: int) -> LocalizedLists:
    rest: dict[str, Any] = {
        language: tuple(
            text for n, text in enumerate(lists[language]) if numbered[language, n] != fold
        )
        for language in LANGUAGES
    }
    return LocalizedLists.model_construct(**rest)


def _held(lists: LocalizedLists, numbered: Numbered, fold: int) -> list[str]:
    return [
        text
        for language in LANGUAGES
        for n, text in enumerate(lists[language])
        if numbered[language, n] == fold
    ]
