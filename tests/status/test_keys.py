"""How an incident is known again: by its source and the id that it has there."""

from bot.status.narration import KEY_LIMIT, incident_key

LONG = "x" * 299


def test_a_long_id_is_kept_within_what_the_store_holds() -> None:
    """Cut, two that begin alike would be one incident; and the same one is known again."""
    first, second = (incident_key("pages", f"{LONG}{last}") for last in "ab")
    assert first != second
    assert first == incident_key("pages", f"{LONG}a")
    assert len(first) == len(second) == KEY_LIMIT
    assert first.startswith("pages:xxx")


def test_an_id_that_just_fits_stays_as_it_is() -> None:
    """It is readable then."""
    fits = "x" * (KEY_LIMIT - len("pages:"))
    assert incident_key("pages", fits) == f"pages:{fits}"
