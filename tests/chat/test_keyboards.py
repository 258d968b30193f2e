"""What stands on a button: short, and cut where it can still be read."""

import pytest

from bot.chat.keyboards import LABEL_LIMIT, shortened
from bot.knowledge import LANGUAGES, Knowledge
from bot.knowledge.loader import load_knowledge
from bot.settings import CHECKOUT_KNOWLEDGE


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("eBox", "eBox"),
        ("Chapitre IV (CIVARS)", "Chapitre IV (CIVARS)"),
        ("eFact (facturation tiers payant)", "eFact"),
        ("▫ Recip-e (elektronisch voorschrift)", "▫ Recip-e"),
        ("1. Infirmier : assurabilité non consultable", "1. Infirmier : assurabilité…"),
        ("3. Infirmier : sans lecteur, code-barres", "3. Infirmier : sans lecteur…"),
        ("Lien thérapeutique et consentement", "Lien thérapeutique et…"),
        # No word ends near.
        ("Arbeitsunfähigkeitsbescheinigungen", "Arbeitsunfähigkeitsbescheinig…"),
        ("(alles zwischen zwei Klammern verpackt)", "(alles zwischen zwei Klammern…"),
    ],
)
def test_a_long_label_loses_its_brackets_then_its_last_words(label: str, shown: str) -> None:
    """A short one stays as it is."""
    assert shortened(label) == shown
    assert len(shown) <= LABEL_LIMIT


@pytest.fixture(name="knowledge", scope="module")
def _knowledge() -> Knowledge:
    return load_knowledge(CHECKOUT_KNOWLEDGE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_services_have_the_same_button(knowledge: Knowledge, language: str) -> None:
    """However short they are made."""
    labels = [shortened(one.names[language]) for one in knowledge.services.values()]
    assert len(set(labels)) == len(labels)
