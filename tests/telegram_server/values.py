"""Values inside a request against the types of the documentation, however deep."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from .limits import limit_in, too_long
from .records import Json

ARRAY = "Array of "
CONSTANT = re.compile(r"(?:must be|always) [\"“]?([a-z_0-9]+)[\"”]?")
NUMBER = re.compile(r"-?\d{1,18}")
FLOAT = re.compile(r"-?\d+(\.\d+)?")
FLAGS = {"true": True, "false": False, "1": True, "0": False}
SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "Float": (int, float),
    "InputFile": (str,),
}


@dataclass(frozen=True)
class Fault:
    """A value that does not fit; `description` is set where the server has words for it."""

    rule: str
    description: str = ""

    @property
    def depth(self) -> int:
        """How far the check came before it failed."""
        return self.rule.partition(":")[0].count(".")


def form_value(raw: str, types: list[str]) -> Any:
    """Return what a string on the wire stands for, given the types that are allowed."""
    if "Integer" in types and NUMBER.fullmatch(raw):
        return int(raw)
    if "Float" in types and FLOAT.fullmatch(raw):
        return float(raw)
    if types == ["Boolean"]:
        return FLAGS.get(raw.lower(), raw)
    if "String" in types or set(types) <= set(SCALARS):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        return raw


class Values:
    """The types of the documentation."""

    def __init__(self, types: dict[str, Json]) -> None:
        """Take the part `types` of the document."""
        self.types = types

    def fault(self, value: Any, types: list[str], path: str) -> Fault | None:
        """Return why a value is none of the types, or None when it is one."""
        faults = [self._fault_as(value, name, path) for name in types]
        if None in faults:
            return None
        # The fault that lies deepest is the best guess at which type was meant.
        return max((fault for fault in faults if fault), key=lambda fault: fault.depth)

    def _fault_as(self, value: Any, name: str, path: str) -> Fault | None:
        if name.startswith(ARRAY):
            return self._list_fault(value, name.removeprefix(ARRAY), path)
        if name in SCALARS:
            wrong_flag = isinstance(value, bool) and name != "Boolean"
            fits = isinstance(value, SCALARS[name]) and not wrong_flag
            return None if fits else Fault(f"{path}: {name}")
        if not isinstance(value, dict):
            return Fault(f"{path}: {name}")
        return self._object_fault(value, name, path)

    def _list_fault(self, value: Any, name: str, path: str) -> Fault | None:
        if not isinstance(value, list):
            return Fault(f"{path}: {ARRAY}{name}")
        faults = (self.fault(item, [name], f"{path}[{place}]") for place, item in enumerate(value))
        return next((fault for fault in faults if fault), None)

    def _object_fault(self, value: Json, name: str, path: str) -> Fault | None:
        described = self.types[name]
        subtypes = described.get("subtypes")
        if subtypes:
            return self.fault(value, self._likely(value, subtypes), path)
        fields = {field["name"]: field for field in described.get("fields", [])}
        for key in value:
            if key not in fields:
                return Fault(f"{path}.{key}: unknown in {name}")
        faults = (self._field_fault(value, field, path) for field in fields.values())
        return next((fault for fault in faults if fault), None)

    def _likely(self, value: Json, subtypes: list[str]) -> list[str]:
        """Keep the subtypes whose constant `type` (or `status`, `source`) is the value's."""
        fitting = [name for name in subtypes if self._constants_fit(value, name)]
        return fitting or subtypes

    def _constants_fit(self, value: Json, name: str) -> bool:
        for field in self.types[name].get("fields", []):
            constant = constant_of(field)
            if constant and value.get(field["name"]) != constant:
                return False
        return True

    def _field_fault(self, value: Json, field: Json, path: str) -> Fault | None:
        name, inside = field["name"], f"{path}.{field['name']}"
        if name not in value:
            return Fault(f"{inside}: required") if field["required"] else None
        constant = constant_of(field)
        if constant and value[name] != constant:
            return Fault(f"{inside}: must be {constant}")
        return self.fault(value[name], field["types"], inside) or limit_fault(
            value[name], field, inside
        )


def limit_fault(value: Any, field: Json, path: str) -> Fault | None:
    """Check the length or range of a nested value."""
    limit = limit_in(field["description"], field["types"])
    # Texts with markup are measured after parsing, which the methods do.
    if limit is None or field["name"] in ("message_text", "caption", "quote"):
        return None
    fits = not isinstance(value, str | int) or limit.allows(value)
    return None if fits else Fault(f"{path}: {limit}", too_long(field["name"]))


def constant_of(field: Json) -> str:
    """Return the only value that a field may have, if the documentation names it."""
    if field["types"] != ["String"] or field["name"] not in ("type", "source", "status"):
        return ""
    match = CONSTANT.search(field["description"])
    return match.group(1) if match and " one of" not in field["description"] else ""
