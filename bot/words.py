"""Words for people: Fluent messages of locales/, dates and durations in four languages."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.clock import BRUSSELS

LOCALES = Path(__file__).parent / "locales"
FALLBACK = "en"

_BABEL = {
    "fr": Locale("fr", "BE"),
    "nl": Locale("nl", "BE"),
    "de": Locale("de", "BE"),
    "en": Locale("en", "BE"),
}
_DAY_AND_MONTH = {"fr": "d MMM", "nl": "d MMM", "de": "d. MMM", "en": "d MMM"}


class UnknownMessageError(LookupError):
    """No such message in the language's file: a mistake of ours, found by the parity test."""


class Words:
    """The messages of each `<language>.ftl` in a folder. A strange language is told in English."""

    def __init__(self, directory: Path = LOCALES) -> None:
        self._paths = {path.stem: path for path in sorted(directory.glob("*.ftl"))}
        self._bundles: dict[str, FluentBundle] = {}
        self.languages = tuple(self._paths)

    def text(self, language: str, message_id: str, /, **arguments: str | int) -> str:
        """The message as plain text (never HTML); argument names are those of the .ftl file.

        Raises UnknownMessageError for a missing message, ValueError for a missing argument.
        """
        bundle = self._bundle(self._known(language))
        message = bundle.get_message(message_id) if bundle.has_message(message_id) else None
        if message is None or message.value is None:
            raise UnknownMessageError(f"{self._known(language)}.ftl has no message {message_id}")
        text, errors = bundle.format_pattern(message.value, dict(arguments))
        if errors:
            raise ValueError(f"{language}.ftl, {message_id}: {errors[0]}")
        return str(text)

    def moment(self, language: str, at: datetime, now: datetime) -> str:
        """`14:02` on the day of `now` in Brussels, else `21 Nov 14:02`."""
        local = at.astimezone(BRUSSELS)
        if local.date() == now.astimezone(BRUSSELS).date():
            return f"{local:%H:%M}"
        return self.day_and_time(language, at)

    def day_and_time(self, language: str, at: datetime) -> str:
        """`21 Nov 14:02` in Brussels: for texts that must read the same whenever they are sent."""
        known = self._known(language)
        form = f"{_DAY_AND_MONTH[known]} HH:mm"
        return format_datetime(at.astimezone(BRUSSELS), form, locale=_BABEL[known])

    def day(self, language: str, day: date) -> str:
        """`21 Nov 2026`."""
        known = self._known(language)
        return format_date(day, f"{_DAY_AND_MONTH[known]} y", locale=_BABEL[known])

    def weekday(self, language: str, day: date) -> str:
        """`Sat 21/11`: for the rows of a table."""
        return format_date(day, "EEE d/M", locale=_BABEL[self._known(language)])

    def number(self, language: str, value: float) -> str:
        """`99.2` with the language's own decimal sign; one decimal, none where it is zero."""
        return format_decimal(value, "0.#", locale=_BABEL[self._known(language)])

    def response(self, language: str, seconds: float) -> str:
        """A response time with its unit: `420 ms` or `4.2 s`."""
        if seconds < 1:
            return f"{round(seconds * 1000)} ms"
        return f"{self.number(language, seconds)} s"

    def published(self, language: str, written: str) -> str:
        """A date as precise as it was given: `2025`, `2025-03` or `2025-03-21`."""
        parts = [int(part) for part in written.split("-")]
        day = date(parts[0], *[*parts[1:], 1, 1][:2])
        if len(parts) == 3:  # noqa: PLR2004 - year, month and day
            return self.day(language, day)
        form = {1: "y", 2: "MMM y"}[len(parts)]
        return format_date(day, form, locale=_BABEL[self._known(language)])

    def duration(self, language: str, span: timedelta) -> str:
        """`under 1 min`, `37 min`, `2 h 05 min` or `3 d 4 h`; a negative span counts as none."""
        minutes = max(0, int(span.total_seconds() // 60))
        if minutes < 1:
            return self.text(language, "duration-moment")
        if minutes < 60:  # noqa: PLR2004 - an hour
            return self.text(language, "duration-minutes", minutes=minutes)
        hours, minutes = divmod(minutes, 60)
        if hours < 24:  # noqa: PLR2004 - a day
            return self.text(language, "duration-hours", hours=hours, minutes=f"{minutes:02d}")
        days, hours = divmod(hours, 24)
        return self.text(language, "duration-days", days=days, hours=hours)

    def _known(self, language: str) -> str:
        return language if language in self._paths else FALLBACK

    def _bundle(self, language: str) -> FluentBundle:
        if language not in self._bundles:
            self._bundles[language] = _bundle(self._paths[language])
        return self._bundles[language]


def locale_problems(directory: Path = LOCALES) -> tuple[str, ...]:
    """What one language file lacks or has beyond the English one, as `file: what is wrong`."""
    parsed = {path.name: messages(path) for path in sorted(directory.glob("*.ftl"))}
    model = parsed[f"{FALLBACK}.ftl"]
    return tuple(
        problem for name, found in parsed.items() for problem in _differences(name, model, found)
    )


def messages(path: Path) -> dict[str, frozenset[str]]:
    """Message id -> names of its arguments, of one .ftl file. Raises ValueError where it breaks."""
    resource = FluentParser().parse(path.read_text(encoding="utf-8"))
    found: dict[str, frozenset[str]] = {}
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            broken = (entry.content or "").strip()[:60]
            raise ValueError(f"{path.name}: not Fluent: {broken}")  # noqa: TRY004 - the file's fault
        if isinstance(entry, ast.Message):
            found[entry.id.name] = _arguments(entry)
    return found


class _ArgumentNames(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)


def _arguments(message: ast.Message) -> frozenset[str]:
    visitor = _ArgumentNames()
    visitor.visit(message)
    return frozenset(visitor.names)


def _differences(
    name: str, model: Mapping[str, frozenset[str]], found: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    for message_id in sorted(model.keys() | found.keys()):
        if message_id not in found:
            yield f"{name}: message {message_id} is missing; {FALLBACK}.ftl has it"
        elif message_id not in model:
            yield f"{name}: message {message_id} stands in no {FALLBACK}.ftl; add it there"
        elif model[message_id] != found[message_id]:
            wanted = ", ".join(sorted(model[message_id])) or "none"
            yield f"{name}: message {message_id} must use exactly these arguments: {wanted}"


@cache
def _bundle(path: Path) -> FluentBundle:
    """One for all who speak the language: each takes 1 to 2 MB."""
    # Without isolation: its invisible marks break searching, copying and monospaced terminals.
    bundle = FluentBundle([path.stem], use_isolating=False)
    text = path.read_text(encoding="utf-8")
    bundle.add_resource(FluentParser(with_spans=False).parse(text))  # nobody asks where they stood
    return bundle
