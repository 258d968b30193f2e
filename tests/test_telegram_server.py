"""The fake Bot API server, driven by a real python-telegram-bot and by raw HTTP."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from tests.telegram_server import (
    TOKEN,
    EntitiesError,
    Person,
    TelegramProcess,
    TelegramServer,
    parse_html,
)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
SPEC = os.environ.get("BOT_API_SPEC")
needs_spec = pytest.mark.skipif(not SPEC, reason="BOT_API_SPEC names no Bot API document")
# python-telegram-bot warns that retry_after will change its type.
quiet = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
ANNA = 100


@pytest_asyncio.fixture(name="server")
async def make_server() -> AsyncIterator[TelegramServer]:
    """Return a server with one private chat."""
    async with TelegramServer(SPEC) as server:
        server.add_chat(ANNA)
        yield server


def new_bot(server: TelegramServer, read_timeout: float = 5.0) -> Bot:
    """Return a bot that speaks to the fake."""
    request = HTTPXRequest(read_timeout=read_timeout)
    return Bot(TOKEN, base_url=f"{server.url}/bot", request=request)


async def test_a_message_keeps_who_sent_it(server: TelegramServer) -> None:
    """Where several speak to it, each at an address of its own."""
    for caller in ("first", "second"):
        async with Bot(TOKEN, base_url=f"{server.url_for(caller)}/bot") as bot:
            await bot.send_message(ANNA, "hello")
    assert [message.caller for message in server.sent(ANNA)] == ["first", "second"]


@pytest_asyncio.fixture(name="bot")
async def make_bot(server: TelegramServer) -> AsyncIterator[Bot]:
    """Return a started bot."""
    async with new_bot(server) as bot:
        yield bot


@pytest_asyncio.fixture(name="raw")
async def make_raw(server: TelegramServer) -> AsyncIterator[httpx.AsyncClient]:
    """Return a plain HTTP client for the bot's address."""
    async with httpx.AsyncClient(base_url=f"{server.url}/bot{TOKEN}/") as client:
        yield client


