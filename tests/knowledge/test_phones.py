"""A phone number in what people read is one that the base cites, and the same in each language."""

import shutil
from pathlib import Path

import pytest

from bot.knowledge.folder import read_files
from bot.knowledge.loader import checked_rows, read_documents
from bot.knowledge.phones import numbers, phone_problems
from bot.knowledge.problems import Problem
from bot.settings import CHECKOUT_KNOWLEDGE

TELEPHONY = "procedures/telephony-power-cyberattack.yaml"
EID = "procedures/eid-card.yaml"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A copy of the shipped base that a test may spoil."""
    return Path(shutil.copytree(CHECKOUT_KNOWLEDGE, tmp_path / "knowledge"))


def problems(folder: Path) -> list[Problem]:
    """What an editor is told."""
    return sorted(phone_problems(checked_rows(read_documents(read_files(folder)))))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("02 788 51 55", {"027885155"}),
        ("+32 2 788 51 55", {"027885155"}),
        ("+32 (0)2/788.51.55", {"027885155"}),
        ("(02) 788 51 55", {"027885155"}),
        ("0032 2 788 51 55 ou 0470/12.34.56", {"027885155", "0470123456"}),
        ("00800 2123 2123.", {"0080021232123"}),
        ("+33 1 23 45 67 89", {"0033123456789"}),
        ("112 of 1733, sms 8112", {"112", "1733", "8112"}),
        ("sans préfixe 0032", set()),
        ("01.01.2023, AR 2012/52", set()),
        ("erreur 190 de 2012, code 704N, 0,5 ml", set()),
        ("102 euros, 1712 €, BE 0412.345.678", set()),
    ],
)
def test_numbers_are_told_from_dates_years_and_codes(text: str, found: set[str]) -> None:
    """However they are written, as the digits that are dialled."""
    assert numbers(text) == found


def test_the_shipped_base_gives_only_numbers_that_it_cites(folder: Path) -> None:
    """In four languages."""
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        # Of no contact.
        (
            EID,
            "zonder 0032 ervoor",
            "of 02 518 21 23",
            ("fr and nl do not give the same phone number: 025182123", "cites the phone number"),
        ),
        # Short, and neither a title of the entry's sources nor its conditions tell of it.
        (
            TELEPHONY,
            "Try 101 if 112",
            "Try 105 if 112",
            (
                "fr and en do not give the same phone number: 105",
                "nothing cites the phone number 105",
            ),
        ),
        # The conditions of one language.
        (
            TELEPHONY,
            "Nutzung der 8112 heute",
            "Nutzung der Nummer heute",
            ("fr and de do not give the same phone number: 8112",),
        ),
        # A contact's own note is cited by the contact's sources, and not free to differ.
        (
            "contacts.yaml",
            "Falls nicht erreichbar: +32 2 488 2123.",
            "Falls nicht erreichbar: +32 2 488 2132.",
            (
                "fr and de do not give the same phone number: 024882123",
                "fr and de do not give the same phone number: 024882132",
            ),
        ),
    ],
)
def test_a_number_that_nothing_cites_or_that_differs_is_told_with_its_place(
    folder: Path, file: str, old: str, new: str, says: tuple[str, ...]
) -> None:
    """The line of the language that has it."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = problems(folder)
    assert {(one.path, one.line) for one in found} == {(file, line)}
    assert all(any(part in one.what for one in found) for part in says)
    assert len(found) == len(says)


def test_a_number_of_a_contact_may_stand_in_a_step(folder: Path) -> None:
    """With or without the country's prefix."""
    path = folder / EID
    text = path.read_text(encoding="utf-8")
    for at_the_end in ("ci-dessous, sans préfixe 0032", "hieronder, zonder 0032 ervoor"):
        text = text.replace(at_the_end, "02 788 51 55")
    for at_the_end in ("unten, ohne 0032", "below, without the 0032 prefix"):
        text = text.replace(at_the_end, "+32 2 788 51 55")
    assert text.count("788 51 55") == len(("fr", "nl", "de", "en"))
    path.write_text(text, encoding="utf-8")
    assert problems(folder) == []
