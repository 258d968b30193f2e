"""The code that each message of an incident carries, written and read."""

import pytest

from bot.alerts.codes import parsed, written


def test_a_code_is_written_with_four_digits() -> None:
    """So that codes of one service stand in a row."""
    assert written("REC", 124, 1) == "REC-0124-1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (written("REC", 124, 7), ("REC", 124)),
        ("rec-124", ("REC", 124)),
        ("REC-12345-1", ("REC", 12345)),
        ("REC", None),
        ("REC-", None),
        ("REC--1", None),
        ("REC-x-1", None),
        ("REC-१२४-1", None),
        ("REC-9999999999-1", None),
        ("", None),
    ],
)
def test_what_a_code_names(text: str, found: tuple[str, int] | None) -> None:
    """As people type it; what is no code, or no number that is kept, names nothing."""
    assert parsed(text) == found
