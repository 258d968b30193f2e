"""A transport of python-telegram-bot that answers the Bot API in-process: no token, no server."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.console.screen import Screen

BOT = {"id": 1, "is_bot": True, "first_name": "Bis", "username": "bis_in_terminal_bot"}
CHAT_ID = 2
EDIT_NOT_FOUND = "Bad Request: message to edit not found"
Answer = tuple[int, dict[str, Any]]
Parameters = Mapping[str, Any]


class ConsoleRequest(BaseRequest):
    """Prints what the bot sends; keeps the messages, so that edits and buttons work."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._messages: dict[int, dict[str, Any]] = {}
        self._methods: dict[str, Callable[[Parameters], object]] = {
            "getMe": lambda _: BOT,
            "sendMessage": self._send,
            "sendPhoto": self._send_photo,
            "editMessageText": self._edit,
        }

    @property
    def read_timeout(self) -> float | None:
        """Nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        url: str,
        method: str,  # noqa: ARG002 - always POST
        request_data: RequestData | None = None,
        read_timeout: object = None,  # noqa: ARG002 - nothing is waited for
        write_timeout: object = None,  # noqa: ARG002 - the same
        connect_timeout: object = None,  # noqa: ARG002 - the same
        pool_timeout: object = None,  # noqa: ARG002 - the same
    ) -> tuple[int, bytes]:
        """Answers as the Bot API does; methods that show nothing are answered with true."""
        name = url.rsplit("/", 1)[-1]
        parameters = request_data.parameters if request_data else {}
        code, answer = self._answer(name, parameters)
        return code, json.dumps(answer).encode()

    def _answer(self, name: str, parameters: Parameters) -> Answer:
        known = self._methods.get(name)
        try:
            result = known(parameters) if known else True
        except LookupError:
            return 400, {"ok": False, "error_code": 400, "description": EDIT_NOT_FOUND}
        return 200, {"ok": True, "result": result}

    def _send(self, parameters: Parameters) -> dict[str, Any]:
        number = len(self._messages) + 1
        self._messages[number] = _message(number, parameters)
        self._screen.show(number, str(parameters.get("text", "")), parameters.get("reply_markup"))
        return self._messages[number]

    def _send_photo(self, parameters: Parameters) -> dict[str, Any]:
        caption = f"🖼 {parameters.get('caption', '')}"
        return self._send({**parameters, "text": caption})

    def _edit(self, parameters: Parameters) -> dict[str, Any]:
        number = int(parameters["message_id"])
        if number not in self._messages:
            raise LookupError(number)
        self._messages[number] = _message(number, parameters)
        self._screen.show(number, str(parameters["text"]), parameters.get("reply_markup"))
        return self._messages[number]


def _message(number: int, parameters: Parameters) -> dict[str, Any]:
    message = {
        "message_id": number,
        "date": 0,
        "chat": {"id": CHAT_ID, "type": "private"},
        "from": BOT,
        "text": str(parameters.get("text", "")),
    }
    if parameters.get("reply_markup"):
        message["reply_markup"] = parameters["reply_markup"]
    return message
