"""The parameters of a request: form, multipart, JSON body or query string, all as strings."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from .records import Json, Upload
from .refusals import RefusalError, broken_rule, missing

CHAT_ID = re.compile(r"-?[1-9]\d{0,15}|@[A-Za-z][A-Za-z0-9_]{3,31}")
TRUE = ("true", "yes", "1")


@dataclass(frozen=True)
class Form:
    """The parameters and files of one request; a value is a string, as on the wire.

    `caller`: what stands before "/bot" in its address.
    """

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    caller: str = ""

    def text(self, name: str) -> str:
        """Return a string, empty when it is not there."""
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """Return a number; what is not a number is the default, as in the real server."""
        value = self.values.get(name, "")
        return int(value) if re.fullmatch(r"-?\d{1,18}", value) else default

    def boolean(self, name: str) -> bool:
        """Return a flag."""
        return self.values.get(name, "").lower() in TRUE

    def json(self, name: str, what: str) -> Any:
        """Return a JSON-serialized value, None when it is not there."""
        value = self.values.get(name, "")
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            description = f"Bad Request: can't parse {what} JSON object"
            raise broken_rule(description, name, "JSON") from error

    def chat_id(self) -> int | str:
        """Return the chat of the request; its form is checked, for values are only strings."""
        value = self.text("chat_id")
        if not value:
            raise broken_rule(missing("chat_id"), "chat_id", "required")
        if not CHAT_ID.fullmatch(value):
            raise broken_rule("Bad Request: chat not found", "chat_id", "number or @username")
        return value if value.startswith("@") else int(value)

    def upload(self, name: str) -> Upload | None:
        """Return the file of a parameter, sent under its name or attached under another."""
        attached = self.text(name).removeprefix("attach://")
        return self.files.get(name) or self.files.get(attached)


async def read_form(request: web.Request, caller: str = "") -> Form:
    """Collect the parameters from wherever the client put them."""
    values: dict[str, str] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= as_strings(await json_body(request))
    elif request.content_type == "multipart/form-data":
        await read_parts(request, values, files)
    elif request.can_read_body:
        values |= {name: str(value) for name, value in (await request.post()).items()}
    return Form(values, files, caller)


async def json_body(request: web.Request) -> Json:
    """Return the body of a JSON request."""
    try:
        return dict(await request.json())
    except ValueError as error:
        raise RefusalError("Bad Request: can't parse JSON object") from error


def as_strings(body: Json) -> dict[str, str]:
    """Serialize what is not a string, so that one rule fits every way of sending."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in body.items()
        if value is not None
    }


async def read_parts(
    request: web.Request, values: dict[str, str], files: dict[str, Upload]
) -> None:
    """Read the parts of a multipart request; a part with a file name is a file."""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=False))
        if part.filename is None:
            values[part.name or ""] = content.decode()
        else:
            kind = part.headers.get("Content-Type", "")
            files[part.name or ""] = Upload(part.filename, content, kind)
