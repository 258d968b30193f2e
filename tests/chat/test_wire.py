"""How requests leave, over real sockets: each way to fail means what `classify` takes it for."""

import asyncio
import gc
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.alerts.errors import RetryError, SendError, UncertainError
from bot.alerts.model import Outgoing
from bot.chat.application import App, build_application
from bot.chat.delivery import TelegramTransport, classify
from bot.chat.receiving import receiving, sending_bot
from bot.chat.wire import Wire, proxy_for, trusted
from bot.settings import Settings
from tests.chat import peers
from tests.chat.samples import Asked
from tests.telegram_server import TOKEN, TelegramServer

ANNA = 100
NOBODY = "127.0.0.1:1"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in the environment of the tests."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@asynccontextmanager
async def wired(url: str, connections: int = 8, seconds: float = 30) -> AsyncIterator[Bot]:
    """A bot over our transport, and no request of its own."""
    request = Wire(url, connections, seconds)
    async with request:
        yield Bot(TOKEN, base_url=f"{url}/bot", request=request)


async def meaning(bot: Bot, **how: Any) -> SendError:
    """Sends, and says what its failure means."""
    with pytest.raises(TelegramError) as raised:
        await bot.send_message(ANNA, "x", **how)
    assert TOKEN not in str(raised.value)
    return classify(raised.value)


IN_DOUBT = {
    "it hangs up": peers.closes,
    "it resets": peers.resets,
    "it stops in the middle of its answer": peers.stops_half_way,
    "it stalls in the middle of its answer": peers.stalls_half_way,
    "it says nothing": peers.silent,
    "it does not speak HTTP": peers.babbles,
}


@pytest.mark.parametrize("behaviour", IN_DOUBT.values(), ids=IN_DOUBT)
async def test_what_was_asked_may_have_happened(behaviour: peers.Behaviour) -> None:
    """From the moment on at which a connection stood, a failure leaves the message in doubt."""
    async with peers.peer(behaviour) as address, wired(f"http://{address}", seconds=0.2) as bot:
        assert isinstance(await meaning(bot), UncertainError)


Place = Callable[[], AbstractContextManager[str]]
NEVER: dict[str, Place] = {
    "nobody listens": lambda: nullcontext(NOBODY),
    "there is no such name": lambda: nullcontext("bis.invalid"),
    "the connection is never made": peers.deaf,
}


@pytest.mark.parametrize("place", NEVER.values(), ids=NEVER)
async def test_what_never_left(place: Place) -> None:
    """Without a connection nothing was sent: to try again makes no copy."""
    with place() as address:
        async with wired(f"http://{address}") as bot:
            assert isinstance(await meaning(bot, connect_timeout=0.2), RetryError)


@pytest.mark.parametrize("behaviour", [peers.babbles, peers.closes, peers.silent])
async def test_without_tls_nothing_leaves(behaviour: peers.Behaviour) -> None:
    """The token is not said to who cannot show that he is Telegram."""
    async with peers.peer(behaviour) as address, wired(f"https://{address}") as bot:
        assert isinstance(await meaning(bot, connect_timeout=0.2), RetryError)


async def test_without_a_free_connection_nothing_leaves() -> None:
    """One request holds the only connection; the other gives up before it was sent."""
    taken = asyncio.Event()

    async def takes(one: peers.Peer) -> None:
        await one.head()
        taken.set()
        await one.reader.read()

    async with peers.peer(takes) as address, wired(f"http://{address}", 1, 30) as bot:
        first = asyncio.create_task(bot.send_message(ANNA, "x"))
        await taken.wait()
        error = await meaning(bot, pool_timeout=0.05, connect_timeout=0.05)
        assert isinstance(error, RetryError)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)


async def test_an_upload_that_is_not_taken_ends() -> None:
    """Where nobody reads, writing has an end too; what became of it is not known."""

    async def never_reads(one: peers.Peer) -> None:
        del one
        await asyncio.sleep(30)

    async with peers.peer(never_reads) as address, wired(f"http://{address}") as bot:
        limits: dict[str, Any] = {
            f"{what}_timeout": 0.1 for what in ("read", "write", "connect", "pool")
        }
        picture = InputFile(bytes(16_000_000), filename="week.png")
        with pytest.raises(TimedOut) as raised:
            await bot.send_photo(ANNA, picture, **limits)
        assert isinstance(classify(raised.value), UncertainError)


async def test_a_text_arrives_as_it_was() -> None:
    """With every kind of value beside it."""
    text, button = 'é & < > "+%20" \\ 😀\n=', InlineKeyboardButton("Ja & nee", callback_data="a:1")
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as server, wired(server.url) as bot:
        server.add_chat(ANNA)
        first = await bot.send_message(ANNA, text, disable_notification=True)
        await bot.send_message(
            ANNA,
            text,
            reply_to_message_id=first.message_id,
            reply_markup=InlineKeyboardMarkup([[button]]),
        )
        silent, answer = server.sent(ANNA)
        assert (silent.text, silent.silent, answer.text) == (text, True, text)
        assert (answer.reply_to, answer.labels) == (first.message_id, ["Ja & nee"])
        assert server.violations == []


