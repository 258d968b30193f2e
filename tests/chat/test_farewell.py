"""What /stop says that it deleted: what there was, and nothing else."""

import pytest

from bot.chat.markup import Html, stripped
from bot.chat.views.start import farewell
from bot.chat.voice import Voice
from bot.knowledge import LANGUAGES
from bot.preferences import Forgotten
from bot.words import Words
from tests.chat.samples import NOW, knowledge

WORDS = Words()


def told(language: str, forgotten: Forgotten) -> str:
    return stripped(Html(farewell(Voice(WORDS, language, knowledge(), NOW), forgotten).text))


@pytest.mark.parametrize(
    ("language", "subscriptions", "pending", "deleted"),
    [
        ("fr", 0, 0, "Effacé : les réglages."),
        ("fr", 0, 1, "Effacé : les réglages, 1 message pas encore envoyé."),
        ("fr", 1, 0, "Effacé : les réglages, 1 abonnement."),
        ("fr", 2, 3, "Effacé : les réglages, 2 abonnements, 3 messages pas encore envoyés."),
        ("nl", 2, 0, "Gewist: de instellingen, 2 abonnementen."),
        ("de", 2, 0, "Gelöscht: die Einstellungen, 2 Abonnements."),
        ("en", 1, 1, "Deleted: the settings, 1 subscription, 1 message not yet sent."),
    ],
)
def test_what_there_was_is_counted(
    language: str, subscriptions: int, pending: int, deleted: str
) -> None:
    """That there were 0 of something tells nobody anything."""
    said = told(language, Forgotten(known=True, subscriptions=subscriptions, pending=pending))
    assert deleted in said.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_was_kept_nothing_is_counted(language: str) -> None:
    """Nor are settings said to be deleted."""
    said = told(language, Forgotten(known=False, subscriptions=0, pending=0))
    assert not any(sign.isdigit() for sign in said)
    assert WORDS.text(language, "stop-nothing") in said
