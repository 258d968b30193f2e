"""The language that a text is in; a setting decides where the text does not."""

import pytest

from bot.matching.matcher import KnowledgeMatcher
from tests.matching.asking import ask


@pytest.mark.parametrize(
    ("text", "setting", "language"),
    [
        ("la carte du patient ne passe pas", None, "fr"),
        ("de kaart van de patiënt werkt niet", None, "nl"),
        ("die Karte des Patienten geht nicht", None, "de"),
        ("the patient's card does not work", None, "en"),
        ("ma carte est bloquée depuis ce matin", "nl", "fr"),
        ("waar kan ik zien of er een storing is", "fr", "nl"),
        ("recip-e", "de", "de"),
        # English words that everybody borrows; without a setting, they are all there is to go by.
        ("recip-e down", "fr", "fr"),
        ("ehealth down ??", "nl", "nl"),
        ("itsme login error", "de", "de"),
        ("recip-e is down since this morning", "fr", "en"),
        ("recip-e down", None, "en"),
        ("fallback", "fr", "fr"),
        ("recip-e status", "nl", "nl"),
        ("fmd alarm", "de", "de"),
        # Slow in Dutch, "I carry" in German.
        ("recip-e trage", "nl", "nl"),
        ("recip-e trage", "de", "de"),
        ("recip-e trage lijn vandaag", "fr", "nl"),
        ("wo trage ich die Daten ein", "nl", "de"),
        ("recip-e", "en", "en"),
        # A name of everywhere in English words.
        ("my care net", "fr", "fr"),
        ("my care net", "nl", "nl"),
        ("my care net", None, "fr"),
        ("my care net ne marche pas", None, "fr"),
        ("my care net ne marche pas", "nl", "fr"),
        ("my care net werkt niet", None, "nl"),
        ("my care net is not working today", None, "en"),
        ("???", "nl", "nl"),
        ("", "de", "de"),
        ("", None, "fr"),
        ("", "it", "fr"),
    ],
)
def test_the_text_wins_where_it_is_clear(
    matcher: KnowledgeMatcher, text: str, setting: str | None, language: str
) -> None:
    """A setting is a hint: it wins over a name that is the same everywhere, not over a sentence."""
    assert ask(matcher, text, setting).language == language


def test_a_known_word_weighs_as_much_as_its_parts(matcher: KnowledgeMatcher) -> None:
    """What is kept of a word as a whole says nothing else than its runs say of a new word."""
    known, strange = (matcher.learned.languages.scores(text) for text in ("storing", "storinkje"))
    assert known.argmax() == strange.argmax()