async def test_a_picture_arrives_as_it_was() -> None:
    """Bytes go as a file beside the other values."""
    async with TelegramServer() as server, wired(server.url) as bot:
        server.add_chat(ANNA)
        picture = b"\x89PNG\r\n\x1a\n" + bytes(2_000_000)
        await bot.send_photo(ANNA, picture, caption="é & <")
        [sent] = server.sent(ANNA)
        assert (sent.photo, sent.caption, server.violations) == (picture, "é & <", [])


ENVIRONMENTS = {
    "none": ({}, "https://api.telegram.org", None),
    "for this scheme": ({"https_proxy": "http://p:3128"}, "https://x.org", "http://p:3128"),
    "for another scheme": ({"https_proxy": "http://p:3128"}, "http://x.org", None),
    "for all": ({"all_proxy": "http://p:3128"}, "https://x.org", "http://p:3128"),
    "without its scheme": ({"https_proxy": "p:3128"}, "https://x.org", "http://p:3128"),
    "not for this host": (
        {"https_proxy": "http://p:3128", "no_proxy": "x.org"},
        "https://x.org",
        None,
    ),
}


@pytest.mark.parametrize(("environment", "url", "proxy"), ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_which_proxy(
    environment: dict[str, str], url: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The usual variables of the environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(url) == proxy


async def test_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for the whole address, with the name and password that it wants."""
    heads: list[str] = []

    async def proxy(one: peers.Peer) -> None:
        heads.append(await one.head())
        await one.says(peers.FULL)

    async with peers.peer(proxy) as address:
        monkeypatch.setenv("http_proxy", f"http://bis:secret@{address}")
        async with wired("http://telegram.example") as bot:
            assert (await bot.send_message(ANNA, "x")).message_id == 7
    assert heads[0].startswith("POST http://telegram.example/bot")
    assert "Proxy-Authorization: Basic YmlzOnNlY3JldA==" in heads[0]


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_without_its_proxy_nothing_leaves(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody listens where the proxy should be."""
    monkeypatch.setenv(f"{scheme}_proxy", f"http://{NOBODY}")
    async with wired(f"{scheme}://telegram.example") as bot:
        assert isinstance(await meaning(bot), RetryError)


async def test_a_proxy_that_opens_no_tunnel(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was asked for the host alone, and refused."""
    async with peers.peer(peers.refuses_tunnels) as address:
        monkeypatch.setenv("https_proxy", f"http://{address}")
        async with wired("https://telegram.example") as bot:
            assert isinstance(await meaning(bot), RetryError)


async def test_the_end_leaves_nothing_open() -> None:
    """Once shut down, nothing is left for the collector to complain of, and it can open again."""
    async with peers.peer(peers.answers) as address:
        request = Wire(f"http://{address}", 8)
        bot = Bot(TOKEN, base_url=f"http://{address}/bot", request=request)
        for _ in range(2):
            async with request:
                await request.initialize()
                await bot.send_message(ANNA, "x")
            with pytest.raises(NetworkError):
                await bot.send_message(ANNA, "x")
        del bot, request
        gc.collect()


async def test_no_log_holds_the_token(caplog: pytest.LogCaptureFixture) -> None:
    """Neither of a success nor of a failure, at any level (python-telegram-bot's own apart)."""
    caplog.set_level(logging.CRITICAL, logger="telegram.Bot")
    with caplog.at_level(logging.DEBUG):
        for behaviour in (peers.answers, peers.resets):
            async with peers.peer(behaviour) as address, wired(f"http://{address}") as bot:
                transport = TelegramTransport(bot)
                sending = transport.send(ANNA, Outgoing("x"), silent=False, reply_to=None)
                await asyncio.gather(sending, return_exceptions=True)
    assert TOKEN not in caplog.text


async def test_all_that_leaves_for_telegram_leaves_here_with_the_same_certificates() -> None:
    """Long polls too: no second way out is opened beside this one, and none trusts for itself."""
    application = build_application(TOKEN, f"http://{NOBODY}", Asked().parts)
    async with sending_bot(TOKEN, f"http://{NOBODY}") as sender:
        ways = (*application.bot._request, *sender._request)
    assert {type(way) for way in ways} == {Wire}
    assert trusted() is trusted()


async def test_who_is_stopped_before_telegram_was_reached_leaves_no_connection_open(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A machine that is shut down without its network says nothing of sessions in the log."""
    application = build_application(TOKEN, f"http://{NOBODY}", Asked().parts)
    wire = application.bot.request
    assert isinstance(wire, Wire)
    receives = asyncio.create_task(_receive(application))
    async with asyncio.timeout(10):
        while "Telegram cannot be reached" not in caplog.text:  # noqa: ASYNC110 - a log gives no sign
            await asyncio.sleep(0.01)
    assert wire._session is not None
    receives.cancel()
    with pytest.raises(asyncio.CancelledError):
        await receives
    assert wire._session is None


async def _receive(application: App) -> None:
    async with receiving(application, Settings(_env_file=None)):
        pytest.fail("nobody is there")
