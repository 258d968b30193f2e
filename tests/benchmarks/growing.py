"""Knowledge bases of any size, grown by recombining the real one; and questions to time them by."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.knowledge import LANGUAGES, Knowledge, Localized, LocalizedLists, Procedure
from bot.matching import evaluation

SEED = 7
LONG_ONE_IN = 10
"""So many questions are three in one breath, as people dictate."""


def grown(knowledge: Knowledge, size: int) -> Knowledge:
    """The base with entries added until there are `size`; the added ones are as large as real ones.

    An added entry takes each text from two or three real ones: the start of one's question with the
    end of another's. So its texts are new while its words are not.
    """
    chance = random.Random(SEED)
    real = tuple(knowledge.procedures.values())
    added = (
        _mixed(f"grown-{n}", chance.sample(real, chance.choice((2, 3))), chance)
        for n in range(size - len(real))
    )
    everything = {p.id: p for p in (*real, *added)}
    return replace(knowledge, procedures=everything, version="")


def _mixed(name: str, parents: Sequence[Procedure], chance: random.Random) -> Procedure:
    one, other = parents[0], parents[-1]
    texts = {
        "id": name,
        "title": _spliced(one.title, other.title),
        "trigger": _spliced(other.trigger, one.trigger),
        "steps": tuple(chance.choice(parents).steps[0] for _ in one.steps),
        "questions": _lists(
            lambda language: tuple(
                _splice(question, chance.choice(parents[1].questions[language]))
                for question in one.questions[language]
            )
        ),
        "keywords": _lists(
            lambda language: one.keywords[language][::2] + other.keywords[language][1::2]
        ),
    }
    return one.model_copy(update=texts)


def _lists(of: Callable[[str], tuple[str, ...]]) -> LocalizedLists:
    fr, nl, de, en = map(of, LANGUAGES)
    return LocalizedLists.model_construct(fr=fr, nl=nl, de=de, en=en)


def _spliced(one: Localized, other: Localized) -> Localized:
    fr, nl, de, en = (_splice(one[language], other[language]) for language in LANGUAGES)
    return Localized.model_construct(fr=fr, nl=nl, de=de, en=en)


def _splice(one: str, other: str) -> str:
    first, second = one.split(), other.split()
    return " ".join((*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]))


def asked_of(knowledge: Knowledge, count: int) -> list[str]:
    """New questions in words of the base, in all languages; one in ten is three in one breath."""
    chance = random.Random(SEED)
    by_language = [
        [q for p in knowledge.procedures.values() for q in p.questions[language]]
        for language in LANGUAGES
    ]

    def new() -> str:
        return _splice(*chance.sample(chance.choice(by_language), 2))

    return [" ".join(new() for _ in range(1 if n % LONG_ONE_IN else 3)) for n in range(count)]


def fresh(texts: Sequence[str]) -> list[str]:
    """The texts with a typing slip in each word of four letters or more."""
    chance = random.Random(SEED)
    return [
        " ".join(
            evaluation._edited(word, chance) if len(word) > 3 else word for word in text.split()
        )
        for text in texts
    ]