def keyboard(*data: str) -> InlineKeyboardMarkup:
    """Return a keyboard with one button a row."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.title(), callback_data=one)] for one in data]
    )


async def refusal(client: httpx.AsyncClient, method: str, **given: Any) -> str:
    """Send a request that must be refused and return the words of the refusal."""
    body = (await client.post(method, json=given)).json()
    assert body["ok"] is False
    return str(body["description"])


# The truth of a chat


async def test_a_sent_message_is_in_the_chat(server: TelegramServer, bot: Bot) -> None:
    """The truth holds the text without markup, the buttons, and whether it was silent."""
    sent = await bot.send_message(
        ANNA,
        "<b>Down</b> &amp; out",
        "HTML",
        disable_notification=True,
        reply_markup=keyboard("yes"),
    )
    [message] = server.sent(ANNA)
    assert (message.text, message.labels, message.silent) == ("Down & out", ["Yes"], True)
    assert message.entities == ({"type": "bold", "offset": 0, "length": 4},)
    assert sent.message_id == message.message_id
    assert server.violations == []


async def test_the_transcript_can_be_read_by_a_person(server: TelegramServer, bot: Bot) -> None:
    """The plain-text rendering shows who wrote, buttons, edits, replies and deletions."""
    question = await server.say(ANNA, "is it up?", user=Person(ANNA, "Anna"))
    reply = ReplyParameters(question.message_id)
    sent = await bot.send_message(ANNA, "Looking", reply_parameters=reply)
    await sent.edit_text("It is up", reply_markup=keyboard("more"))
    await bot.delete_message(ANNA, question.message_id)
    assert server.transcript(ANNA).splitlines() == [
        "chat 100 (private, Anna, bot is member)",
        "[1] Anna (deleted): is it up?",
        "[2] bot (reply to 1, edited): It is up",
        "      [More]",
        "      was: 'Looking'",
    ]


async def test_a_photo_keeps_its_bytes_and_caption(server: TelegramServer, bot: Bot) -> None:
    """An uploaded photo arrives as multipart and its caption can be changed."""
    sent = await bot.send_photo(ANNA, b"\x89PNG picture", caption="<i>Graph</i>", parse_mode="HTML")
    await bot.edit_message_caption(ANNA, sent.message_id, caption="Later graph")
    [message] = server.sent(ANNA)
    assert (message.photo, message.caption) == (b"\x89PNG picture", "Later graph")
    assert message.edits[0].text == "Graph"
    assert server.violations == []


async def test_an_edit_without_a_keyboard_takes_it_away(server: TelegramServer, bot: Bot) -> None:
    """Editing a text without sending the buttons again removes them, as in Telegram."""
    sent = await bot.send_message(ANNA, "one", reply_markup=keyboard("a"))
    await sent.edit_reply_markup(keyboard("b"))
    assert server.sent(ANNA)[0].labels == ["B"]
    await sent.edit_text("two")
    assert server.sent(ANNA)[0].labels == []


# Refusals


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        ("sendMessage", {"chat_id": 7, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "seven", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": ANNA, "text": "  "}, "message text is empty"),
        ("sendMessage", {"chat_id": ANNA, "text": "€" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": ANNA, "text": "👍" * 2049}, "message is too long"),
        ("sendPhoto", {"chat_id": ANNA}, "there is no photo in the request"),
        (
            "sendPhoto",
            {"chat_id": ANNA, "photo": "id", "caption": "x" * 1025},
            "message caption is too long",
        ),
        (
            "sendMessage",
            {"chat_id": ANNA, "text": "x", "reply_parameters": {"message_id": 9}},
            "message to be replied not found",
        ),
        (
            "sendMessage",
            {"chat_id": ANNA, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
            "text buttons are unallowed in the inline keyboard",
        ),
        (
            "sendMessage",
            {"chat_id": ANNA, "text": "x", "parse_mode": "HTML5"},
            "unsupported parse_mode",
        ),
        (
            "editMessageText",
            {"chat_id": ANNA, "message_id": 9, "text": "x"},
            "message to edit not found",
        ),
        ("deleteMessage", {"chat_id": ANNA, "message_id": 9}, "message to delete not found"),
        (
            "sendChatAction",
            {"chat_id": ANNA, "action": "dancing"},
            "wrong parameter action in request",
        ),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "Up", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
    ],
)
async def test_refusals_have_the_words_of_the_real_server(
    raw: httpx.AsyncClient, method: str, given: dict[str, Any], words: str
) -> None:
    """Each mistake is refused as the real server words it."""
    assert await refusal(raw, method, **given) == f"Bad Request: {words}"


async def test_an_unchanged_edit_is_refused(bot: Bot) -> None:
    """The same text and keyboard once more is "not modified"."""
    sent = await bot.send_message(ANNA, "one")
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await sent.edit_text("<b></b>one", parse_mode="HTML")


async def test_data_over_64_bytes_is_refused(server: TelegramServer, bot: Bot) -> None:
    """The limit of callback data counts bytes, and breaking it is a violation."""
    await bot.send_message(ANNA, "x", reply_markup=keyboard("é" * 32))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(ANNA, "x", reply_markup=keyboard("é" * 33))
    assert len(server.sent(ANNA)) == 1
    assert len(server.violations) == 1


async def test_the_limit_counts_what_a_reader_sees(server: TelegramServer, bot: Bot) -> None:
    """Markup does not count to the 4096 units of a message."""
    await bot.send_message(ANNA, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert len(server.sent(ANNA)[0].text) == 4096


async def test_a_blocked_bot_is_forbidden_to_write(server: TelegramServer, bot: Bot) -> None:
    """Blocking refuses messages with 403 until the person unblocks."""
    await server.block(ANNA)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ANNA, "x")
    await server.unblock(ANNA)
    await bot.send_message(ANNA, "y")
    assert [message.text for message in server.sent(ANNA)] == ["y"]


async def test_a_migrated_group_names_its_new_number(server: TelegramServer, bot: Bot) -> None:
    """Writing to the old group gives the number of the supergroup."""
    server.add_chat(-5, "group")
    await server.migrate(-5, -1005)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(-5, "x")
    await bot.send_message(caught.value.new_chat_id, "x")
    assert len(server.sent(-1005)) == 1


async def test_a_kicked_bot_hears_which_chat_it_was(server: TelegramServer, bot: Bot) -> None:
    """The refusal names the type of the chat."""
    await server.set_standing(-6, "kicked", chat_type="supergroup")
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(-6, "x")


async def test_a_wrong_token_and_a_wrong_method_are_refused(
    server: TelegramServer, raw: httpx.AsyncClient
) -> None:
    """401 for the token, 404 for the method."""
    assert await refusal(raw, "sendMesage") == "Not Found: method not found"
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=f"{server.url}/bot"):
            pass


# Telegram HTML


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a <x>b</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("é <br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=http://x>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_broken_html_is_refused(source: str, words: str) -> None:
    """The parser refuses what the real one refuses, with the offset in bytes."""
    with pytest.raises(EntitiesError) as caught:
        parse_html(source)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("<B>a</B> <strong>b</strong>", "a b", ["bold", "bold"]),
        ("<i><u>a</u></i>", "a", ["underline", "italic"]),
        ('<a href="https://e.org/?a=1&amp;b=2">l</a>', "l", ["text_link"]),
        ("<blockquote expandable>a</blockquote>", "a", ["expandable_blockquote"]),
        ('<span class="tg-spoiler">a</span>', "a", ["spoiler"]),
        ("a &amp;&lt;&#233;&#x1F44D;&nbsp; & b", "a &<é👍&nbsp; & b", []),
        ('<pre><code class="language-python">x</code></pre>', "x", ["code", "pre"]),
    ],
)
def test_good_html_is_read(source: str, text: str, kinds: list[str]) -> None:
    """The parser returns the text and the entities; unknown references stay as typed."""
    formatted = parse_html(source)
    assert formatted.text == text
    assert [entity["type"] for entity in formatted.entities] == kinds


async def test_broken_html_does_not_reach_the_chat(server: TelegramServer, bot: Bot) -> None:
    """A message that cannot be parsed is refused whole and counts as a violation."""
    with pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"):
        await bot.send_message(ANNA, "a <x>", parse_mode="HTML")
    assert server.sent(ANNA) == []
    assert server.violations[0].parameter == "text"


# The documentation


@needs_spec
@pytest.mark.parametrize(
    ("method", "given", "rule"),
    [
        ("sendMessage", {"chat_id": ANNA, "text": "x", "colour": "red"}, "unknown"),
        ("sendMessage", {"text": "x"}, "required"),
        ("sendMessage", {"chat_id": ANNA, "text": "x", "message_thread_id": "x"}, "Integer"),
        ("sendMessage", {"chat_id": ANNA, "text": "x", "protect_content": "maybe"}, "Boolean"),
        (
            "sendMessage",
            {"chat_id": ANNA, "text": "x", "reply_markup": [1]},
            "reply_markup: InlineKeyboardMarkup",
        ),
        ("sendMessage", {"chat_id": "12ab", "text": "x"}, "number or @username"),
        (
            "sendMessage",
            {"chat_id": ANNA, "text": "x", "link_preview_options": {"disabled": True}},
            "unknown in LinkPreviewOptions",
        ),
        (
            "sendMessage",
            {
                "chat_id": ANNA,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]},
            },
            "1-64 bytes",
        ),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "0-200 characters"),
        ("getUpdates", {"limit": 101}, "1-100"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, "description: required"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "chat_id: required"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "0-120 characters"),
        ("sendMessages", {"chat_id": ANNA}, "unknown method"),
    ],
)
async def test_the_documentation_is_enforced(
    server: TelegramServer, raw: httpx.AsyncClient, method: str, given: dict[str, Any], rule: str
) -> None:
    """A request that the documentation does not allow is recorded and refused."""
    await refusal(raw, method, **given)
    assert rule in server.violations[0].rule


@needs_spec
async def test_a_tidy_bot_breaks_no_rule(server: TelegramServer, bot: Bot) -> None:
    """What python-telegram-bot sends for the bot's methods passes every check."""
    await bot.set_my_commands([BotCommand("start", "Begin")], language_code="fr")
    assert [one.command for one in await bot.get_my_commands(language_code="fr")] == ["start"]
    assert await bot.get_my_commands() == ()
    await bot.set_my_description("Hello", "nl")
    await bot.set_my_short_description("Hi")
    await bot.send_chat_action(ANNA, "typing")
    assert (await bot.get_chat(ANNA)).type == "private"
    assert (await bot.get_chat_member(ANNA, bot.id)).status == "member"
    await bot.set_chat_menu_button(ANNA)
    sent = await bot.send_message(ANNA, "x")
    await sent.pin()
    assert server.violations == []
    assert server.refusals == []


# Polling, conflicts, webhook


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer every kind of update in its own way."""
    if update.inline_query is not None:
        content = InputTextMessageContent("<b>x</b>", "HTML")
        await update.inline_query.answer([InlineQueryResultArticle("1", "X", content)])
    elif update.callback_query is not None:
        await update.callback_query.answer(f"got {update.callback_query.data}")
    elif update.my_chat_member is not None:
        context.bot_data["status"] = update.my_chat_member.new_chat_member.status
    elif isinstance(update.effective_message, Message) and update.effective_user is not None:
        text = update.effective_message.text or "no text"
        language = update.effective_user.language_code
        await update.effective_message.reply_text(
            f"{language}: {text}", reply_markup=keyboard("ok")
        )


@pytest_asyncio.fixture(name="application")
async def make_application(server: TelegramServer) -> AsyncIterator[AnyApplication]:
    """Return a polling application that answers everything."""
    builder = Application.builder().token(TOKEN).base_url(f"{server.url}/bot")
    application: Any = builder.build()
    application.add_handler(CommandHandler("start", echo))
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.add_handler(CallbackQueryHandler(echo))
    application.add_handler(InlineQueryHandler(echo))
    application.add_handler(ChatMemberHandler(echo))
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=5, allowed_updates=Update.ALL_TYPES)
        yield application
        await application.updater.stop()
        await application.stop()


@pytest.mark.usefixtures("application")
async def test_people_talk_with_a_polling_application(server: TelegramServer) -> None:
    """Commands, texts, stickers, presses and inline questions go there and back."""
    assert (await server.ask(ANNA, "/start", language_code="fr")).text == "fr: /start"
    assert (await server.ask(ANNA, "hello")).text == "fr: hello"
    query = await server.press(ANNA, "Ok")
    assert (await server.wait_for_answer(query))["text"] == "got ok"
    sticker = await server.sticker(ANNA)
    await server.wait_for(ANNA, "no text", after=sticker.message_id)
    question = await server.inline_query("recip")
    assert (await server.wait_for_answer(question))["results"][0]["title"] == "X"
    await server.wait_until_read()
    assert server.violations == []


async def test_blocking_tells_the_bot(server: TelegramServer, application: AnyApplication) -> None:
    """A block arrives as my_chat_member."""
    await server.block(ANNA)
    await server.wait_until(lambda: application.bot_data.get("status") == "kicked")


async def test_a_new_group_tells_the_bot_that_it_was_added(
    server: TelegramServer, bot: Bot
) -> None:
    """Adding the bot to a group comes as a change from left to member."""
    await server.set_standing(-8, "member", chat_type="group", user=ANNA)
    [update] = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.old_chat_member.status == "left"
    assert update.my_chat_member.new_chat_member.status == "member"


async def test_a_restarted_bot_is_no_conflict(
    server: TelegramServer, raw: httpx.AsyncClient
) -> None:
    """A poll that its client has given up does not count as a second instance."""
    with pytest.raises(httpx.ReadTimeout):
        await raw.post("getUpdates", json={"timeout": 50}, timeout=0.05)
    await raw.post("getUpdates", json={})
    await server.say(ANNA, "hello")
    assert len((await raw.post("getUpdates", json={})).json()["result"]) == 1
    assert server.conflicts == 0


async def test_what_people_send_can_be_read_by_the_library(
    server: TelegramServer, bot: Bot
) -> None:
    """Photos, voices, files, edits and channel posts parse into the library's objects."""
    first = await server.say(ANNA, "helo", user=Person(ANNA, "Anna", "de"))
    await server.edit_own(ANNA, first.message_id, "hello")
    await server.photo(ANNA, "look", reply_to=first.message_id)
    await server.voice(ANNA)
    await server.document(ANNA)
    await server.say(-1008, "news", chat_type="channel")
    updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    text, edited, photo, voice, document, post = updates
    assert text.effective_user is not None
    assert text.effective_user.language_code == "de"
    assert edited.edited_message is not None
    assert edited.edited_message.text == "hello"
    assert photo.message is not None
    assert photo.message.reply_to_message is not None
    assert voice.message is not None
    assert voice.message.voice is not None
    assert document.message is not None
    assert document.message.document is not None
    assert post.channel_post is not None


