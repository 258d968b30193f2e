"""What people call a service or a profession."""

import pytest

from bot.knowledge.naming import BEYOND, Found, find, fold, names_of, nearest
from tests.chat.samples import knowledge

SERVICES = names_of(knowledge().services_of(None))
PROFESSIONS = names_of(knowledge().professions.values())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("recip-e", ("recip-e",)),
        ("Recip E", ("recip-e",)),
        ("récip-e", ("recip-e",)),
        ("recipe", ("recip-e",)),
        ("recipp-e", ("recip-e",)),
        # Any language's name is understood, whatever the chat's.
        ("verzekerbaarheid", ("insurability",)),
        ("Assurabilité", ("insurability",)),
        ("recip-e, sts", ("recip-e", "sts")),
        ("recip-e et sts", ("recip-e", "sts")),
        ("sts recip-e sts", ("sts", "recip-e")),
        # A name of several words beside another, and one that is like both together.
        ("the recip e STS", ("recip-e", "sts")),
        ("verzekerbaarheid sts", ("insurability", "sts")),
    ],
)
def test_a_service_is_found(text: str, ids: tuple[str, ...]) -> None:
    """By id, name or alias, in any language, with typing slips, several at once."""
    assert find(text, SERVICES) == Found(ids)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("assurab", "insurability"), ("pari", "paris"), ("stss", "sts"), ("tss", "sts")],
)
def test_an_unknown_name_offers_the_nearest(text: str, nearest: str) -> None:
    """Nothing is taken as meant that is only alike."""
    found = find(text, SERVICES)
    assert nearest in (*found.ids, *found.nearest)


@pytest.mark.parametrize("text", ["xylophone", "foo", "orange", "<b>&", "…", "日本"])
def test_what_is_like_nothing_offers_nothing(text: str) -> None:
    """A wrong guess would be worse than none."""
    found = find(text, SERVICES)
    assert (found.ids, found.nearest) == ((), ())


def test_a_name_of_two_things_is_asked_back() -> None:
    """An alias that two entries share is not decided by chance."""
    names = {"a": ("keystore",), "b": ("keystore", "certificat")}
    assert find("keystore", names) == Found((), ("a", "b"), ("keystore",))


@pytest.mark.parametrize(
    "text", ["recip-e, xylophone", "recip-e xylophone", "xylophone et le recip-e"]
)
def test_what_was_understood_counts_beside_what_was_not(text: str) -> None:
    """One strange word does not spoil the rest."""
    found = find(text, SERVICES)
    assert (found.ids, found.missed) == (("recip-e",), ("xylophone",))


@pytest.mark.parametrize(
    "text", ["pharmacist", "Apotheker", "pharmacien", "PHARMACIEN", "farmacien"]
)
def test_a_profession_is_found_in_any_language(text: str) -> None:
    """Typing slips and accents do not matter."""
    assert find(text, PROFESSIONS).ids == ("pharmacist",)


def test_folding() -> None:
    """Accents, capitals and signs go; digits and the plus stay."""
    assert fold("  Chapitre-IV: ISI+ été ") == "chapitre iv isi+ ete"


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("statsu", "status"),
        ("sttaus", "status"),
        ("stat", "status"),
        ("sto", "stop"),
        ("hlep", "help"),
        ("halt", None),
        ("xyz", None),
        ("x", None),
        ("", None),
    ],
)
def test_the_nearest_command(typed: str, near: str | None) -> None:
    """A slip is named; a word that is like no command is not."""
    assert nearest(typed, ("start", "help", "status", "stop")) == near


def test_a_text_that_lists_thousands_is_cut() -> None:
    """Each name is looked for among all: a flood of them would hold up everyone else."""
    many = ", ".join(["sts", *("x" * 2_000), "recip-e"])
    assert find(many, SERVICES).ids == ("sts",)


@pytest.mark.parametrize("beyond", [", ".join("x" * 40), "x" * 300])
def test_what_is_cut_is_said_to_be_missed(beyond: str) -> None:
    """Nobody believes that they follow what was never looked at; no name is cut in two."""
    found = find(f"sts, recip-e, {beyond}, insurability", SERVICES)
    assert found.ids == ("sts", "recip-e")
    assert found.missed[-1] == BEYOND
