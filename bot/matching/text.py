"""Text -> folded words. Pure, bounded, and the same for base and question."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

MAX_CHARACTERS = 2_000
"""A question beyond this is cut: a rambling dictated one has about 400."""
MAX_WORDS = 120
MAX_WORD = 40
TOGETHER = 2_000

Join = tuple[tuple[str, ...], str]
"""A run of words and the one word that they are."""

_WORD = re.compile(r"[a-z0-9]+(?:\+(?![a-z0-9]))?")
_PLAIN = (
    *((sign, "'") for sign in "’‘`´ʼ"),
    *(("ß", "ss"), ("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ł", "l"), ("đ", "d")),
)
_SIGNS = b"abcdefghijklmnopqrstuvwxyz0123456789+\n"
_BLANKS = bytes(sign if sign in _SIGNS else ord(" ") for sign in range(256))
"""Everything that cannot be part of a word becomes a blank."""
_REPEATED = re.compile(r"([a-z])\1{2,}")


def fold(text: str) -> str:
    """Small letters without accents, ligatures or typographic signs; at most 2,000 characters."""
    return _folded(text[:MAX_CHARACTERS])[:MAX_CHARACTERS]


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).lower()
    marks = ((sign, "") for sign in set(plain) if unicodedata.combining(sign))
    for sign, instead in (*_PLAIN, *marks):
        plain = plain.replace(sign, instead)
    return plain


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; of a letter repeated for emphasis ("heeeelp") two stay."""
    return _split(text[:MAX_CHARACTERS])


@lru_cache(maxsize=1)
def _split(text: str) -> tuple[str, ...]:
    """Kept until the next text: each part of matching splits the same question."""
    found = _WORD.findall(_REPEATED.sub(r"\1\1", fold(text)))
    return tuple(word[:MAX_WORD] for word in found[:MAX_WORDS])


def words_of_each(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """As `words` of each text, many folded in one go: for building an index."""
    kept = _Kept()
    for start in range(0, len(texts), TOGETHER):
        cut = [text[:MAX_CHARACTERS].replace("\n", " ") for text in texts[start : start + TOGETHER]]
        blanked = _folded("\n".join(cut)).encode("ascii", "replace").translate(_BLANKS)
        for line in blanked.decode().split("\n"):
            short = line[:MAX_CHARACTERS]
            found = _WORD.findall(short) if "+" in short else short.split()
            yield tuple(map(kept.__getitem__, found[:MAX_WORDS]))


class _Kept(dict[str, str]):
    """Words as found -> as they count; each is looked at once."""

    def __missing__(self, word: str) -> str:
        return self.setdefault(word, _REPEATED.sub(r"\1\1", word)[:MAX_WORD])


def by_first_word(joins: Mapping[tuple[str, ...], str]) -> dict[str, tuple[Join, ...]]:
    """The spellings that are put together, by their first word, the longest first."""
    found: dict[str, list[Join]] = {}
    for run, one in sorted(joins.items(), key=lambda join: -len(join[0])):
        found.setdefault(run[0], []).append((run, one))
    return {first: tuple(runs) for first, runs in found.items()}


def joined(found: Sequence[str], joins: Mapping[str, tuple[Join, ...]]) -> list[str]:
    """Words with known runs put together: "recip", "e" -> "recipe". The longest run wins."""
    starts = [place for place, word in enumerate(found) if word in joins]
    if not starts:
        return list(found)
    rest = tuple(found)
    result: list[str] = []
    done = 0
    for start in starts:
        if start >= done:
            word, size = longest_at(rest, start, joins[rest[start]])
            result += (*rest[done:start], word)
            done = start + size
    return [*result, *rest[done:]]


def longest_at(found: tuple[str, ...], position: int, runs: tuple[Join, ...]) -> tuple[str, int]:
    """The word that stands there, joined where it can be, and how many words that takes."""
    for run, one in runs:
        if found[position : position + len(run)] == run:
            return one, len(run)
    return found[position], 1


def numbering() -> defaultdict[str, int]:
    """Numbers each text that it is asked for, from 0, the same text always the same."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers
