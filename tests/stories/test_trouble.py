"""When Telegram itself makes trouble: replies still come, and who left is left alone."""

from functools import partial

import pytest

from tests.stories.process import BotProcess
from tests.stories.site import DOWN, FINE, StatusSite
from tests.stories.talking import Chat
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

ANNA, BEN = 600, 601
LEFT, SILENT, WITNESS = 610, 611, 10
WAIT_SECONDS = 4


async def test_a_reply_does_not_wait_behind_a_ping_that_must(
    bot: BotProcess, server: TelegramServer, site: StatusSite
) -> None:
    """Told to wait, the ping waits; a question is answered before it goes on."""
    await Chat(server, ANNA).ask("/subscribe mycarenet")
    server.fail(method="sendMessage", contains="MCN-", retry_after=WAIT_SECONDS)
    site.flip("MyCareNet", DOWN)
    await server.wait_until(lambda: bool(server.refusals), what="the 429")
    reply = await Chat(server, BEN).ask("/privacy")
    ping = await server.wait_for(ANNA, "Incident MCN-", 4 * WAIT_SECONDS)
    assert ping.time > reply.time
    assert len(Chat(server, ANNA).pings("Incident MCN-")) == 1
    site.flip("MyCareNet", FINE)
    await server.wait_for(ANNA, lambda one: one.silent)


@pytest.mark.parametrize(
    ("chat", "notify", "service", "component"),
    [(LEFT, True, "recip-e", "Recip-e"), (SILENT, False, "eattest", "eAttest")],
)
async def test_who_blocked_the_bot_is_not_written_to_until_back(  # noqa: PLR0913, PLR0917 - a table
    bot: BotProcess,
    server: TelegramServer,
    site: StatusSite,
    chat: int,
    notify: bool,
    service: str,
    component: str,
) -> None:
    """Whether Telegram tells of it or only refuses; /start is enough to be told again."""
    person, witness = Chat(server, chat), Chat(server, chat + WITNESS)
    for one in (person, witness):
        await one.ask(f"/subscribe {service}")
    await server.set_standing(chat, "blocked", notify=notify)
    await server.wait_until_read()
    for number, state in enumerate((DOWN, FINE), start=1):
        site.flip(component, state)
        await server.wait_until(partial(has, witness, number), what="the ping of the witness")
    tried = [one for one in server.refusals if "blocked" in one[1]]
    assert len(tried) == (0 if notify else 1)
    server.refusals.clear()
    await server.set_standing(chat, "member", notify=notify)
    await person.ask("/start")
    for number, state in enumerate((DOWN, FINE), start=1):
        site.flip(component, state)
        await server.wait_until(partial(has, person, number), what="the ping of who is back")


def has(chat: Chat, number: int) -> bool:
    """Whether so many pings are in the chat."""
    return len(chat.pings("Incident ")) == number
