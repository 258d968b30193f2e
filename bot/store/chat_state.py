"""Whether a chat can be reached, as its row says."""

from enum import StrEnum


class ChatState(StrEnum):
    """One that is blocked hears nothing; it is kept a while, since it may come back."""

    ACTIVE = "active"
    BLOCKED = "blocked"
