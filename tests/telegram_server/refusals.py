"""The answers of the real Bot API server to a request that it refuses.

The wordings are those of the real server (tdlib/telegram-bot-api, Bot API 10.0, and td). A
wording that no source confirms is marked as the fake's own.
"""

from __future__ import annotations

from .records import Json

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)
WEBHOOK_IS_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)
POLL_ENDED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"
UPGRADED = "Bad Request: group chat was upgraded to a supergroup chat"
# td's words and the server's; reported in tdlib/telegram-bot-api, issues 472 and 693.
THREAD_NOT_FOUND = "Bad Request: message thread not found"
TOPIC_CLOSED = "Bad Request: TOPIC_CLOSED"
METHOD_NOT_FOUND = "Not Found: method not found"


class RefusalError(Exception):
    """A request is answered with an error instead of a result."""

    def __init__(
        self,
        description: str,
        code: int = 400,
        parameters: Json | None = None,
        violation: tuple[str, str] | None = None,
    ) -> None:
        """Keep the answer; `violation` is (parameter, rule) where the documentation forbids it."""
        super().__init__(description)
        self.description = description
        self.code = code
        self.parameters = parameters or {}
        self.violation = violation

    def to_json(self) -> Json:
        """Return the envelope of an error answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def too_many_requests(retry_after: int) -> RefusalError:
    """Return the flood answer; the server repeats the number in the header Retry-After."""
    description = f"Too Many Requests: retry after {retry_after}"
    return RefusalError(description, 429, {"retry_after": retry_after})


def broken_rule(description: str, parameter: str, rule: str) -> RefusalError:
    """Return a refusal that also counts as a violation of the documentation."""
    return RefusalError(description, violation=(parameter, rule))


MISSING = {
    "text": "Bad Request: message text is empty",
    "chat_id": "Bad Request: chat_id is empty",
    "photo": "Bad Request: there is no photo in the request",
    "message_id": "Bad Request: message identifier is not specified",
    "callback_query_id": QUERY_TOO_OLD,
    "inline_query_id": QUERY_TOO_OLD,
    "action": "Bad Request: wrong parameter action in request",
}


def missing(parameter: str) -> str:
    """Say that a required parameter is not there."""
    return MISSING.get(parameter, f'Bad Request: parameter "{parameter}" is required')


NO_ACCESS = {
    "blocked": "Forbidden: bot was blocked by the user",
    "deactivated": "Forbidden: user is deactivated",
    "kicked": "Forbidden: bot was kicked from the {type} chat",
    "left": "Forbidden: bot is not a member of the {type} chat",
    "deleted": "Forbidden: the group chat was deleted",
}


def no_access(standing: str, chat_type: str) -> RefusalError | None:
    """Return why the bot may not write to a chat, or None when it may."""
    description = NO_ACCESS.get(standing)
    return RefusalError(description.format(type=chat_type), 403) if description else None
