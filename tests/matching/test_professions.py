"""Who asks, where the text says so."""

import pytest

from bot.matching.matcher import KnowledgeMatcher


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("je suis dentiste et eAttest ne part pas", "dentist"),
        ("en tant que pharmacienne je fais quoi", "pharmacist"),
        ("nous sommes un hôpital", "hospital"),
        ("ik ben apotheker", "pharmacist"),
        ("wij zijn een wachtpost", "duty-post"),
        ("als vroedvrouw", "midwife"),
        ("ich bin Zahnarzt", "dentist"),
        ("I'm a pharmacist", "pharmacist"),
        ("kine hier, eattest weg", "physiotherapist"),
        ("dentiste ici", "dentist"),
        ("et pour un dentiste ?", "dentist"),
        ("en voor een tandarts?", "dentist"),
        ("et au cabinet d'un médecin ?", "general-practitioner"),
        ("et au cabinet du dentiste ?", "dentist"),
        ("et à l'hôpital ?", "hospital"),
        ("en in de apotheek?", "pharmacist"),
        ("und im Krankenhaus?", "hospital"),
        ("and at a doctor's office?", "general-practitioner"),
    ],
)
def test_a_claim_is_believed(matcher: KnowledgeMatcher, text: str, who: str) -> None:
    """A cue and a profession's word, an article between them or not."""
    assert matcher.professions.said(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "le médecin ne répond pas au téléphone",
        "de apotheker vraagt een papier",
        "le pharmacien d'à côté refuse mon ordonnance",
        "der Hausarzt ist nicht da",
        "ma carte pour la pharmacie du coin ne marche plus depuis ce matin",
        "dentiste",
        "",
    ],
)
def test_a_mention_is_no_claim(matcher: KnowledgeMatcher, text: str) -> None:
    """Most texts name the professions they deal with."""
    assert matcher.professions.said(text) is None
