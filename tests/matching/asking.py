"""One question, as the chat asks it."""

from datetime import UTC, datetime

from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import Context, Match, Question

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def ask(
    matcher: KnowledgeMatcher, text: str, language: str | None = None, profession: str | None = None
) -> Match:
    """Asked with nothing down and nothing asked before."""
    return matcher.match(Question(text, language, profession), Context(), frozenset(), NOW)
