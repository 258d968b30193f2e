"""The shipped knowledge base and its matcher, built once for all tests of this folder."""

import pytest

from bot.knowledge import Knowledge
from bot.knowledge.loader import load_knowledge
from bot.matching.matcher import KnowledgeMatcher
from bot.settings import CHECKOUT_KNOWLEDGE


@pytest.fixture(name="knowledge", scope="session")
def _knowledge() -> Knowledge:
    return load_knowledge(CHECKOUT_KNOWLEDGE)


@pytest.fixture(name="matcher", scope="session")
def _matcher(knowledge: Knowledge) -> KnowledgeMatcher:
    return KnowledgeMatcher(knowledge)
