"""Is it down? Who asks no more than that of a service may only want to hear its state.

"Recip-e down, what do I do?" asks more: any word of its own makes a text another question.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bot.knowledge import Lexicon
from bot.matching.model import Match
from bot.matching.services import Spoken
from bot.matching.text import words


@dataclass(frozen=True)
class Whether:
    """`asks`: words in a row that begin such a question. `beside`: what may stand in it.

    `outages`: the words of a service that is down for all, each with those beside it. `look`: the
    entry that tells where to look.
    """

    asks: tuple[tuple[str, ...], ...] = ()
    beside: frozenset[str] = frozenset()
    outages: frozenset[frozenset[str]] = field(default_factory=frozenset)
    look: str | None = None

    def marked(self, match: Match, text: str, spoken: Callable[[], Spoken]) -> Match:
        """The match, with where to look of a text that asks that and nothing else."""
        found = words(text)
        said = [run for run in self.outages if run <= frozenset(found)]
        if not said or not (text.rstrip().endswith("?") or self._begins(found)):
            return match  # most texts: what they name need not be looked up
        named = spoken()
        more = frozenset(named.others) - self.beside - frozenset[str]().union(*said)
        return replace(match, look=self.look) if named.services and not more else match

    def _begins(self, found: tuple[str, ...]) -> bool:
        return any(found[: len(run)] == run for run in self.asks)


def whether(lexicon: Lexicon, look: str | None) -> Whether:
    """Of the lexicon; without such words nothing is ever asked so."""
    said = lexicon.whether
    if said is None:
        return Whether()
    asks = tuple(words(one) for one in said.asks)
    beside = frozenset(_each((*said.beside, *said.asks)))
    outages = frozenset(frozenset(words(one)) for one in lexicon.outages)
    return Whether(asks, beside, outages, look)


def _each(said: Iterable[str]) -> Iterable[str]:
    return (word for one in said for word in words(one))
