"""Phone numbers in what people read: only those that the base cites, and the same in each language.

A wrong number costs a person with a patient in front of them more than none. The digits are
compared: "+32 2 788 51 55" is "02 788 51 55".
"""

import re
from collections.abc import Iterator, Mapping

from bot.knowledge.document import Document, PathKey
from bot.knowledge.links import Row
from bot.knowledge.model import LANGUAGES, Contact, Localized, Procedure, Reference
from bot.knowledge.problems import Problem

SHORT = frozenset("101 102 103 105 106 107 108 110 112 1712 1722 1733 1771 1813 1819 8112".split())
"""Belgian numbers for emergencies and help; "190" is an error, "2012" a year."""
LONG = 9
"""Digits of a whole number: fewer are a date or a code."""
TEXTS = ("title", "trigger", "automatic", "proof", "limits", "afterwards")
_NUMBER = re.compile(
    r"(?<!BE )(?<![\w.,/+])(?:\+|\(?0)\d*(?:[\s./()-]{0,2}\d)+(?!\w)"
    r"|(?<![\w.,/+])\d{3,4}(?!\w|\s*(?:€|euro|Euro))"
)
"""Not the number of an enterprise ("BE 0412.345.678"), and no sum of money."""
_ABROAD = re.compile(r"^(?:\+|00)32(?:0)?")


def phone_problems(rows: Mapping[str, list[Row]]) -> Iterator[Problem]:
    """Numbers that nothing cites, and texts whose languages give different ones."""
    contacts = [one for _, _, one in rows["contacts"] if isinstance(one, Contact)]
    titles = {one.id: one.title for _, _, one in rows["references"] if isinstance(one, Reference)}
    desks = frozenset(number for one in contacts for number in _of_contact(one))
    for document, key, entry in rows["procedures"]:
        if isinstance(entry, Procedure):
            cited = desks | _of_sources(entry, titles)
            for place, text in _texts(entry):
                yield from _unlike(document, (*key, *place), text)
                yield from _uncited(document, (*key, *place), text, cited)
    for document, key, entry in rows["contacts"]:
        for name in ("hours", "note"):
            if isinstance(text := getattr(entry, name), Localized):
                yield from _unlike(document, (*key, name), text)


def numbers(text: str) -> frozenset[str]:
    """The phone numbers of a text, as their digits."""
    found = (_digits(one.group()) for one in _NUMBER.finditer(text))
    return frozenset(one for one in found if one in SHORT or (one[0] == "0" and len(one) >= LONG))


def _digits(text: str) -> str:
    plain = re.sub(r"[^\d+]", "", text)
    return re.sub(r"^\+", "00", _ABROAD.sub("0", plain))


def _texts(entry: Procedure) -> Iterator[tuple[PathKey, Localized]]:
    for name in TEXTS:
        if (text := getattr(entry, name)) is not None:
            yield (name,), text
    for number, step in enumerate(entry.steps):
        yield ("steps", number), step


def _of_contact(contact: Contact) -> frozenset[str]:
    """A contact has sources of its own: what it gives is cited."""
    told = (contact.phone or "", contact.note["fr"] if contact.note else "")
    return frozenset().union(*map(numbers, told))


def _of_sources(entry: Procedure, titles: Mapping[str, str]) -> frozenset[str]:
    """Numbers that its sources' titles bear, or whose standing the conditions tell."""
    told = [titles.get(one, "") for one in entry.sources]
    if entry.limits is not None:
        told.append(entry.limits["fr"])
    return frozenset(one for text in told for one in numbers(text) if one in SHORT)


def _unlike(document: Document, key: PathKey, text: Localized) -> Iterator[Problem]:
    first = numbers(text["fr"])
    for language in LANGUAGES[1:]:
        for one in sorted(first ^ numbers(text[language])):
            what = f"fr and {language} do not give the same phone number: {one}"
            yield document.problem(
                (*key, language), what, "give in each language what the source says"
            )


def _uncited(
    document: Document, key: PathKey, text: Localized, cited: frozenset[str]
) -> Iterator[Problem]:
    for language in LANGUAGES:
        for one in sorted(numbers(text[language]) - cited):
            what = f"nothing cites the phone number {one}"
            mend = "correct it, or add it to contacts.yaml with its source and name it there"
            if one in SHORT:
                mend = "correct it, or tell in `limits` what the sources say of it"
            yield document.problem((*key, language), what, mend)
