"""Rows of buttons as plain values: (label, callback data)."""

import re
from collections.abc import Iterable

from bot.chat.callbacks import Verb, pack

Button = tuple[str, str]
Rows = tuple[tuple[Button, ...], ...]

LABEL_LIMIT = 30
"""Characters of a label that a telephone shows on one line."""
LEAST_CUT = 20
"""A cut after a whole word leaves so many characters; else it is made in the word."""
_BRACKETS = re.compile(r"(?<=\w) \([^()]*\)$")


def button(label: str, verb: Verb, *arguments: str) -> Button:
    """One button; a longer label is shortened."""
    return shortened(label), pack(verb, *arguments)


def shortened(label: str) -> str:
    """Fits on the button: without the brackets at its end, else cut, after a word if one ends near.

    "eFact (facturation tiers payant)" is known as "eFact".
    """
    bare = _BRACKETS.sub("", label) if len(label) > LABEL_LIMIT else label
    if len(bare) <= LABEL_LIMIT:
        return bare
    cut = bare[: LABEL_LIMIT - 1]
    at_word = cut.rpartition(" ")[0] if bare[LABEL_LIMIT - 1] != " " else cut
    whole = at_word if len(at_word) >= LEAST_CUT else cut
    return whole.rstrip(" ,:;–-") + "…"


def rows(buttons: Iterable[Button], per_row: int = 1) -> Rows:
    """The buttons in rows of `per_row`."""
    all_of_them = tuple(buttons)
    return tuple(all_of_them[at : at + per_row] for at in range(0, len(all_of_them), per_row))


def paired(buttons: Iterable[Button]) -> Rows:
    """Two in a row where both labels are short, else one."""
    laid: list[tuple[Button, ...]] = []
    for one in buttons:
        if laid and len(laid[-1]) == 1 and len(laid[-1][0][0]) <= _HALF and len(one[0]) <= _HALF:
            laid[-1] = (laid[-1][0], one)
        else:
            laid.append((one,))
    return tuple(laid)


_HALF = 16
"""Characters of a label of which two fit beside each other on a telephone."""