@pytest.mark.usefixtures("application")
async def test_in_groups_privacy_mode_holds(server: TelegramServer) -> None:
    """In a group the bot sees commands, mentions and replies, not the talk of others."""
    server.add_chat(-9, "group")
    await server.say(-9, "lunch?", user=1)
    assert (await server.ask(-9, "@test_bot is it up?", user=1)).text.endswith("is it up?")
    assert len(server.sent(-9)) == 1


async def test_updates_stay_until_they_are_confirmed(
    server: TelegramServer, raw: httpx.AsyncClient
) -> None:
    """The offset confirms, the limit cuts, allowed_updates filters."""
    for text in ("a", "b", "c"):
        await server.say(ANNA, text)
    first = (await raw.post("getUpdates", json={"limit": 2})).json()["result"]
    assert [update["message"]["text"] for update in first] == ["a", "b"]
    offset = first[1]["update_id"] + 1
    rest = (await raw.post("getUpdates", json={"offset": offset})).json()["result"]
    assert [update["message"]["text"] for update in rest] == ["c"]
    wanted = {"offset": offset + 1, "allowed_updates": ["inline_query"]}
    await raw.post("getUpdates", json=wanted)
    await server.say(ANNA, "d")
    await server.inline_query("e")
    left = (await raw.post("getUpdates", json={})).json()["result"]
    assert [list(update)[1] for update in left] == ["inline_query"]


