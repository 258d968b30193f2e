"""The last seven days of one service as a picture: a row for each day, a bar for each hour. Pure.

A state is told by colour, by height and by pattern, so that no one needs the colour: the colours
are those of https://jfly.uni-koeln.de/color/ for all kinds of colour vision. What is unknown is
hatched and empty, never filled. The ground is dark in itself, so the picture reads the same in a
light and in a dark chat. Where no hour was (before the first, after the last, the night in which
the clocks go forward) nothing is drawn.
"""

import io
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.chat.lettering import fitted, width, write
from bot.chat.sheet import LOOKS, Colour, Sheet
from bot.clock import BRUSSELS
from bot.status.model import State

Box = tuple[int, int, int, int]
"""Left, top, right, bottom; the last two are outside."""

GROUND: Colour = (23, 33, 43)
INK: Colour = (245, 247, 250)
FAINT: Colour = (172, 184, 196)
LINE: Colour = (72, 86, 100)


WIDTH = 1080
MARGIN = 40
LEFT = 224
SLOT = 34
BAR = 28
ROW = 84
STEP = 108
TOP = 236
LEGEND_STEP = 64
TITLE, SMALLEST_TITLE, TEXT = 56, 40, 38
MARKED_HOURS = (0, 6, 12, 18, 24)


@lru_cache(maxsize=64)
def picture(sheet: Sheet) -> bytes:
    """The sheet as PNG, under 300 ms; to be called off the event loop."""
    image = Image.new("RGB", (WIDTH, _height(sheet)), GROUND)
    draw = ImageDraw.Draw(image)
    _head(draw, sheet)
    for row, (_, name) in enumerate(sheet.days):
        foot = TOP + row * STEP + ROW
        shown, size = fitted(name, TEXT, 30, LEFT - MARGIN - 16)
        write(draw, (MARGIN, foot - 24), shown, size, INK)
        draw.line((LEFT, foot, LEFT + 24 * SLOT, foot), LINE, 2)
    for hour, box in zip(sheet.hours, boxes(sheet), strict=True):
        image.paste(_bar(hour.state, box[2] - box[0]), box[:2])
    _legend(image, draw, sheet)
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def boxes(sheet: Sheet) -> Iterator[Box]:
    """Where the bar of each hour stands: its whole room, of which it takes its height.

    An hour has the place that the Belgian clock gives it. When the clocks go back, one place
    holds two hours, each half as wide.
    """
    rows = {day: row for row, (day, _) in enumerate(sheet.days)}
    local = [hour.start.astimezone(BRUSSELS) for hour in sheet.hours]
    shared = Counter((at.date(), at.hour) for at in local)
    for at in local:
        top = TOP + rows[at.date()] * STEP
        left = LEFT + at.hour * SLOT + (SLOT - BAR) // 2
        if shared[at.date(), at.hour] == 1:
            yield left, top, left + BAR, top + ROW
        else:
            half = BAR // 2
            left += at.fold * half
            yield left, top, left + half - 2, top + ROW


def legend_boxes(sheet: Sheet) -> tuple[Box, ...]:
    """Where the sample of each state stands, three a column."""
    top = TOP + len(sheet.days) * STEP + 24
    places = [(MARGIN + n // 3 * 500, top + n % 3 * LEGEND_STEP) for n in range(len(sheet.legend))]
    return tuple((left, at, left + BAR, at + LEGEND_STEP - 14) for left, at in places)


def _height(sheet: Sheet) -> int:
    return TOP + len(sheet.days) * STEP + 24 + 3 * LEGEND_STEP + MARGIN - 14


def _head(draw: ImageDraw.ImageDraw, sheet: Sheet) -> None:
    room = WIDTH - 2 * MARGIN
    title, size = fitted(sheet.title, TITLE, SMALLEST_TITLE, room)
    write(draw, (MARGIN, 84), title, size, INK)
    subtitle, size = fitted(sheet.subtitle, TEXT, TEXT, room)
    write(draw, (MARGIN, 144), subtitle, size, FAINT)
    for hour in MARKED_HOURS:
        x = LEFT + hour * SLOT
        write(draw, (x - width(str(hour), 34) / 2, 206), str(hour), 34, FAINT)
        draw.line((x, 214, x, 224), LINE, 2)


def _legend(image: Image.Image, draw: ImageDraw.ImageDraw, sheet: Sheet) -> None:
    for (state, words), box in zip(sheet.legend, legend_boxes(sheet), strict=True):
        left, top, right, bottom = box
        image.paste(_bar(state, right - left, bottom - top), (left, top))
        shown, size = fitted(words, TEXT, 30, 420)
        write(draw, (right + 20, bottom - 8), shown, size, INK)


@lru_cache(maxsize=64)
def _bar(state: State, wide: int, height: int = ROW) -> Image.Image:
    """The bar on its ground, standing at the foot."""
    look = LOOKS[state]
    image = Image.new("RGB", (wide, height), GROUND)
    draw = ImageDraw.Draw(image)
    top = round(height * (1 - look.height))
    if look.hatched:
        for x in range(-height, wide, 12):
            draw.line((x, height, x + height, 0), look.colour, 2)
        draw.rectangle((0, 0, wide - 1, height - 1), outline=look.colour, width=2)
        return image
    draw.rectangle((0, top, wide, height), look.colour)
    if look.gap:
        for y in range(top + 8, height, 8 + look.gap):
            draw.rectangle((0, y, wide, y + look.gap - 1), GROUND)
    return image
