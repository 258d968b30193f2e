"""Callback data: within 64 bytes for any id, and kind to old buttons."""

import pytest

from bot.chat.callbacks import LIMIT, Press, Verb, pack, parse
from bot.chat.routes import ROUTES

LONG = "a" * 60
"""The longest id that the knowledge base allows."""


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("arguments", [(), ("recip-e",), (LONG,), (LONG, "general-practitioner")])
def test_any_id_fits_and_comes_back(verb: Verb, arguments: tuple[str, ...]) -> None:
    """A long id is carried as a digest and found again among the known ones."""
    data = pack(verb, *arguments)
    assert len(data.encode()) <= LIMIT
    known = ("recip-e", LONG, "general-practitioner")
    assert parse(data, known) == Press(verb, arguments)


def test_data_that_cannot_fit_is_our_mistake() -> None:
    """Better no message than a button that Telegram refuses or that does something else."""
    with pytest.raises(ValueError, match="over 64 bytes"):
        pack(Verb.SHOW, *[LONG] * 4)


def test_an_argument_may_hold_a_colon() -> None:
    """Hours of a window have one each."""
    assert parse(pack(Verb.QUIET, "22:00-07:00")) == Press(Verb.QUIET, ("22:00-07:00",))


@pytest.mark.parametrize(
    "data",
    ["", "v1", "v1:", "v1:nothing:x", "v0:show:x", "show:x", "\u202ev1:show:x", "x" * 200],
)
def test_what_we_did_not_make_is_no_press(data: str) -> None:
    """Another version, an unknown verb, or nonsense."""
    assert parse(data) is None


def test_an_id_that_is_gone_stays_a_digest() -> None:
    """No known id matches: the action then says that it is gone."""
    press = parse(pack(Verb.SHOW, LONG), ())
    assert press is not None
    assert press.arguments[0].startswith("~")


def test_each_verb_has_a_route() -> None:
    """No button leads nowhere."""
    assert set(ROUTES) == set(Verb)
