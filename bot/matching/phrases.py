"""Words in a row that give a text a meaning of its own, whatever stands beside them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.matching.text import words


@dataclass(frozen=True)
class Phrases:
    """`said`: the words in a row, folded, with a blank around each; the longest first."""

    said: tuple[str, ...]

    def beside(self, text: str) -> tuple[str, ...] | None:
        """The other words of a text that has such; None where it has none."""
        found = _in_a_row(text)
        said = [one for one in self.said if one in found]
        for one in said:
            found = found.replace(one, " ")
        return tuple(found.split()) if said else None


def phrases(said: Iterable[str]) -> Phrases:
    """Of a list of the lexicon."""
    return Phrases(tuple(sorted(map(_in_a_row, said), key=len, reverse=True)))


def _in_a_row(text: str) -> str:
    return f" {' '.join(words(text))} "
