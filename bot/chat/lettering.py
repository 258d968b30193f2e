"""Text on pictures with Pillow's own font, whose letters bear no accents: the marks are drawn here.

No font of the system is taken for granted, and none is carried along.
"""

import unicodedata
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from bot.chat.sheet import Colour

Point = tuple[float, float]

_SPELLED = str.maketrans({"ß": "ss", "œ": "oe", "Œ": "OE", "æ": "ae", "–": "-", "—": "-"})
_OWN_SIGNS = frozenset("·…’«»")
_MISSING = "?"
_FINER = 4
"""Marks are drawn so many times larger and made smaller again: smooth edges."""

_ACUTE: tuple[Point, ...] = ((-0.08, -0.06), (0.02, -0.21), (0.14, -0.21), (0.01, -0.06))
_MARKS: dict[str, tuple[tuple[Point, ...], ...]] = {
    "\N{COMBINING ACUTE ACCENT}": (_ACUTE,),
    "\N{COMBINING GRAVE ACCENT}": (tuple((-x, y) for x, y in _ACUTE),),
    "\N{COMBINING CIRCUMFLEX ACCENT}": (
        (
            (-0.17, -0.06),
            (-0.05, -0.21),
            (0.05, -0.21),
            (0.17, -0.06),
            (0.07, -0.06),
            (0, -0.14),
            (-0.07, -0.06),
        ),
    ),
    "\N{COMBINING DIAERESIS}": (
        ((-0.18, -0.2), (-0.07, -0.2), (-0.07, -0.09), (-0.18, -0.09)),
        ((0.18, -0.2), (0.07, -0.2), (0.07, -0.09), (0.18, -0.09)),
    ),
    "\N{COMBINING CEDILLA}": (
        (
            (-0.03, 0),
            (0.05, 0),
            (0.03, 0.06),
            (0.11, 0.11),
            (0.04, 0.21),
            (-0.12, 0.19),
            (-0.11, 0.13),
            (0.01, 0.13),
            (-0.05, 0.1),
        ),
    ),
}
"""Shapes in parts of the font's size; y grows downwards from the letter's top (cedilla: foot)."""


def letters(text: str) -> tuple[tuple[str, str], ...]:
    """Each letter that the font has, with the mark that belongs on it or an empty text.

    A small i keeps its dot in place of any other mark.
    """
    found: list[tuple[str, str]] = []
    for sign in unicodedata.normalize("NFD", text.translate(_SPELLED)):
        if sign in _MARKS and found:
            found[-1] = found[-1][0], "" if found[-1][0] == "i" else sign
        elif not unicodedata.combining(sign):
            found.append((sign if sign.isascii() or sign in _OWN_SIGNS else _MISSING, ""))
    return tuple(found)


def width(text: str, size: int) -> float:
    """Pixels that the text takes."""
    return float(_font(size).getlength(_plain(text)))


def fitted(text: str, size: int, smallest: int, room: float) -> tuple[str, int]:
    """The text and the largest size at which it fits; where none does, the text is cut."""
    while size > smallest and width(text, size) > room:
        size -= 2
    while width(text, size) > room and len(text) > 1:
        text = text[:-2].rstrip() + "…"
    return text, size


def write(draw: ImageDraw.ImageDraw, at: Point, text: str, size: int, colour: Colour) -> None:
    """One line; `at` is where its baseline begins."""
    x, baseline = at
    font = _font(size)
    plain = _plain(text)
    draw.text((x, baseline), plain, font=font, fill=colour, anchor="ls")
    for number, (letter, mark) in enumerate(letters(text)):
        if mark:
            begins = x + font.getlength(plain[:number])
            _mark(draw, (begins, baseline), letter, mark, size, colour)


def _plain(text: str) -> str:
    return "".join(letter for letter, _ in letters(text))


def _mark(  # noqa: PLR0913, PLR0917 - where, what and how
    draw: ImageDraw.ImageDraw, at: Point, letter: str, mark: str, size: int, colour: Colour
) -> None:
    left, top, right, _ = _font(size).getbbox(letter, anchor="ls")
    foot = mark == "\N{COMBINING CEDILLA}"
    mask = _shape(mark, size)
    middle = at[0] + (left + right) / 2 - mask.width / 2
    edge = at[1] if foot else at[1] + top
    draw.bitmap((round(middle), round(edge - mask.height / 2)), mask, fill=colour)


@lru_cache(maxsize=64)
def _shape(mark: str, size: int) -> Image.Image:
    """The mark as a mask, its origin in the middle."""
    side = round(size * 0.5) * 2
    large = Image.new("L", (side * _FINER, side * _FINER))
    pen = ImageDraw.Draw(large)
    for outline in _MARKS[mark]:
        middle, scale = side * _FINER / 2, size * _FINER
        pen.polygon([(middle + x * scale, middle + y * scale) for x, y in outline], fill=255)
    return large.resize((side, side), Image.Resampling.BOX)


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType: its own font has one size")
    return font
