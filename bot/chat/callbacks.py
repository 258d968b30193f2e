"""Callback data: `v1:verb:arguments`, at most 64 bytes, with no state but itself.

https://core.telegram.org/bots/api#inlinekeyboardbutton
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LIMIT = 64
"""Bytes of callback data that Telegram takes."""

_VERSION = "v1"
_SEPARATOR = "|"
_DIGEST_MARK = "~"


class Verb(StrEnum):
    """What a button does. A value is never reused for something else: old buttons carry it."""

    SHOW = "show"
    OPEN = "open"
    PAGE = "page"
    OTHER_PROFESSION = "other"
    AS_PROFESSION = "as"
    STATUS = "st"
    STATUS_PAGE = "stp"
    STATUS_NEW = "stn"
    PROCEDURE_STATUS = "pst"
    SUBSCRIBE = "sub"
    UNSUBSCRIBE = "uns"
    FOLLOW_PROCEDURE = "fol"
    TOPICS = "tops"
    TOPIC = "top"
    TOPIC_NEW = "topn"
    LANGUAGE = "lang"
    PROFESSION = "prof"
    QUIET = "quiet"
    SETTINGS = "set"
    MUTE = "mute"
    CONFIRM = "do"


@dataclass(frozen=True)
class Press:
    """A button that was pressed."""

    verb: Verb
    arguments: tuple[str, ...] = ()


def pack(verb: Verb, *arguments: str) -> str:
    """The data of a button. Ids too long to fit are carried as a digest of themselves.

    Raises ValueError where even that does not fit: a mistake of ours, not of a user.
    """
    for shorten in (str, _digest):
        data = f"{_VERSION}:{verb}:{_SEPARATOR.join(map(shorten, arguments))}"
        if len(data.encode()) <= LIMIT:
            return data
    raise ValueError(f"callback data of {verb} is over {LIMIT} bytes")


def parse(data: str, known: Iterable[str] = ()) -> Press | None:
    """The press; None for an unknown version or verb. `known`: ids that a digest may stand for."""
    version, _, rest = data.partition(":")
    verb, _, carried = rest.partition(":")
    if version != _VERSION or verb not in _VERBS:
        return None
    arguments = tuple(part for part in carried.split(_SEPARATOR) if part)
    return Press(Verb(verb), tuple(_resolve(part, known) for part in arguments))


_VERBS = frozenset(Verb)


def _digest(argument: str) -> str:
    return _DIGEST_MARK + hashlib.sha256(argument.encode()).hexdigest()[:16]


def _resolve(part: str, known: Iterable[str]) -> str:
    if not part.startswith(_DIGEST_MARK):
        return part
    return next((one for one in known if _digest(one) == part), part)
