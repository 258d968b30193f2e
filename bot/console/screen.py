"""Telegram's HTML and buttons on a terminal."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

_STYLES = {"b": "bold", "i": "italic", "code": "bold"}


class Screen:
    """Prints messages; remembers the buttons of the last one that has any, by number."""

    def __init__(self, output: TextIO) -> None:
        self._console = Console(file=output, highlight=False, soft_wrap=False)
        self._pressable: tuple[int, tuple[str, ...]] = (0, ())
        self.muted = False

    def show(self, number: int, markup: str, keyboard: Mapping[str, Any] | None) -> None:
        """One message: its text, then its buttons as `[1] label`."""
        buttons = tuple(_buttons(keyboard))
        if buttons:
            self._pressable = (number, tuple(data for _, data in buttons))
        if self.muted:
            return
        self._console.print()
        self._console.print(as_text(markup))
        for at, (label, _) in enumerate(buttons, start=1):
            self._console.print(Text(f"  [{at}] {label}", style="cyan"))
        self._console.print()

    def say(self, told: str) -> None:
        """A line of the console itself."""
        self._console.print(Text(told, style="dim"))

    def prompt(self, typed: str | None = None) -> None:
        """`> `, with what was typed where the terminal does not show it itself."""
        self._console.print(Text("> " if typed is None else f"> {typed}"), end="")
        if typed is not None:
            self._console.print()

    def pressed(self, typed: str) -> tuple[int, str] | None:
        """Message and data of the button of that number; None: there is none."""
        message, data = self._pressable
        if not typed.isdecimal() or not 1 <= int(typed) <= len(data):
            return None
        return message, data[int(typed) - 1]

    @property
    def has_buttons(self) -> bool:
        """Whether a number can mean a button at all."""
        return bool(self._pressable[1])


def as_text(markup: str) -> Text:
    """Telegram's HTML as styled text: links with their address, quotations behind a bar."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    return parser.text


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._style: list[str] = []
        self._address = ""
        self._quoted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _STYLES:
            self._style.append(_STYLES[tag])
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""
        elif tag == "blockquote":
            self._quoted = True
            self.text.append("│ ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _STYLES and self._style:
            self._style.pop()
        elif tag == "a" and self._address:
            self.text.append(f" <{self._address}>", style="dim")
        elif tag == "blockquote":
            self._quoted = False

    def handle_data(self, data: str) -> None:
        shown = data.replace("\n", "\n│ ") if self._quoted else data
        self.text.append(shown, style=" ".join(self._style))


def _buttons(keyboard: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    for row in (keyboard or {}).get("inline_keyboard", ()):
        for button in row:
            yield button["text"], button.get("callback_data", "")
