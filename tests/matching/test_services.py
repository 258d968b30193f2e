"""Which services a text names."""

import pytest

from bot.matching.matcher import KnowledgeMatcher
from bot.matching.services import Spoken


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("recip-e marche pas", ["recip-e"]),
        ("RECIPE ligt plat", ["recip-e"]),
        ("recip e geht nicht", ["recip-e"]),
        ("vacinnet hs", ["vaccinnet"]),
        ("mycarnet en vitalink plat", ["mycarenet", "vitalink"]),
        ("hoofdstuk 4 werkt niet", ["chapter-iv"]),
        ("certificat ehealth expiré", ["ehealth-certificate"]),
        ("ehealth down", ["ehealth-platform"]),
        ("recip-e, recip-e et encore recip-e", ["recip-e"]),
        # Two letters of an insurer stand in texts by chance; a topic has no state.
        ("mc bloque", []),
        ("qui appeler", []),
        ("bonjour", []),
        ("", []),
    ],
)
def test_a_service_is_named_however_it_is_spelled(
    matcher: KnowledgeMatcher, text: str, named: list[str]
) -> None:
    """By its names in all languages and their slips; of overlapping names the longest counts."""
    spoken = matcher.services.spoken(text, matcher.learned.spelling.counts)
    assert [*spoken.services] == named


def test_what_is_no_name_stays_as_words(matcher: KnowledgeMatcher) -> None:
    """They tell whether the text says more than that the service fails."""
    spoken = matcher.services.spoken("mon recip e est en panne", matcher.learned.spelling.counts)
    assert spoken == Spoken(("recip-e",), ("mon", "est", "en", "panne"))


def test_a_filler_is_no_slip_of_a_name(matcher: KnowledgeMatcher) -> None:
    """`eine` stands one letter from `kine`, a name of a service."""
    spoken = matcher.services.spoken("eine Störung", matcher.learned.spelling.counts)
    assert spoken == Spoken((), ("eine", "storung"))
