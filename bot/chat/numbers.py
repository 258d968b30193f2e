"""A typed number that means a button: "2", "la 2", "optie 2", "the second one"."""

import re
from collections.abc import Iterable
from dataclasses import replace

from telegram import Message, Update

from bot.alerts.model import Outgoing
from bot.chat.callbacks import parse
from bot.chat.handlers import oddities
from bot.chat.request import Parts
from bot.chat.routes import ROUTES, Route
from bot.knowledge.lexicon import NumberWords
from bot.matching.text import words

LONGEST = 5
"""Words of a text that names a button and nothing else."""
_DIGITS = 2
_LABEL = re.compile(r"\d+\. ")
_BEYOND = Route(oddities.no_such_number, fresh=True)
_GONE = Route(oddities.no_list, fresh=True)


class Numbers:
    """Remembers the numbered buttons that a chat was shown last."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def meant(self, update: Update, text: str) -> tuple[Route, tuple[str, ...]] | None:
        """What the button does that the text names; None where the text says more.

        Where no list stands any more, by age or by a restart, that is what is told.
        """
        chat = update.effective_chat
        listed = self._parts.lists.of(chat.id, self._parts.clock()) if chat else ()
        number = chosen(text, self._parts.knowledge().lexicon.numbers)
        if number is None:
            return None
        if not listed:
            return _GONE, ()
        if not 1 <= number <= len(listed):
            return _BEYOND, (str(len(listed)),)
        press = parse(listed[number - 1], self._parts.ids())
        return (replace(ROUTES[press.verb], fresh=True), press.arguments) if press else None

    def note(self, update: Update, outgoing: Outgoing, *, keeps: bool, fresh: bool) -> None:
        """What was sent. `keeps`: it answers a number. `fresh`: it took no message's place."""
        chat = update.effective_chat
        listed = [data for row in outgoing.buttons for label, data in row if _LABEL.match(label)]
        if chat is None:
            return
        if listed:
            self._parts.lists.keep(chat.id, tuple(listed), self._parts.clock())
        elif not keeps and not _leaves_a_list(update, fresh=fresh):
            self._parts.lists.forget(chat.id)


def chosen(text: str, said: NumberWords | None) -> int | None:
    """The number that the text is, and nothing more; None for any other text."""
    found = words(text)
    if said is None or len(found) > LONGEST:
        return None
    beside = _folded(said.beside)
    rows = [_folded(row) for row in said.ordinals]
    values = {word: _value(word, rows) for word in found}
    if any(value is None and word not in beside for word, value in values.items()):
        return None
    told = {value for word, value in values.items() if value is not None and word not in beside}
    # "one" says nothing in "the second one", and all in "number one"
    told = told or {value for value in values.values() if value is not None}
    return told.pop() if len(told) == 1 else None


def _value(word: str, rows: list[frozenset[str]]) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= _DIGITS else None
    return next((number for number, row in enumerate(rows, start=1) if word in row), None)


def _folded(said: Iterable[str]) -> frozenset[str]:
    return frozenset(word for one in said for word in words(one))


def _leaves_a_list(update: Update, *, fresh: bool) -> bool:
    """Whether a press leaves the list, if there is one, standing in the chat."""
    query = update.callback_query
    if query is None or fresh:
        return query is not None
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    buttons = [one for row in markup.inline_keyboard for one in row] if markup else []
    return bool(buttons) and not any(_LABEL.match(one.text) for one in buttons)
