"""Texts that an editor wrote: one that is typed word for word needs no second thought."""

from collections.abc import Iterable, Sequence

from bot.knowledge import LANGUAGES, Knowledge
from bot.matching.model import Candidate
from bot.matching.text import words, words_of_each

Texts = frozenset[frozenset[str]]


class Written:
    """The questions of each entry, and those that belong to none. The order of words is no matter.

    An entry's questions are read when it first comes first: most are never needed.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        decoys = knowledge.lexicon.decoys
        self._procedures = knowledge.procedures
        self._decoys = _texts(text for one in LANGUAGES for text in (decoys[one] if decoys else ()))
        self._questions: dict[str, Texts] = {}

    def is_decoy(self, text: str) -> bool:
        """Whether it belongs to none."""
        return frozenset(words(text)) in self._decoys

    def leads(self, text: str, candidates: Sequence[Candidate]) -> bool:
        """Whether it is a question of the first of them."""
        return bool(candidates) and frozenset(words(text)) in self._of(candidates[0].procedure)

    def _of(self, procedure: str) -> Texts:
        if procedure not in self._questions:
            mine = self._procedures[procedure].questions
            self._questions[procedure] = _texts(text for one in LANGUAGES for text in mine[one])
        return self._questions[procedure]


def _texts(texts: Iterable[str]) -> Texts:
    return frozenset(map(frozenset, words_of_each(tuple(texts))))