async def test_the_older_of_two_polls_is_ended(
    server: TelegramServer, raw: httpx.AsyncClient
) -> None:
    """The second poll ends the first with a conflict."""
    older = asyncio.create_task(raw.post("getUpdates", json={"timeout": 5}))
    await server.wait_until(lambda: len(server.calls("getUpdates")) == 1)
    newer = asyncio.create_task(raw.post("getUpdates", json={"timeout": 5}))
    assert (await older).status_code == 409
    await server.say(ANNA, "hello")
    assert len((await newer).json()["result"]) == 1
    assert server.conflicts == 1


async def test_a_webhook_gets_updates_with_the_secret(server: TelegramServer, bot: Bot) -> None:
    """Updates are posted in order with the secret header, and polling is refused meanwhile."""
    seen: list[tuple[str, str]] = []

    async def hook(request: web.Request) -> web.Response:
        secret = request.headers["X-Telegram-Bot-Api-Secret-Token"]
        seen.append((secret, (await request.json())["message"]["text"]))
        return web.Response(status=500 if len(seen) == 1 else 200)

    application = web.Application()
    application.router.add_post("/hook", hook)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s-1")
    await server.say(ANNA, "hello")
    await server.wait_until(lambda: len(seen) == 2)
    assert seen == [("s-1", "hello")] * 2
    with pytest.raises(Conflict):
        await bot.get_updates()
    await server.wait_until_read()
    assert (await bot.get_webhook_info()).pending_update_count == 0
    await bot.delete_webhook()
    await runner.cleanup()


async def test_a_callback_query_has_one_answer(server: TelegramServer, bot: Bot) -> None:
    """A second answer, or one after the time, is refused."""
    await bot.send_message(ANNA, "x", reply_markup=keyboard("a"))
    query = await server.press(ANNA, "a")
    await bot.answer_callback_query(query, "yes")
    late = await server.press(ANNA, "a", expired=True)
    for one in (query, late):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(one)


# Faults


@quiet
async def test_a_flood_answer_names_the_wait(server: TelegramServer, bot: Bot) -> None:
    """429 comes with retry_after, and sends within that time are counted."""
    server.fail(method="sendMessage", retry_after=60)
    with pytest.raises(RetryAfter):
        await bot.send_message(ANNA, "x")
    await bot.send_message(ANNA, "too early")
    assert server.flood.sends_during_retry_after == 1


