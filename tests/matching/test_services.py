"""Which services a text names."""

import pytest

from bot.matching.matcher import BaseMatcher


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
    matcher: BaseMatcher, text: str, named: list[str]
) -> None:
    """By its names in all languages and their slips; of overlapping names the longest counts."""
    assert [*matcher.services.named(text, matcher.learned.spelling.counts)] == named
