"""Text -> folded words and character grams. Pure, bounded, and the same for base and question."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

MAX_CHARACTERS = 2_000
"""A question beyond this is cut: a rambling dictated one has about 400."""
MAX_WORDS = 120
MAX_WORD = 40
GRAM_SIZES = (3, 4, 5)

_WORD = re.compile(r"[a-z0-9]+(?:\+(?![a-z0-9]))?")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_REPEATED = re.compile(r"([a-z])\1{2,}")


def fold(text: str) -> str:
    """Small letters without accents, ligatures or typographic signs; at most 2,000 characters."""
    cut = text[:MAX_CHARACTERS]
    if not cut.isascii():
        cut = unicodedata.normalize("NFKD", cut)
    lowered = cut.lower().translate(_APOSTROPHES).translate(_LETTERS)
    if lowered.isascii():
        return lowered
    plain = (sign for sign in lowered if not unicodedata.combining(sign))
    return "".join(plain)[:MAX_CHARACTERS]


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; of a letter repeated for emphasis ("heeeelp") two stay."""
    found = _WORD.findall(_REPEATED.sub(r"\1\1", fold(text)))
    return tuple(word[:MAX_WORD] for word in found[:MAX_WORDS])


def grams(word: str) -> tuple[str, ...]:
    """Runs of 3 to 5 characters of a word with its ends marked: <eid> gives <ei, eid and so on."""
    marked = f"<{word}>"
    return tuple(
        marked[start : start + size]
        for size in GRAM_SIZES
        for start in range(max(1, len(marked) - size + 1))
        if len(marked) >= size
    )


def joined(found: Iterable[str], joins: Mapping[tuple[str, ...], str], longest: int) -> list[str]:
    """Words with known runs put together: "recip", "e" -> "recipe". The longest run wins."""
    rest = list(found)
    result: list[str] = []
    position = 0
    while position < len(rest):
        for size in range(min(longest, len(rest) - position), 1, -1):
            one = joins.get(tuple(rest[position : position + size]))
            if one is not None:
                result.append(one)
                position += size
                break
        else:
            result.append(joins.get((rest[position],), rest[position]))
            position += 1
    return result
