"""Every request against the machine-readable Bot API (methods, parameters, types, limits).

The document has the shape of PaulSonOfLars/telegram-bot-api-spec. It is not part of this
repository: tests take its path from the environment variable BOT_API_SPEC.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .entities import EntitiesError, parse_html
from .forms import CHAT_ID, Form
from .limits import limit_in, too_long
from .records import Json
from .refusals import QUERY_TOO_OLD, missing
from .values import Values, form_value

# One wording for every range of numbers: the fake's own.
OUT_OF_RANGE = 'Bad Request: parameter "{name}" is out of range'


@dataclass(frozen=True)
class Problem:
    """One way in which a request breaks the documentation, and the refusal it earns."""

    parameter: str
    rule: str
    description: str


class Specification:
    """The documentation as a judge."""

    def __init__(self, document: Json) -> None:
        """Take the parsed document."""
        self.methods: dict[str, Json] = {
            name.lower(): method for name, method in document["methods"].items()
        }
        self.values = Values(document["types"])

    @classmethod
    def load(cls, path: str | Path) -> Specification:
        """Read the document."""
        return cls(document(str(path)))

    def knows(self, method: str) -> bool:
        """Whether the Bot API has such a method."""
        return method.lower() in self.methods

    def problems(self, method: str, form: Form) -> list[Problem]:
        """Return everything that is wrong with a request."""
        fields = {field["name"]: field for field in self.methods[method.lower()].get("fields", [])}
        unknown = [self._unknown(name) for name in given(form) if name not in fields]
        known = [
            problem
            for name, field in fields.items()
            for problem in self._field_problems(method, field, form)
        ]
        return unknown + known

    def _unknown(self, name: str) -> Problem:
        """Name a parameter that does not exist; the real server ignores it, the fake is loud."""
        return Problem(name, "unknown", f'Bad Request: unknown parameter "{name}"')

    def _field_problems(self, method: str, field: Json, form: Form) -> Iterator[Problem]:
        name = field["name"]
        if name not in form.values and name not in form.files:
            if field["required"]:
                yield Problem(name, "required", missing(name))
            return
        if name in form.files and "InputFile" not in field["types"]:
            yield Problem(name, "type", wrong_type(name))
        elif name in form.values:
            yield from self._value_problems(method, field, form)

    def _value_problems(self, method: str, field: Json, form: Form) -> Iterator[Problem]:
        name, raw = field["name"], form.values[field["name"]]
        if name.endswith("chat_id") and not CHAT_ID.fullmatch(raw):
            yield Problem(name, "number or @username", "Bad Request: chat not found")
            return
        fault = self.values.fault(form_value(raw, field["types"]), field["types"], name)
        if fault is not None:
            yield Problem(name, fault.rule, fault.description or wrong_type(name))
        yield from self._limit_problems(method, field, form)

    def _limit_problems(self, method: str, field: Json, form: Form) -> Iterator[Problem]:
        name = field["name"]
        limit = limit_in(field["description"], field["types"])
        value = form_value(readable(name, form), field["types"])
        if limit is None or not isinstance(value, str | int | list) or limit.allows(value):
            return
        description = too_long(name, method) if value else missing(name)
        if isinstance(value, int):
            description = OUT_OF_RANGE.format(name=name)
        yield Problem(name, str(limit), description)


@cache
def document(path: str) -> Json:
    """Read the document once for all servers of a test run."""
    return dict(json.loads(Path(path).read_text(encoding="utf-8")))


def given(form: Form) -> list[str]:
    """Return the names of the parameters; an attached file belongs to the one that names it."""
    attached = [name for name in form.files if not is_attached(name, form)]
    return [*form.values, *(name for name in attached if name not in form.values)]


def is_attached(name: str, form: Form) -> bool:
    """Whether another parameter points to this file."""
    return any(f"attach://{name}" in value for value in form.values.values())


def readable(name: str, form: Form) -> str:
    """Return a value as its reader sees it: limits hold after the entities are parsed."""
    raw = form.values[name]
    if name not in ("text", "caption") or form.text("parse_mode").lower() != "html":
        return raw
    try:
        return parse_html(raw).text.strip()
    except EntitiesError:
        return "-"  # the method itself refuses it, with the parser's words


def wrong_type(name: str) -> str:
    """Say that a value has the wrong type."""
    if name in ("callback_query_id", "inline_query_id"):
        return QUERY_TOO_OLD
    if name == "reply_markup":
        return "Bad Request: object expected as reply markup"
    return f'Bad Request: can\'t parse parameter "{name}"'
