"""Lengths and ranges: read out of the documentation's sentences, and a built-in minimum."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .entities import utf16_length
from .refusals import RefusalError, broken_rule, missing

LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
COUNT = re.compile(r"at most (\d+) commands", re.IGNORECASE)
RANGE = re.compile(r"(?:between|,) (\d+)-(\d+)(?: are accepted|\.)")

TOO_LONG = {
    "text": "Bad Request: message is too long",
    "message_text": "Bad Request: message is too long",
    "caption": "Bad Request: message caption is too long",
    "callback_data": "Bad Request: BUTTON_DATA_INVALID",
    "secret_token": "Bad Request: secret token is too long",
}


@dataclass(frozen=True)
class Limit:
    """How long a text may be, or how large a number."""

    least: int
    most: int
    unit: str

    def allows(self, value: str | int | list[object]) -> bool:
        """Whether a value lies within the limit."""
        return self.least <= measure(value, self.unit) <= self.most

    def __str__(self) -> str:
        """Say the limit as the documentation does."""
        return f"{self.least}-{self.most} {self.unit}"


BUILT_IN = {
    "text": Limit(1, 4096, "characters"),
    "caption": Limit(0, 1024, "characters"),
    "callback_data": Limit(1, 64, "bytes"),
    "callback_answer": Limit(0, 200, "characters"),
    "commands": Limit(0, 100, "items"),
    "command": Limit(1, 32, "characters"),
    "command_description": Limit(1, 256, "characters"),
    "description": Limit(0, 512, "characters"),
    "short_description": Limit(0, 120, "characters"),
    "result_id": Limit(1, 64, "bytes"),
}


def measure(value: str | int | list[object], unit: str) -> int:
    """Measure a value; characters are UTF-16 code units."""
    if isinstance(value, int):
        return value
    if isinstance(value, list):
        return len(value)
    return len(value.encode()) if unit == "bytes" else utf16_length(value)


def limit_in(description: str, types: list[str]) -> Limit | None:
    """Read the limit out of a parameter's description, if it states one."""
    pattern = {"String": LENGTH, "Integer": RANGE, "Array of BotCommand": COUNT}.get(types[0])
    match = pattern.search(description) if pattern else None
    if match is None:
        return None
    if pattern is COUNT:
        return Limit(0, int(match.group(1)), "items")
    unit = match.group(3).lower() if pattern is LENGTH else "value"
    return Limit(int(match.group(1)), int(match.group(2)), unit)


def too_long(name: str, method: str = "") -> str:
    """Say that a text is too long; without a known wording, the fake's own."""
    if method.lower() == "answercallbackquery" and name == "text":
        return "Bad Request: MESSAGE_TOO_LONG"
    return TOO_LONG.get(name, f"Bad Request: {name} is too long")


def check_built_in(name: str, value: str, parameter: str, wording: str = "") -> None:
    """Refuse a text outside the built-in limit `name`."""
    limit = BUILT_IN[name]
    if not limit.allows(value):
        raise outside(limit, value, parameter, wording)


def outside(limit: Limit, value: str, parameter: str, wording: str) -> RefusalError:
    """Return the refusal of a text that is empty or too long."""
    description = wording or (too_long(parameter) if value else missing(parameter))
    return broken_rule(description, parameter, str(limit))
