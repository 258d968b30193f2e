"""What each of Telegram's answers means, over real HTTP with the real python-telegram-bot."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Bot

from bot.alerts.errors import (
    BadMessageError,
    ChatGoneError,
    MayNotWriteError,
    MessageGoneError,
    MigratedError,
    RetryAfterError,
    RetryError,
    SendError,
    SuspiciousForbiddenError,
    ThreadGoneError,
    TokenRefusedError,
    UncertainError,
)
from bot.alerts.model import Outgoing
from bot.chat.delivery import TelegramTransport
from bot.chat.receiving import SENDS_AT_ONCE
from bot.chat.wire import Wire
from tests.telegram_server import TOKEN, TelegramServer
from tests.telegram_server.faults import Kind

ANNA = 100
FORUM = -1009
HELLO = Outgoing("<b>Recip-e</b> is down", ((("Mute", "m:REC-0001"),),))
# python-telegram-bot warns that retry_after will change its type.
quiet = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """A Bot API server on the loopback with one private chat."""
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as made:
        made.add_chat(ANNA)
        yield made


@pytest.fixture
async def transport(server: TelegramServer) -> AsyncIterator[TelegramTransport]:
    """The transport, over a bot that speaks to that server."""
    async with bot_at(server.url) as bot:
        yield TelegramTransport(bot)


def bot_at(url: str, token: str = TOKEN, read_seconds: float = 30) -> Bot:
    """A bot that sends as ours does, and asks nothing at its start."""
    request = Wire(url, SENDS_AT_ONCE, read_seconds)
    return _Quick(token, base_url=f"{url}/bot", request=request)


class _Quick(Bot):
    """Does not ask who it is: the tests of refused tokens need it to start."""

    async def get_me(self, **_: Any) -> Any:
        return None


async def send(transport: TelegramTransport, **how: Any) -> int:
    """The hello message, aloud and to Anna unless said otherwise."""
    chat_id = how.pop("chat_id", ANNA)
    return await transport.send(chat_id, HELLO, **({"silent": False, "reply_to": None} | how))


async def test_send_arrives_as_meant(server: TelegramServer, transport: TelegramTransport) -> None:
    """Bold text with its button, aloud; then a silent answer to it."""
    first = await send(transport)
    await send(transport, silent=True, reply_to=first)
    onset, answer = server.sent(ANNA)
    assert (onset.text, onset.labels, onset.silent) == ("Recip-e is down", ["Mute"], False)
    assert (answer.silent, answer.reply_to) == (True, first)
    assert server.violations == []


async def test_answers_even_what_is_gone(
    server: TelegramServer, transport: TelegramTransport
) -> None:
    """A deleted onset does not hold up the news that it is over."""
    await send(transport, reply_to=4711)
    assert [message.reply_to for message in server.sent(ANNA)] == [None]


async def test_the_same_edit_twice_is_a_success(
    server: TelegramServer, transport: TelegramTransport
) -> None:
    """After a crash the repeated edit is refused as unchanged: it had arrived."""
    sent = await send(transport)
    for _ in range(2):
        await transport.edit(ANNA, sent, Outgoing("now worse"))
    assert [message.text for message in server.sent(ANNA)] == ["now worse"]
    assert server.refusals[-1][1].startswith("Bad Request: message is not modified")


async def test_refused_markup_goes_as_plain_text(
    server: TelegramServer, transport: TelegramTransport
) -> None:
    """Broken HTML costs the bold letters, not the message."""
    await transport.send(ANNA, Outgoing("<b>down"), silent=False, reply_to=None)
    assert [message.text for message in server.sent(ANNA)] == ["down"]


async def test_a_topic_of_a_forum(server: TelegramServer, transport: TelegramTransport) -> None:
    """What is for a topic arrives in it; for one that was deleted or closed it says so."""
    topic, closed = server.add_topic(FORUM), server.add_topic(FORUM)
    server.close_topic(FORUM, closed)
    await send(transport, chat_id=FORUM, thread_id=topic)
    assert [message.thread_id for message in server.sent(FORUM)] == [topic]
    server.delete_topic(FORUM, topic)
    for gone in (topic, closed):
        with pytest.raises(ThreadGoneError):
            await send(transport, chat_id=FORUM, thread_id=gone)
    assert [words for _, words in server.refusals] == [
        "Bad Request: message thread not found",
        "Bad Request: TOPIC_CLOSED",
    ]


async def test_an_answer_is_not_drawn_into_a_closed_topic(
    server: TelegramServer, transport: TelegramTransport
) -> None:
    """Where the onset stands in a topic that was closed since, its end goes without quoting it."""
    topic = server.add_topic(FORUM)
    onset = await send(transport, chat_id=FORUM, thread_id=topic)
    server.close_topic(FORUM, topic)
    await send(transport, chat_id=FORUM, reply_to=onset)
    end = server.sent(FORUM)[-1]
    assert (end.thread_id, end.reply_to) == (None, None)


@dataclass(frozen=True)
class Row:
    """A fault of the server, the error it must become, and what that carries."""

    fault: dict[str, Any]
    error: type[SendError]
    carries: dict[str, Any] = field(default_factory=dict)


GROUP = "group chat"
ROWS = {
    "429 in JSON says how long": Row({"retry_after": 7}, RetryAfterError, {"seconds": 7}),
    "429 as a page: half a minute": Row(
        {"code": 429, "html": True}, RetryAfterError, {"seconds": 30}
    ),
    "500 in JSON: not delivered": Row({"code": 500}, RetryError),
    "502 as a page: who knows": Row({"code": 502, "html": True}, UncertainError),
    "504 as a page: who knows": Row({"code": 504, "html": True}, UncertainError),
    "413 as a page: not delivered": Row({"code": 413, "html": True}, RetryError),
    "403 as a proxy's page removes nobody": Row(
        {"code": 403, "html": True}, SuspiciousForbiddenError
    ),
    "403 in words unknown to Telegram removes nobody": Row(
        {"code": 403, "description": "Forbidden: by policy"}, SuspiciousForbiddenError
    ),
    "404 as a proxy's page is no bad token": Row({"code": 404, "html": True}, RetryError),
    "400 as a proxy's page is no bad message": Row({"code": 400, "html": True}, RetryError),
    "401 in JSON is a bad token": Row(
        {"code": 401, "description": "Unauthorized"}, TokenRefusedError
    ),
    "404 in JSON is a bad token": Row({"code": 404, "description": "Not Found"}, TokenRefusedError),
    "a group that became a supergroup": Row(
        {"migrate_to": -1001234}, MigratedError, {"new_id": -1001234}
    ),
    "connection cut after the effect": Row({"kind": "drop_after_effect"}, UncertainError),
    "connection cut before the effect": Row({"kind": "drop_before"}, UncertainError),
    "200 with broken JSON": Row({"kind": "broken_json"}, UncertainError),
    "400 otherwise: the content": Row(
        {"code": 400, "description": "Bad Request: message is too long"}, BadMessageError
    ),
} | {
    f"gone: {words}": Row({"code": code, "description": words}, ChatGoneError)
    for code, words in (
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, f"Forbidden: bot was kicked from the super{GROUP}"),
        (403, f"Forbidden: bot was kicked from the {GROUP}"),
        (403, "Forbidden: bot was kicked from the channel chat"),
        (403, "Forbidden: bot is not a member of the channel chat"),
        (403, f"Forbidden: the {GROUP} was deleted"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: need administrator rights in the channel chat"),
    )
}
ROWS |= {
    f"kept until we may: {code} {words}": Row(
        {"code": code, "description": words}, MayNotWriteError
    )
    for code, words in (
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (403, "Forbidden: not enough rights to send text messages to the chat"),
        (400, "Bad Request: have no rights to send a message"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    )
}


@quiet
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
async def test_what_a_failure_means(
    server: TelegramServer, transport: TelegramTransport, row: Row
) -> None:
    """Each way to fail becomes the error that says what to do."""
    server.fail(**row.fault)
    with pytest.raises(row.error) as raised:
        await send(transport)
    assert {name: getattr(raised.value, name) for name in row.carries} == row.carries
    assert str(ANNA) not in str(raised.value)
    assert TOKEN not in str(raised.value)


CUTS: tuple[Kind, ...] = ("drop_after_effect", "drop_before")


@pytest.mark.parametrize("kind", CUTS)
async def test_a_cut_connection_is_not_tried_again_below_us(
    server: TelegramServer, transport: TelegramTransport, kind: Kind
) -> None:
    """Also where the connection had served before: a library that repeats would make copies."""
    await send(transport)
    server.fail(kind)
    with pytest.raises(UncertainError):
        await send(transport)
    assert len(server.calls("sendMessage")) == 2


async def test_message_to_edit_gone(transport: TelegramTransport) -> None:
    """An edit of a deleted message says so."""
    with pytest.raises(MessageGoneError):
        await transport.edit(ANNA, 4711, HELLO)


@quiet
async def test_a_message_without_a_valid_id_is_gone(
    server: TelegramServer, transport: TelegramTransport
) -> None:
    """Telegram words it so for some of those that were deleted."""
    words = "Bad Request: MESSAGE_ID_INVALID"
    server.fail(method="editMessageText", code=400, description=words)
    with pytest.raises(MessageGoneError):
        await transport.edit(ANNA, await send(transport), HELLO)


async def test_nobody_listens() -> None:
    """A refused connection never left: it is safe to try again."""
    async with TelegramServer() as server:
        url = server.url
    async with bot_at(url) as bot:
        with pytest.raises(RetryError):
            await send(TelegramTransport(bot))


async def test_no_answer_in_time(server: TelegramServer) -> None:
    """A read that runs out of time may have been delivered, and here it was."""
    server.fail("delay")
    async with bot_at(server.url, read_seconds=0.05) as bot:
        with pytest.raises(UncertainError):
            await send(TelegramTransport(bot))
    assert len(server.sent(ANNA)) == 1


async def test_a_wrong_token(server: TelegramServer) -> None:
    """Telegram's own refusal of the token stops the sender."""
    async with bot_at(server.url, "1:wrong") as bot:
        with pytest.raises(TokenRefusedError):
            await send(TelegramTransport(bot))
