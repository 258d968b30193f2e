"""How a send can fail, by what must be done: each error is one case of the courier's."""


class SendError(Exception):
    """A message was not, or may not have been, delivered. Texts never name a chat."""


class RetryError(SendError):
    """Surely not delivered, and likely to pass: refused connection, DNS, 500 in JSON."""


class RetryAfterError(SendError):
    """Telegram asked to stop all sends. `seconds`: how long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:g} s")
        self.seconds = seconds


class UncertainError(SendError):
    """The request left and no answer came: it may have been delivered."""


class ChatGoneError(SendError):
    """Telegram said in its exact words that this chat cannot be reached. `reason`: those words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MigratedError(SendError):
    """The group became a supergroup. `new_id`: its id now."""

    def __init__(self, new_id: int) -> None:
        super().__init__("the group became a supergroup")
        self.new_id = new_id


class TokenRefusedError(SendError):
    """Telegram itself refused the token: nothing can be sent at all."""


class SuspiciousForbiddenError(SendError):
    """A 403 in words that Telegram does not use: a proxy's, so it removes nobody."""


class MayNotWriteError(SendError):
    """Telegram's own words that we may not write in this chat, as its people set it for now."""


class BadMessageError(SendError):
    """Telegram refused the content: sending it again cannot help."""


class MessageGoneError(BadMessageError):
    """The message to be edited was deleted or can no longer be edited."""


class ThreadGoneError(BadMessageError):
    """The topic of the forum was deleted, or closed to us: the chat itself can be reached."""