async def test_the_flood_answer_has_the_header(
    server: TelegramServer, raw: httpx.AsyncClient
) -> None:
    """The number of seconds is in the header Retry-After as well."""
    server.fail(retry_after=7)
    answer = await raw.post("sendMessage", json={"chat_id": ANNA, "text": "x"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert answer.json()["description"] == "Too Many Requests: retry after 7"


@quiet
async def test_the_global_limit_refuses_a_burst(server: TelegramServer, bot: Bot) -> None:
    """Over the limit of a second everything is refused, and the burst is counted."""
    server.limit_rate(3, retry_after=30)
    answers = await asyncio.gather(
        *(bot.send_message(ANNA, str(number)) for number in range(5)), return_exceptions=True
    )
    assert sum(isinstance(answer, RetryAfter) for answer in answers) == 2
    assert len(server.sent(ANNA)) == 3
    assert server.flood.max_in_a_second == 5


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        ({"code": 403, "description": "Forbidden: user is deactivated"}, Forbidden),
        ({"migrate_to": -1007}, ChatMigrated),
        ({"code": 500}, NetworkError),
        ({"code": 502, "html": True}, NetworkError),
        ({"code": 403, "html": True}, Forbidden),
        ({"code": 404, "html": True}, InvalidToken),
        ({"kind": "drop_before"}, NetworkError),
    ],
)
async def test_a_planned_fault_takes_place_once(
    server: TelegramServer, bot: Bot, plan: dict[str, Any], error: type[TelegramError]
) -> None:
    """The first request fails without an effect, the second one passes."""
    server.fail(method="sendMessage", **plan)
    with pytest.raises(error):
        await bot.send_message(ANNA, "x")
    assert server.sent(ANNA) == []
    await bot.send_message(ANNA, "y")
    assert len(server.sent(ANNA)) == 1


@pytest.mark.parametrize("kind", ["drop_after_effect", "broken_json"])
async def test_the_truth_keeps_what_was_never_answered(
    server: TelegramServer, bot: Bot, kind: Any
) -> None:
    """The bot sees an error, the person sees the message."""
    server.fail(kind)
    with pytest.raises(TelegramError):
        await bot.send_message(ANNA, "x")
    assert [message.text for message in server.sent(ANNA)] == ["x"]


async def test_a_held_answer_times_out_after_its_effect(server: TelegramServer) -> None:
    """An answer can be held back until the client gives up."""
    server.fail("delay", method="sendMessage")
    async with new_bot(server, read_timeout=0.05) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(ANNA, "x")
    assert len(server.sent(ANNA)) == 1
    assert server.flood.in_flight == 1
    server.release()
    await server.wait_until(lambda: server.flood.in_flight == 0)


async def test_a_fault_can_be_meant_for_one_request(server: TelegramServer, bot: Bot) -> None:
    """A part of the text and the chat choose which request fails, and how often."""
    server.add_chat(200)
    server.fail(contains="bad", chat_id=200, code=500, times=2)
    await bot.send_message(200, "good")
    await bot.send_message(ANNA, "bad")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(200, "bad")
    await bot.send_message(200, "bad")
    assert [message.text for message in server.sent(200)] == ["good", "bad"]


async def test_reset_forgets_everything(server: TelegramServer, bot: Bot) -> None:
    """After a reset chats, faults and requests are gone, the address stays."""
    await bot.send_message(ANNA, "x")
    server.fail(code=500)
    await server.reset()
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(ANNA, "x")
    assert len(server.requests) == 1


# Its own process


async def test_the_server_runs_in_its_own_process() -> None:
    """A test can command a server in another process and read its truth."""
    async with TelegramProcess("--token", TOKEN) as control:
        await control.say(ANNA, "/start", language_code="nl")
        await control.fail(method="sendMessage", code=500)
        async with Bot(TOKEN, base_url=f"{control.url}/bot") as bot:
            [update] = await bot.get_updates()
            assert update.effective_user is not None
            assert update.effective_user.language_code == "nl"
            with pytest.raises(NetworkError):
                await bot.send_message(ANNA, "x")
            await bot.send_message(ANNA, "hello", reply_markup=keyboard("go"))
            assert (await control.wait_for(ANNA, "hello"))["labels"] == ["Go"]
            query = await control.press(ANNA, "Go")
            await bot.answer_callback_query(query, "done")
        assert (await control.command("answer", query_id=query))["text"] == "done"
        assert "[2] bot: hello" in await control.transcript(ANNA)
        assert (await control.state())["chats"] == [ANNA]
        with pytest.raises(AssertionError, match="no button"):
            await control.press(ANNA, "Nothing")
